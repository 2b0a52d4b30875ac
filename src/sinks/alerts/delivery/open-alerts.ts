import type { Clock } from '../../../events/clock.ts';
import type { AlertFiring } from '../../../events/event.ts';
import { BoundedMap } from '../../../bounded-map.ts';

/** Alerts that are told again at once; one more forgets the one that was told longest ago. */
const MOST_OPEN_ALERTS = 10_000;

interface OpenAlert {
  readonly alert: AlertFiring;
  readonly nextMs: number;
}

/** The alerts that a destination was told of and that are still firing, to be told again every `intervalMs`. */
export class OpenAlerts {
  private readonly alerts = new BoundedMap<OpenAlert>(MOST_OPEN_ALERTS);
  private readonly options: {
    readonly clock: Clock;
    readonly intervalMs: number | undefined;
    readonly repeat: (alert: AlertFiring) => void;
  };
  private cancelTimer: (() => void) | undefined;

  constructor(options: OpenAlerts['options']) {
    this.options = options;
  }

  /** The next repeat is `intervalMs` from now, or right away. */
  add(alert: AlertFiring, { isDue = false } = {}): void {
    const { clock, intervalMs } = this.options;
    if (intervalMs === undefined) return;
    const nowMs = clock.monotonicMs();
    this.alerts.set(alert.alertId, { alert, nextMs: isDue ? nowMs : nowMs + intervalMs });
    if (isDue) this.stopWaiting();
    this.wait();
  }

  delete(alertId: string): void {
    this.alerts.take(alertId);
  }

  close(): void {
    this.alerts.takeAll();
    this.stopWaiting();
  }

  private stopWaiting(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private wait(): void {
    const { clock, intervalMs = 0 } = this.options;
    if (this.cancelTimer !== undefined || this.alerts.size === 0) return;
    const nextMs = this.alerts.values().reduce((first, one) => Math.min(first, one.nextMs), Infinity);
    const delayMs = Math.min(Math.max(Math.ceil(nextMs - clock.monotonicMs()), 0), intervalMs);
    this.cancelTimer = clock.schedule(() => {
      this.cancelTimer = undefined;
      this.repeatDue();
      this.wait();
    }, delayMs);
  }

  private repeatDue(): void {
    const { clock, repeat } = this.options;
    const nowMs = clock.monotonicMs();
    for (const { alert, nextMs } of this.alerts.values()) {
      if (nextMs > nowMs) continue;
      this.add(alert);
      repeat(alert);
    }
  }
}
