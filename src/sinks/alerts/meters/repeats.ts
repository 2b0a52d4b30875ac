import { BoundedMap } from '../../../bounded-map.ts';
import type { Meter, MeterKind } from './meter.ts';

/** Keys that are counted at once; one more forgets the one that came longest ago. */
const MOST_KEYS = 256;

/** How often the same key was added: the most of any. It lives as long as its run, so there is nothing to save. */
export const REPEATS: MeterKind = {
  create(): Meter {
    const counts = new BoundedMap<number>(MOST_KEYS);
    let most = 0;
    return {
      add({ key = '' }) {
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        most = Math.max(most, count);
      },
      value: () => most,
      nextChangeMs: () => undefined,
      save: () => undefined,
    };
  },
  load: () => undefined,
};
