import type { FaultDetails, HeadroomEvents } from '../../../events/bus.ts';
import type { Clock } from '../../../events/clock.ts';
import type { AlertFiring } from '../../../events/event.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { CircuitBreaker, OPEN_MS } from './circuit-breaker.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { AlertDeliveryError, type Alert, type AlertDestination, type AlertNotice } from './destination.ts';
import { HeldResolutions } from './held-resolutions.ts';
import { LossReport } from './loss-report.ts';
import { OpenAlerts } from './open-alerts.ts';
import { retryDelayMs } from './retry-delay.ts';

/** A change that could not be told for this long is no news any more. */
const LONGEST_AGE_MS = 3_600_000;
// Made once: in a storm of alerts most of the time would go into stacks that nobody reads.
const QUEUE_FULL = new AlertDeliveryError('The queue is full.', { isRetryable: false });
const CLOSED = new AlertDeliveryError('It was closed.', { isRetryable: false });

export interface DeliveryFigures {
  readonly name: string;
  /** Notices that arrived. */
  readonly delivered: number;
  /** Attempts that failed. */
  readonly failedAttempts: number;
  /** Changes that were given up. Each is told as a `fault` too, many at a time. */
  readonly lostChanges: number;
  readonly droppedRepeats: number;
  /** Notices that wait. */
  readonly queued: number;
  /** Whether the destination has failed so often that it is only tried every 30 seconds. */
  readonly isSuspended: boolean;
}

export interface DeliveryChainOptions {
  readonly destination: AlertDestination;
  readonly clock: Clock;
  readonly queueLimit: number;
  /** Tells a `fault`. */
  readonly report: (
    events: HeadroomEvents | undefined,
    message: string,
    error: unknown,
    details?: FaultDetails,
  ) => void;
  readonly random?: (() => number) | undefined;
}

/** Delivers alerts to one destination, one delivery at a time, in order, outside of whatever told of them. Never throws. */
export class DeliveryChain {
  private readonly options: DeliveryChainOptions;
  private readonly queue: DeliveryQueue;
  private readonly breaker = new CircuitBreaker();
  private readonly open: OpenAlerts;
  private readonly held: HeldResolutions;
  private readonly losses: LossReport;
  private readonly closing = new AbortController();
  private readonly counts = { delivered: 0, failedAttempts: 0, droppedRepeats: 0 };
  private events: HeadroomEvents | undefined;
  /** When the last attempt ended, by the monotonic clock. */
  private lastMs = -Infinity;
  private working: Promise<void> | undefined;
  private cancelStart: (() => void) | undefined;
  private waiting: { readonly end: () => void; readonly mayBeCut: boolean } | undefined;

  constructor(options: DeliveryChainOptions) {
    this.options = options;
    const { destination, clock, queueLimit, report } = options;
    this.queue = new DeliveryQueue(queueLimit);
    this.open = new OpenAlerts({
      clock,
      intervalMs: destination.repeatIntervalMs,
      repeat: (alert) => this.repeat(alert),
    });
    this.held = new HeldResolutions(clock, destination.leastOpenMs ?? 0, (alert) => this.tell(alert));
    this.losses = new LossReport(clock, (...loss) => report(this.events, ...loss), destination.name);
  }

  get figures(): DeliveryFigures {
    const { name } = this.options.destination;
    const { isOpen: isSuspended } = this.breaker;
    return { name, ...this.counts, lostChanges: this.losses.count, queued: this.queue.size, isSuspended };
  }

  /** Tells of a change. */
  push(alert: Alert, events: HeadroomEvents): void {
    this.events = events;
    if (this.closing.signal.aborted) return;
    if (!this.held.hold(alert)) this.tell(alert);
  }

  /** Tells again of an alert that was told before this chain was made. */
  adopt(alert: AlertFiring, events: HeadroomEvents): void {
    this.events = events;
    this.open.add(alert, { isDue: true });
  }

  /** Resolves when nothing waits any more, or after `timeoutMs`. What waits to be tried again is tried now. */
  async flush(timeoutMs: number): Promise<void> {
    this.start();
    if (this.waiting?.mayBeCut === true) this.waiting.end();
    // An idle process would end in the middle of a wait: timers of the clock do not keep it alive.
    const keepAlive = setInterval(() => {}, LONGEST_AGE_MS);
    let cancelTimeout: (() => void) | undefined;
    const timeout = new Promise<void>((resolve) => {
      cancelTimeout = this.options.clock.schedule(resolve, timeoutMs);
    });
    try {
      await Promise.race([this.working ?? Promise.resolve(), timeout]);
    } finally {
      clearInterval(keepAlive);
      cancelTimeout?.();
    }
  }

  /** Flushes, then gives up what is left. */
  async close(timeoutMs: number): Promise<void> {
    this.held.close();
    this.open.close();
    await this.flush(timeoutMs);
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.cancelStart?.();
    this.waiting?.end();
    await this.working;
    this.lose(this.queue.takeAll(), CLOSED);
    this.losses.close();
  }

  private tell(alert: Alert): void {
    if (alert.type === 'alert.firing') this.open.add(alert);
    else this.open.delete(alert.alertId);
    this.counts.droppedRepeats += this.queue.dropRepeats(alert.alertId);
    this.enqueue({ alert, isRepeat: false });
  }

  private repeat(alert: AlertFiring): void {
    // What is behind a destination that is down is told when it is back; that something is still so is told again anyway.
    this.counts.droppedRepeats += this.queue.dropRepeats(alert.alertId);
    if (this.breaker.isOpen) this.counts.droppedRepeats += 1;
    else this.enqueue({ alert, isRepeat: true });
  }

  private enqueue(notice: AlertNotice): void {
    const dropped = this.queue.add(notice);
    if (dropped?.kind === 'repeat') this.counts.droppedRepeats += 1;
    if (dropped?.kind === 'change') this.losses.add(1, QUEUE_FULL);
    // Not now: whoever told of the alert goes on first.
    if (this.working === undefined) this.cancelStart ??= this.options.clock.schedule(() => this.start(), 0);
  }

  private start(): void {
    this.cancelStart?.();
    this.cancelStart = undefined;
    if (this.working !== undefined || this.queue.size === 0) return;
    this.working = this.work().finally(() => {
      this.working = undefined;
      if (this.queue.size > 0) this.start();
    });
  }

  private async work(): Promise<void> {
    const { destination, clock } = this.options;
    const { batchLimit = 1, minIntervalMs = 0 } = destination;
    const keyOf = ({ alert }: AlertNotice): string => batchKeyOf(destination, alert);
    while (this.queue.size > 0 && !this.closing.signal.aborted) {
      const restMs = this.lastMs + minIntervalMs - clock.monotonicMs();
      // What comes in the meantime may go along.
      if (restMs > 0) await this.wait(restMs, { mayBeCut: false });
      else await this.deliver(this.queue.takeBatch(batchLimit, keyOf));
    }
  }

  /** Tries until it arrives, or until there is no use in trying. */
  private async deliver(notices: readonly AlertNotice[]): Promise<void> {
    const { clock, destination } = this.options;
    const sinceMs = clock.monotonicMs();
    for (;;) {
      const failure = await this.attempt(notices);
      if (failure === undefined) return;
      const isFinal = !failure.isRetryable || destination.triesOnce === true || this.closing.signal.aborted;
      if (isFinal || clock.monotonicMs() - sinceMs >= LONGEST_AGE_MS) {
        this.lose(notices, failure);
        return;
      }
      const { isOpen, failures } = this.breaker;
      const delayMs = retryDelayMs(failures, this.options.random ?? Math.random, failure.retryAfterMs);
      await this.wait(isOpen ? Math.max(delayMs, OPEN_MS) : delayMs, { mayBeCut: true });
    }
  }

  /** Returns why it failed. */
  private async attempt(notices: readonly AlertNotice[]): Promise<AlertDeliveryError | undefined> {
    const { destination, clock, report } = this.options;
    const failure = await attemptDelivery(destination, notices, { clock, closing: this.closing.signal });
    this.lastMs = clock.monotonicMs();
    if (failure === undefined) {
      this.breaker.succeed();
      this.counts.delivered += notices.length;
      return undefined;
    }
    this.counts.failedAttempts += 1;
    if (failure.isRetryable && destination.triesOnce !== true && this.breaker.fail()) {
      const message = `Alerts do not reach ${destination.name}: it is tried again every ${OPEN_MS / 1000} seconds.`;
      report(this.events, message, failure);
    }
    return failure;
  }

  private lose(notices: readonly AlertNotice[], error: AlertDeliveryError): void {
    const changes = notices.filter(({ isRepeat }) => !isRepeat).length;
    this.counts.droppedRepeats += notices.length - changes;
    if (changes > 0) this.losses.add(changes, error);
  }

  private wait(delayMs: number, { mayBeCut }: { readonly mayBeCut: boolean }): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.waiting = undefined;
        resolve();
      };
      const cancel = this.options.clock.schedule(end, delayMs);
      this.waiting = { end, mayBeCut };
    });
  }
}

/** One that can not be told goes with the others: nothing of a destination may end the process. */
function batchKeyOf(destination: AlertDestination, alert: Alert): string {
  try {
    return destination.batchKey?.(alert) ?? '';
  } catch {
    return '';
  }
}
