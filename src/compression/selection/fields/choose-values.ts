import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { evenly } from '../evenly.ts';
import { type Asked, findAsked } from './asked-values.ts';
import { findFailingThings, type FailingThings } from './failing-values.ts';
import { KeptValues, labelOf } from './kept-values.ts';
import { weighPlaces, type KeySort, type PlaceWeight } from './key-weights.ts';
import { findRareValues } from './rare-values.ts';
import { RowClasses, type RowClass } from './row-classes.ts';
import { sameInAllRows } from './same-in-all-rows.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';
import type { QueryTerms } from '../record-relevance.ts';

export interface Choice {
  readonly kept: KeptValues;
  /** Places where all rows of the outermost list say the same. */
  readonly constants: ReadonlySet<Place>;
  readonly terms: QueryTerms;
}

/** What may be shown of a value that is long, in tokens. */
const ALLOWED: Readonly<Record<KeySort, number>> = {
  name: 60,
  state: 40,
  message: 60,
  time: 30,
  plain: 40,
  address: 40,
  spare: 24,
};
/** What is rare is shown beside the budget, for this part of it. */
const RARE_SHARE = 0.2;
const REST_TOKENS = 30;
const FAILURE_TOKENS = 320;
const LAST_FAILURE_TOKENS = 60;
/** Of failures that state the same and differ in their messages, so many are told at length. */
const MOST_TOLD = 4;
/** Those between the first and the last of many alike are named, for this part of the budget. */
const OTHER_FAILURES_SHARE = 0.4;
const TELLING_SORTS: ReadonlySet<KeySort> = new Set(['state', 'message', 'name']);
const ANSWER_TOKENS = 260;
/** A value beside one that failed or answers is shown with it up to so many tokens. */
const BESIDE_TOKENS = 60;
const MOST_BESIDE = 14;
/** Failures stay beside what the budget pays for, up to so many budgets. */
const FAILURE_BUDGETS = 2;
const LEAST_FAILURE_TOKENS = 2_000;
/** What of an asked row is named by the question may cost this part of the budget. */
const NAMED_SHARE = 0.4;
const MOST_TOLD_ROWS = 6;
/** The notice above a document. */
export const FRAME_TOKENS = 90;

const CLASS_WEIGHTS: Readonly<Record<RowClass, number>> = { asked: 4, special: 0.5, rest: -1 };
const MOST_NAMED_WEIGHT = 7;
const NAMED_FACTOR = 1.5;
const USUAL_TOKENS = 10;
const LENGTH_WEIGHT = 1.2;
const NUMBER_WEIGHT = 0.3;
/** The names of all rows come before the details of a few. */
const OUTLINE_WEIGHT = 3;
const NOTHING_WEIGHT = 2.5;
const CLIP_SLACK_TOKENS = 12;
/** When so many did not fit in what is left of the budget, it is spent. */
const MOST_MISSES = 200;

/** All that can be known before it is known how much may be said. */
export interface Prepared {
  readonly tree: ValueTree;
  readonly weights: ReadonlyMap<Place, PlaceWeight>;
  readonly constants: ReadonlySet<Place>;
  readonly asked: Asked;
  readonly failures: readonly FailingThings[];
  /** The first of each category that few rows have. */
  readonly rare: readonly Part[];
  /** Places row class by row class, those that tell most for their length first. */
  readonly groups: readonly Group[];
}

export function prepareChoice(tree: ValueTree, query: string): Prepared {
  const weights = weighPlaces(tree.root.place);
  const constants = sameInAllRows(tree);
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
  for (const leaf of prepared.rare) kept.keepWithin([leaf], () => REST_TOKENS, mostRare);
  keepFailures(choosing);
  keepAnswers(choosing);
  spendTheRest(missed, choosing);
  return { kept, constants, terms: asked.terms };
}

interface Choosing extends Prepared {
  readonly kept: KeptValues;
  readonly budgetTokens: number;
}

function rowsAround(part: Part): readonly Part[] {
  const rows: Part[] = [];
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) if (at.isRow) rows.push(at);
  return rows;
}

/** The first and the last of those alike; the first with all that it says. */
function keepFailures(choosing: Choosing): void {
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

/** An object's own values, but for those that are spare. */
function keepThing(thing: Part, allowedTokens: number, { kept, weights }: Choosing): void {
  if (thing.children === undefined) {
    kept.keep(thing, allowedTokens);
    return;
  }
  let beside = 0;
  for (const child of thing.children) {
    if (child.children !== undefined) continue;
    const place = weights.get(child.place);
    const isMessage = place?.sort === 'message' || place?.sort === 'state';
    if (!isMessage && (place?.sort === 'spare' || child.tokens > BESIDE_TOKENS || beside >= MOST_BESIDE)) continue;
    beside++;
    kept.keep(child, isMessage ? allowedTokens : BESIDE_TOKENS);
  }
}

function keepAnswers(choosing: Choosing): void {
  const { asked, kept, weights, budgetTokens, tree } = choosing;
  const limit = kept.spentTokens + Math.max(budgetTokens, ANSWER_TOKENS * 4);
  for (const [index, leaf] of asked.answers.entries()) {
    if (kept.spentTokens > limit) break;
    kept.keep(leaf, index === 0 ? ANSWER_TOKENS : ANSWER_TOKENS / 2);
    const thing = leaf.parent;
    if (thing !== undefined && thing !== tree.root && thing.node.type === 'object' && index < 4) {
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

interface Group {
  readonly leaves: Part[];
  readonly weight: number;
  readonly allowedTokens: number;
}

function groupByWeight(
  classes: RowClasses,
  { tree, weights, constants, asked }: Omit<Prepared, 'groups' | 'failures' | 'rare'>,
): readonly Group[] {
  const outline = labelPlaces(tree, weights);
  const groups: Readonly<Record<RowClass, Map<Place, Group>>> = {
    asked: new Map(),
    special: new Map(),
    rest: new Map(),
  };
  for (const leaf of tree.leaves) {
    if (constants.has(leaf.place) && leaf !== leaf.place.parts[0]) continue;
    const rowClass = leaf.parent === undefined ? 'special' : classes.classOf(leaf.isRow ? leaf : leaf.parent);
    let group = groups[rowClass].get(leaf.place);
    if (group === undefined) {
      const { weight, sort } = weights.get(leaf.place) ?? { weight: 1, sort: 'plain' };
      const named = Math.min(MOST_NAMED_WEIGHT, asked.namesOf(leaf.place) * NAMED_FACTOR);
      const ofOutline = outline.has(leaf.place) ? OUTLINE_WEIGHT : 0;
      const ofClass = leaf.row === undefined ? 0 : CLASS_WEIGHTS[rowClass];
      group = { leaves: [], allowedTokens: ALLOWED[sort], weight: weight + named + ofClass + ofOutline };
      groups[rowClass].set(leaf.place, group);
    }
    group.leaves.push(leaf);
  }
  return [...groups.asked.values(), ...groups.special.values(), ...groups.rest.values()]
    .map((group) => ({ group, weight: group.weight - lightness(group) }))
    .sort((one, other) => other.weight - one.weight)
    .map(({ group }) => group);
}

/** Where the rows of the outermost lists are named. */
function labelPlaces(tree: ValueTree, weights: ReadonlyMap<Place, PlaceWeight>): ReadonlySet<Place> {
  const lists = new Set(tree.leaves.map(({ row }) => row?.parent));
  const places = new Set<Place>();
  for (const list of lists) {
    const [row] = list?.children ?? [];
    const label = row === undefined ? undefined : labelOf(row, weights);
    if (label !== undefined) places.add(label.place);
  }
  return places;
}

/** What is long, comes often or says nothing has to tell more to stay. */
function lightness({ leaves, allowedTokens }: Group): number {
  let tokens = 0;
  let nothings = 0;
  for (const leaf of leaves) {
    tokens += Math.min(leaf.tokens, allowedTokens);
    if (saysNothing(leaf.node)) nothings++;
  }
  const length = Math.log2(Math.max(1, tokens / leaves.length / USUAL_TOKENS)) * LENGTH_WEIGHT;
  return length + Math.log2(leaves.length) * NUMBER_WEIGHT + (nothings / leaves.length) * NOTHING_WEIGHT;
}

function saysNothing(node: JsonNode): boolean {
  if (isContainer(node)) return childrenOf(node).length === 0;
  return node.type === 'null' || node.source === '""';
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

function isInAny(part: Part, rows: ReadonlySet<Part>): boolean {
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) if (rows.has(at)) return true;
  return false;
}
