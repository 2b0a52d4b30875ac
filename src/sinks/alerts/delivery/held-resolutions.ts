import type { Clock } from '../../../events/clock.ts';
import type { AlertResolved } from '../../../events/event.ts';
import type { Alert } from './destination.ts';

/** Alerts that are over too soon to be told so: their end waits until they are old enough. */
export class HeldResolutions {
  private readonly cancels = new Map<string, () => void>();
  private readonly clock: Clock;
  private readonly leastOpenMs: number;
  private readonly tell: (alert: AlertResolved) => void;

  constructor(clock: Clock, leastOpenMs: number, tell: (alert: AlertResolved) => void) {
    this.clock = clock;
    this.leastOpenMs = leastOpenMs;
    this.tell = tell;
  }

  /** Returns whether it keeps the alert, to tell of it later. One that fires again was never over. */
  hold(alert: Alert): boolean {
    this.cancels.get(alert.alertId)?.();
    this.cancels.delete(alert.alertId);
    const delayMs = alert.type === 'alert.resolved' ? this.leastOpenMs - alert.durationMs : 0;
    if (alert.type !== 'alert.resolved' || delayMs <= 0) return false;
    const cancel = this.clock.schedule(() => {
      this.cancels.delete(alert.alertId);
      this.tell(alert);
    }, delayMs);
    this.cancels.set(alert.alertId, cancel);
    return true;
  }

  close(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }
}
