import type { Clock } from '../events/clock.ts';
import type { EndedBy } from '../events/event.ts';

export interface OpenCallsOptions {
  readonly clock: Clock;
  readonly callLimit: number;
  readonly timeToLiveMs: number;
}

/**
 * Calls whose end is still to come. A stream that nobody reads has none: its call is ended when it is too old, or one
 * too many, so that every start has its end and nothing piles up.
 */
export class OpenCalls {
  readonly #open = new Map<string, { readonly untilMs: number; readonly end: (endedBy: EndedBy) => void }>();
  readonly #options: OpenCallsOptions;
  #cancelSweep: (() => void) | undefined;

  constructor(options: OpenCallsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#open.size;
  }

  /** `end` is called unless `close` is, first. */
  open(callId: string, end: (endedBy: EndedBy) => void): void {
    const { clock, callLimit, timeToLiveMs } = this.#options;
    const oldest = this.#open.size >= callLimit ? this.#open.keys().next().value : undefined;
    if (oldest !== undefined) this.#expire(oldest, 'capacity');
    this.#open.set(callId, { untilMs: clock.monotonicMs() + timeToLiveMs, end });
    this.#scheduleSweep();
  }

  /** Whether the call was still open. */
  close(callId: string): boolean {
    const wasOpen = this.#open.delete(callId);
    if (this.#open.size === 0) {
      this.#cancelSweep?.();
      this.#cancelSweep = undefined;
    }
    return wasOpen;
  }

  #expire(callId: string, endedBy: EndedBy): void {
    const call = this.#open.get(callId);
    if (this.close(callId)) call?.end(endedBy);
  }

  #scheduleSweep(): void {
    const next = this.#open.values().next().value;
    if (next === undefined || this.#cancelSweep !== undefined) return;
    const { clock } = this.#options;
    this.#cancelSweep = clock.schedule(
      () => {
        this.#cancelSweep = undefined;
        const nowMs = clock.monotonicMs();
        for (const [callId, { untilMs }] of this.#open) {
          if (untilMs > nowMs) break;
          this.#expire(callId, 'time-to-live');
        }
        this.#scheduleSweep();
      },
      Math.max(0, next.untilMs - clock.monotonicMs()),
    );
  }
}
