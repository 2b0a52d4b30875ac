import type { AlertFiring, AlertResolved } from '../../../events/event.ts';

/** A change of an alert's state, as it was told on the bus. */
export type Alert = AlertFiring | AlertResolved;

/** One thing to tell. */
export interface AlertNotice {
  readonly alert: Alert;
  /** Whether it was told before: the alert is still firing. */
  readonly isRepeat: boolean;
}

export interface DeliveryContext {
  /** Aborted when the delivery has taken too long, or when everything is closed. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/**
 * Where alerts go. Each destination has a queue of its own, with one delivery at a time, in order; it never waits for
 * another, and the agent never waits for it.
 */
export interface AlertDestination {
  /** Names it in faults and figures: letters, digits, `_`, `-` and `.`, and no secret. */
  readonly name: string;
  /**
   * Delivers at least one notice, the oldest first, no alert twice. A rejection is tried again, unless it is an
   * `AlertDeliveryError` that says that trying again is of no use.
   */
  deliver(notices: readonly AlertNotice[], context: DeliveryContext): Promise<void>;
  /** Whether a failed attempt is the last: for what may have been done half. @default false */
  readonly triesOnce?: boolean | undefined;
  /** Longest time for one attempt. @default 5 seconds */
  readonly timeoutMs?: number | undefined;
  /** Tells an alert again after this long, while it is firing. @default never */
  readonly repeatIntervalMs?: number | undefined;
  /** Notices that one delivery may hold. @default 1 */
  readonly batchLimit?: number | undefined;
  /** Notices that go together have the same key. @default all go together */
  batchKey?(alert: Alert): string;
  /** Least time from one delivery to the next. @default 0 */
  readonly minIntervalMs?: number | undefined;
  /**
   * An alert that is over sooner is told as over only after this long. What is then still waiting when everything is
   * closed is never told as over: for destinations that end an alert by themselves. @default 0
   */
  readonly leastOpenMs?: number | undefined;
}

/** A delivery that failed. Its message has neither address nor secret. */
export class AlertDeliveryError extends Error {
  /** Whether trying again may help. */
  readonly isRetryable: boolean;
  /** The least time to wait before, if the other side said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly isRetryable: boolean; readonly retryAfterMs?: number | undefined }) {
    super(message);
    this.name = 'AlertDeliveryError';
    this.isRetryable = options.isRetryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}
