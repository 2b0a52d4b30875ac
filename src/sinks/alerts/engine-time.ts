import type { Clock } from '../../events/clock.ts';

/** How far the wall may be ahead before it counts as time that passed unseen, such as a machine that slept. */
const LARGEST_DRIFT_MS = 1_000;

/**
 * Whole epoch milliseconds that never run backwards. They follow the monotonic clock, so that a wall clock that is set
 * back repeats nothing, and catch up with the wall where that is ahead, so that budgets know what day it is.
 */
export function createEngineTime(clock: Clock): () => number {
  let offsetMs = clock.now() - clock.monotonicMs();
  return () => {
    const behindMs = clock.now() - clock.monotonicMs() - offsetMs;
    if (behindMs > LARGEST_DRIFT_MS) offsetMs += behindMs;
    return Math.floor(clock.monotonicMs() + offsetMs);
  };
}
