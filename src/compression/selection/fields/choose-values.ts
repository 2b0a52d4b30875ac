import type { QueryTerms } from '../record-relevance.ts';
import { evenly } from '../evenly.ts';
import { findAsked } from './asked-values.ts';
import { type Choosing, isInAny, type Prepared } from './choosing.ts';
import { findFailingThings } from './failing-values.ts';
import { keepAnswers } from './keep-answers.ts';
import { keepFailures } from './keep-failures.ts';
import { KeptValues } from './kept-values.ts';
import { weighPlaces } from './key-weights.ts';
import { findRareValues } from './rare-values.ts';
import { RowClasses } from './row-classes.ts';
import { sameInAllRows } from './same-in-all-rows.ts';
import { type Group, groupByWeight } from './value-groups.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

export interface Choice {
  readonly kept: KeptValues;
  /** Places where all rows of the outermost list say the same. */
  readonly constants: ReadonlySet<Place>;
  readonly terms: QueryTerms;
}

/** The notice above a document. */
export const FRAME_TOKENS = 90;
/** What is rare is shown beside the budget, for this part of it. */
const RARE_SHARE = 0.2;
const RARE_TOKENS = 30;
const CLIP_SLACK_TOKENS = 12;
/** When so many did not fit in what is left of the budget, it is spent. */
const MOST_MISSES = 200;

/** Finds out all that does not depend on the budget. */
export function prepareChoice(tree: ValueTree, query: string): Prepared {
  const constants = sameInAllRows(tree);
  const weights = weighPlaces(tree.root.place, constants);
  const asked = findAsked(tree, query, weights);
  const failures = findFailingThings(tree);
  const failing = new Set(failures.flatMap(({ things }) => (things[0] === undefined ? [] : rowsAround(things[0]))));
  const classes = new RowClasses({ asked: new Set(asked.rows), failing });
  const groups = groupByWeight(classes, { tree, weights, constants, asked });
  return { tree, weights, constants, asked, failures, rare: findRareValues(tree, weights), groups };
}

/**
 * Chooses the values of a document that stay, in so many estimated tokens: what tells most for its length, and besides
 * what failed and what was asked for.
 */
export function chooseValues(prepared: Prepared, budgetTokens: number): Choice {
  const { weights, constants, asked, groups } = prepared;
  const kept = new KeptValues(weights, constants);
  kept.spentTokens = FRAME_TOKENS;
  const choosing: Choosing = { ...prepared, kept, budgetTokens };
  const missed = groups.filter(
    ({ leaves, allowedTokens }) => !kept.keepWithin(leaves, () => allowedTokens, budgetTokens),
  );
  const mostRare = kept.spentTokens + budgetTokens * RARE_SHARE;
  for (const leaf of prepared.rare) kept.keepWithin([leaf], () => RARE_TOKENS, mostRare);
  keepFailures(choosing);
  keepAnswers(choosing);
  spendTheRest(missed, choosing);
  return { kept, constants, terms: asked.terms };
}

function rowsAround(part: Part): readonly Part[] {
  const rows: Part[] = [];
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) if (at.isRow) rows.push(at);
  return rows;
}

/** More of the long texts that are shown in part, then rows of what was too large, spread over their list. */
function spendTheRest(missed: readonly Group[], { kept, budgetTokens, asked }: Choosing): void {
  for (const factor of [3, 8]) {
    const clipped = [...kept.allowed].filter(([leaf, allowed]) => leaf.tokens > allowed + CLIP_SLACK_TOKENS);
    const isAsked = new Set(asked.rows);
    clipped.sort(([one], [other]) => Number(isInAny(other, isAsked)) - Number(isInAny(one, isAsked)));
    for (const [leaf, allowed] of clipped) kept.keepWithin([leaf], () => allowed * factor, budgetTokens);
  }
  let misses = 0;
  for (const { leaves, allowedTokens } of missed) {
    if (kept.spentTokens >= budgetTokens || misses > MOST_MISSES) return;
    for (const index of evenly(leaves.length)) {
      const leaf = leaves[index];
      if (leaf === undefined || kept.keepWithin([leaf], () => allowedTokens, budgetTokens)) continue;
      misses++;
      if (misses > MOST_MISSES) return;
    }
  }
}
