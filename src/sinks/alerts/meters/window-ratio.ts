import { BucketWindow } from './bucket-window.ts';
import type { Meter, MeterKind } from './meter.ts';

export interface WindowRatioOptions {
  readonly windowMs: number;
  /** With less under the line there is no data. */
  readonly minTotal: number;
  /** Makes the value the share by which the ratio dropped, from what it was before the window over this long. */
  readonly baselineMs?: number | undefined;
}

const AMOUNT = 0;
const TOTAL = 1;

/** Sum of amounts by sum of totals over the last `windowMs`: a ratio of sums, never a mean of ratios. */
export function windowRatio({ windowMs, minTotal, baselineMs }: WindowRatioOptions): MeterKind {
  function meterOf(window: BucketWindow, longer: BucketWindow | undefined): Meter {
    return {
      add({ amount, total = 0 }, nowMs) {
        for (const one of [window, longer]) {
          one?.add(AMOUNT, amount, nowMs);
          one?.add(TOTAL, total, nowMs);
        }
      },
      value(nowMs) {
        const amount = window.sum(AMOUNT, nowMs);
        const total = window.sum(TOTAL, nowMs);
        const ratio = ratioOf(amount, total);
        if (longer === undefined || ratio === undefined) return ratio;
        const before = ratioOf(longer.sum(AMOUNT, nowMs) - amount, longer.sum(TOTAL, nowMs) - total);
        return before === undefined || before <= 0 ? undefined : 1 - ratio / before;
      },
      nextChangeMs(nowMs) {
        const expiries = [window.nextExpiryMs(nowMs), longer?.nextExpiryMs(nowMs)];
        return expiries.reduce((first, one) => (first === undefined || (one ?? first) < first ? one : first));
      },
      save: () => ({ window: window.save(), longer: longer?.save() }),
    };
  }

  function ratioOf(amount: number, total: number): number | undefined {
    return total <= 0 || total < minTotal ? undefined : amount / total;
  }

  const longerWindow = (): BucketWindow | undefined =>
    baselineMs === undefined ? undefined : new BucketWindow(windowMs + baselineMs);

  return {
    create: () => meterOf(new BucketWindow(windowMs), longerWindow()),
    load(saved) {
      const from = (saved ?? {}) as { readonly window?: unknown; readonly longer?: unknown };
      const window = new BucketWindow(windowMs);
      const longer = longerWindow();
      const isLoaded = window.load(from.window) && (longer === undefined || longer.load(from.longer));
      return isLoaded ? meterOf(window, longer) : undefined;
    },
  };
}
