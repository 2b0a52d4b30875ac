import type { Meter, MeterKind } from './meter.ts';

export interface ElapsedOptions {
  /** When the value is next of interest. */
  readonly thresholdMs: number;
  /** Whether what is added starts the time anew. */
  readonly restarts: boolean;
}

/** Milliseconds since it was made, or since something was added. */
export function elapsed({ thresholdMs, restarts }: ElapsedOptions): MeterKind {
  function meterOf(startMs: number): Meter {
    let sinceMs = startMs;
    return {
      add(_sample, nowMs) {
        if (restarts) sinceMs = nowMs;
      },
      value: (nowMs) => nowMs - sinceMs,
      nextChangeMs: (nowMs) => (nowMs < sinceMs + thresholdMs ? sinceMs + thresholdMs : undefined),
      save: () => sinceMs,
    };
  }
  return {
    create: meterOf,
    load: (saved) => (typeof saved === 'number' && Number.isFinite(saved) ? meterOf(saved) : undefined),
  };
}
