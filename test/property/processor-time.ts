/** Processor time of this process: it stands still while others have the processor. */
export async function processorMs(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

export interface Growth {
  readonly smallMs: number;
  readonly largeMs: number;
}

/** The quickest of each, taken in turns; no more turns than it takes to see that the growth is allowed. */
export async function quickestGrowth(
  small: () => unknown,
  large: () => unknown,
  { turns, isAllowed }: { readonly turns: number; readonly isAllowed: (growth: Growth) => boolean },
): Promise<Growth> {
  let growth: Growth = { smallMs: Infinity, largeMs: Infinity };
  for (let turn = 0; turn < turns; turn++) {
    growth = {
      smallMs: Math.min(growth.smallMs, await processorMs(small)),
      largeMs: Math.min(growth.largeMs, await processorMs(large)),
    };
    if (isAllowed(growth)) break;
  }
  return growth;
}

/** Four times the text takes 4 times as long when work grows in proportion, 16 times when by the square. */
const MOST_GROWTH = 8;
/** Below this, a collection of garbage or a compilation in the wrong turn decides. */
const NOISE_MS = 15;
const TURNS = 5;

/** Whether work on a text four times as large takes no more than what is proportionate, `undefined`; else what it took. */
export async function disproportion(small: () => unknown, large: () => unknown): Promise<string | undefined> {
  await small();
  const isAllowed = ({ smallMs, largeMs }: Growth): boolean => largeMs <= MOST_GROWTH * smallMs + NOISE_MS;
  const growth = await quickestGrowth(small, large, { turns: TURNS, isAllowed });
  if (isAllowed(growth)) return undefined;
  return `${growth.smallMs.toFixed(1)} ms for one part, ${growth.largeMs.toFixed(1)} ms for four`;
}
