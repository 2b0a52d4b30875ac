import { BucketWindow } from './bucket-window.ts';
import type { Meter, MeterKind } from './meter.ts';

export interface WindowSumOptions {
  readonly windowMs: number;
  /** Whether there is no data until the first window is over: what can not be too little yet. */
  readonly afterFirstWindow: boolean;
}

/** What was added in the last `windowMs`. */
export function windowSum({ windowMs, afterFirstWindow }: WindowSumOptions): MeterKind {
  function meterOf(startedMs: number, window: BucketWindow): Meter {
    const dataFromMs = afterFirstWindow ? startedMs + windowMs : -Infinity;
    return {
      add: ({ amount }, nowMs) => window.add(0, amount, nowMs),
      value: (nowMs) => (nowMs < dataFromMs ? undefined : window.sum(0, nowMs)),
      nextChangeMs: (nowMs) => (nowMs < dataFromMs ? dataFromMs : window.nextExpiryMs(nowMs)),
      save: () => ({ startedMs, buckets: window.save() }),
    };
  }
  return {
    create: (nowMs) => meterOf(nowMs, new BucketWindow(windowMs)),
    load(saved) {
      const { startedMs, buckets } = (saved ?? {}) as { readonly startedMs?: unknown; readonly buckets?: unknown };
      const window = new BucketWindow(windowMs);
      if (typeof startedMs !== 'number' || !Number.isFinite(startedMs) || !window.load(buckets)) return undefined;
      return meterOf(startedMs, window);
    },
  };
}
