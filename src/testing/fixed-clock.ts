import type { Clock } from '../events/clock.ts';

export interface FixedClock extends Clock {
  /** Moves time on and runs what was scheduled for it, in order. */
  advance(ms: number): void;
}

/** A clock that stands still until it is told to move. Starts at `epochMs`, 2026-01-01T00:00:00Z unless told otherwise. */
export function fixedClock(epochMs = Date.UTC(2026, 0, 1)): FixedClock {
  let elapsedMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    now: () => epochMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    schedule(callback, delayMs) {
      const timer = { atMs: elapsedMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const untilMs = elapsedMs + ms;
      for (;;) {
        const due = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        timers.delete(due);
        elapsedMs = Math.max(elapsedMs, due.atMs);
        due.callback();
      }
      elapsedMs = untilMs;
    },
  };
}
