import { BESIDE_TOKENS, type Choosing, keepThing } from './choosing.ts';
import type { Part } from './value-tree.ts';

const ANSWER_TOKENS = 260;
/** Of the best answers so many are shown with what stands beside them. */
const MOST_ANSWERS_WITH = 4;
const MOST_TOLD_ROWS = 6;
/** What of an asked row is named by the question may cost this part of the budget. */
const NAMED_SHARE = 0.4;

/** Keeps the values that answer, and of the rows that were asked for what the question names and what they say. */
export function keepAnswers(choosing: Choosing): void {
  const { asked, kept, weights, budgetTokens, tree } = choosing;
  const limit = kept.spentTokens + Math.max(budgetTokens, ANSWER_TOKENS * 4);
  for (const [index, leaf] of asked.answers.entries()) {
    if (kept.spentTokens > limit) break;
    kept.keep(leaf, index === 0 ? ANSWER_TOKENS : ANSWER_TOKENS / 2);
    const thing = leaf.parent;
    if (thing !== undefined && thing !== tree.root && thing.node.type === 'object' && index < MOST_ANSWERS_WITH) {
      keepThing(thing, BESIDE_TOKENS, choosing);
    }
  }
  const inner = asked.rows.filter((row) => row.row !== row);
  for (const row of inner.slice(0, MOST_TOLD_ROWS))
    if (kept.spentTokens <= limit) keepThing(row, BESIDE_TOKENS, choosing);
  for (const row of asked.rows.slice(0, MOST_TOLD_ROWS)) {
    for (const leaf of row.children ?? []) {
      if (leaf.children !== undefined || weights.get(leaf.place)?.sort !== 'message') continue;
      kept.keepWithin([leaf], () => ANSWER_TOKENS, limit);
    }
    const named: Part[] = [];
    const look = (part: Part): void => {
      if (part.children === undefined && asked.namesOf(part.place) > 0) named.push(part);
      for (const child of part.children ?? []) look(child);
    };
    look(row);
    named.sort((one, other) => asked.namesOf(other.place) - asked.namesOf(one.place) || one.first - other.first);
    const most = kept.spentTokens + (budgetTokens * NAMED_SHARE) / asked.rows.length;
    for (const leaf of named) kept.keepWithin([leaf], () => BESIDE_TOKENS, most);
  }
}
