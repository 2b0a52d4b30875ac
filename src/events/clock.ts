/** Where time comes from. Everything that reads a clock takes one of these, so that tests can hold it still. */
export interface Clock {
  /** Epoch milliseconds, for timestamps. */
  now(): number;
  /** Milliseconds that never run backwards, for durations. */
  monotonicMs(): number;
  /** Calls back once after `delayMs`, without keeping the process alive; returns what cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};
