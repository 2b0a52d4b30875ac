/** Shorter ones are left out: reading the clock takes up to that long. */
const LEAST_MICROSECONDS = 30;

export interface Interruptions {
  readonly perSecond: number;
  /** Median. */
  readonly microseconds: number;
}

/**
 * How often, and for how long, this process does not run though it has work to do: what a shared machine takes is part of
 * every time that is measured on it. Does nothing but read the clock for `durationMs`.
 */
export function measureInterruptions(durationMs: number): Interruptions {
  const gaps: number[] = [];
  const startMs = performance.now();
  let lastMs = startMs;
  while (lastMs - startMs < durationMs) {
    const nowMs = performance.now();
    if ((nowMs - lastMs) * 1_000 > LEAST_MICROSECONDS) gaps.push((nowMs - lastMs) * 1_000);
    lastMs = nowMs;
  }
  gaps.sort((one, other) => one - other);
  return {
    perSecond: (gaps.length * 1_000) / durationMs,
    microseconds: gaps[Math.floor(gaps.length / 2)] ?? 0,
  };
}
