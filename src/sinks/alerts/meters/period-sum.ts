import type { Meter, MeterKind } from './meter.ts';

export type Period = 'hour' | 'day' | 'month' | 'total';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What was added in this hour, day or month by UTC, or ever. */
export function periodSum(period: Period): MeterKind {
  function meterOf(start: { readonly periodStartMs: number; readonly used: number }): Meter {
    let { periodStartMs, used } = start;
    const endMs = (): number => periodEndMs(period, periodStartMs);
    return {
      add({ amount }, nowMs) {
        if (nowMs >= endMs()) {
          periodStartMs = periodStartMsAt(period, nowMs);
          used = 0;
        }
        used += amount;
      },
      value: (nowMs) => (nowMs >= endMs() ? 0 : used),
      nextChangeMs: (nowMs) => (period === 'total' || nowMs >= endMs() ? undefined : endMs()),
      save: () => ({ periodStartMs, used }),
    };
  }
  return {
    create: (nowMs) => meterOf({ periodStartMs: periodStartMsAt(period, nowMs), used: 0 }),
    load(saved) {
      const from = (saved ?? {}) as { readonly periodStartMs?: unknown; readonly used?: unknown };
      const { periodStartMs, used } = from;
      if (typeof periodStartMs !== 'number' || typeof used !== 'number') return undefined;
      if (!Number.isFinite(used) || periodStartMs !== periodStartMsAt(period, periodStartMs)) return undefined;
      return meterOf({ periodStartMs, used });
    },
  };
}

function periodStartMsAt(period: Period, timeMs: number): number {
  switch (period) {
    case 'hour':
      return timeMs - (timeMs % HOUR_MS);
    case 'day':
      return timeMs - (timeMs % DAY_MS);
    case 'month': {
      const date = new Date(timeMs);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    }
    default:
      return 0;
  }
}

function periodEndMs(period: Period, startMs: number): number {
  switch (period) {
    case 'hour':
      return startMs + HOUR_MS;
    case 'day':
      return startMs + DAY_MS;
    case 'month': {
      const date = new Date(startMs);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    }
    default:
      return Infinity;
  }
}
