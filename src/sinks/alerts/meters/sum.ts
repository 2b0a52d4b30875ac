import type { Meter, MeterKind } from './meter.ts';

/** Everything that was added: a run, a session. No data while nothing was. */
export const SUM: MeterKind = {
  create: () => sumFrom(undefined),
  load: (saved) => (saved === undefined || Number.isFinite(saved) ? sumFrom(saved as number | undefined) : undefined),
};

function sumFrom(start: number | undefined): Meter {
  let sum = start;
  return {
    add({ amount }) {
      sum = (sum ?? 0) + amount;
    },
    value: () => sum,
    nextChangeMs: () => undefined,
    save: () => sum,
  };
}
