import { type Choosing, isInAny, keepThing } from './choosing.ts';
import type { KeySort } from './key-weights.ts';

const FAILURE_TOKENS = 320;
const LAST_FAILURE_TOKENS = 60;
/** Of failures that state the same and differ in their messages, so many are told at length. */
const MOST_TOLD = 4;
/** Failures stay beside what the budget pays for, up to so many budgets. */
const FAILURE_BUDGETS = 2;
const LEAST_FAILURE_TOKENS = 2_000;
/** Those between the first and the last of many alike are named, for this part of the budget. */
const OTHER_FAILURES_SHARE = 0.4;
const TELLING_SORTS: ReadonlySet<KeySort> = new Set(['state', 'message', 'name']);

/** Keeps the first and the last of each failure, the first with all that it says, and names those between them. */
export function keepFailures(choosing: Choosing): void {
  const { failures } = choosing;
  const limit = choosing.kept.spentTokens + Math.max(LEAST_FAILURE_TOKENS, choosing.budgetTokens * FAILURE_BUDGETS);
  const byRarity = failures.toSorted((one, other) => one.things.length - other.things.length);
  const told = new Map<string, number>();
  const askedRows = new Set(choosing.asked.rows);
  for (const { things, family } of byRarity) {
    const first = things[0];
    if (first === undefined || choosing.kept.spentTokens > limit) continue;
    const before = told.get(family) ?? 0;
    told.set(family, before + 1);
    const isTold = before < MOST_TOLD || isInAny(first, askedRows);
    keepThing(first, isTold ? FAILURE_TOKENS : LAST_FAILURE_TOKENS, choosing);
  }
  for (const { things } of byRarity) {
    const last = things.at(-1);
    if (last === undefined || things.length === 1 || choosing.kept.spentTokens > limit) continue;
    keepThing(last, LAST_FAILURE_TOKENS, choosing);
  }
  const { kept, weights, budgetTokens } = choosing;
  const most = kept.spentTokens + budgetTokens * OTHER_FAILURES_SHARE;
  for (const { things } of byRarity) {
    for (const thing of things) {
      if (kept.spentTokens > most) return;
      const leaves = thing.children?.filter((child) => child.children === undefined) ?? [thing];
      const telling = leaves.find(({ place }) => TELLING_SORTS.has(weights.get(place)?.sort ?? 'plain')) ?? leaves[0];
      if (telling !== undefined) kept.keepWithin([telling], () => LAST_FAILURE_TOKENS, most);
    }
  }
}
