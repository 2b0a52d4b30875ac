import type { FaultDetails } from '../../../events/bus.ts';
import type { Clock } from '../../../events/clock.ts';

/** A storm of losses is told of once in this time, with their number. */
const INTERVAL_MS = 60_000;

type TellLoss = (message: string, error: unknown, details: FaultDetails) => void;

/** Counts changes that were given up, and reports them: the first at once, more of them together. */
export class LossReport {
  /** All of them. */
  count = 0;
  private readonly clock: Clock;
  private readonly report: TellLoss;
  private readonly destination: string;
  private unreported = 0;
  private lastError: unknown;
  private cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, report: TellLoss, destination: string) {
    this.clock = clock;
    this.report = report;
    this.destination = destination;
  }

  add(changes: number, error: unknown): void {
    this.count += changes;
    this.unreported += changes;
    this.lastError = error;
    if (this.cancelTimer === undefined) this.tell();
  }

  close(): void {
    this.stopWaiting();
    if (this.unreported > 0) this.tell();
    this.stopWaiting();
  }

  private stopWaiting(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private tell(): void {
    const changes = this.unreported === 1 ? '1 change of an alert' : `${this.unreported} changes of alerts`;
    const reason = this.lastError instanceof Error ? ` ${this.lastError.message}` : '';
    const { destination, unreported: lostChanges } = this;
    this.unreported = 0;
    const message = `${changes} could not be delivered to ${destination}.${reason}`;
    this.report(message, this.lastError, { destination, lostChanges });
    this.cancelTimer = this.clock.schedule(() => {
      this.cancelTimer = undefined;
      if (this.unreported > 0) this.tell();
    }, INTERVAL_MS);
  }
}
