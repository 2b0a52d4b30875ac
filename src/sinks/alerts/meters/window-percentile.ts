import { BucketWindow } from './bucket-window.ts';
import type { Meter, MeterKind } from './meter.ts';

export interface WindowPercentileOptions {
  readonly windowMs: number;
  /** Above 0, at most 1. */
  readonly percentile: number;
  /** With fewer values there is no data. */
  readonly minCount: number;
}

/** Each slot is this many times as wide as the one before: what is told is at most 5 % off. */
const GROWTH = 1.1;
const SMALLEST = 1e-3;
const LARGEST = 1e9;

/** A percentile of the amounts of the last `windowMs`, from a histogram of at most 291 slots. */
export function windowPercentile({ windowMs, percentile, minCount }: WindowPercentileOptions): MeterKind {
  function meterOf(window: BucketWindow): Meter {
    return {
      add: ({ amount }, nowMs) => window.add(slotOf(amount), 1, nowMs),
      value(nowMs) {
        const counts = [...window.sums(nowMs)].sort(([one], [other]) => one - other);
        const total = counts.reduce((sum, [, count]) => sum + count, 0);
        if (total === 0 || total < minCount) return undefined;
        let seen = 0;
        const slot = counts.find(([, count]) => (seen += count) >= percentile * total)?.[0];
        return slot === undefined ? undefined : GROWTH ** slot;
      },
      nextChangeMs: (nowMs) => window.nextExpiryMs(nowMs),
      save: () => window.save(),
    };
  }
  return {
    create: () => meterOf(new BucketWindow(windowMs)),
    load(saved) {
      const window = new BucketWindow(windowMs);
      return window.load(saved) ? meterOf(window) : undefined;
    },
  };
}

function slotOf(amount: number): number {
  return Math.round(Math.log(Math.min(Math.max(amount, SMALLEST), LARGEST)) / Math.log(GROWTH));
}
