import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import type { Asked } from './asked-values.ts';
import { labelOf } from './kept-values.ts';
import type { KeySort, PlaceWeight } from './key-weights.ts';
import type { RowClass, RowClasses } from './row-classes.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

/** The values at one place in rows of one class: they stay together, or go. */
export interface Group {
  readonly leaves: Part[];
  readonly weight: number;
  /** What may be shown of each. */
  readonly allowedTokens: number;
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
const CLASS_WEIGHTS: Readonly<Record<RowClass, number>> = { asked: 4, special: 0.5, rest: -1 };
const MOST_NAMED_WEIGHT = 7;
const NAMED_FACTOR = 1.5;
/** The names of all rows come before the details of a few. */
const OUTLINE_WEIGHT = 3;
const USUAL_TOKENS = 10;
const LENGTH_WEIGHT = 1.2;
const NUMBER_WEIGHT = 0.3;
const NOTHING_WEIGHT = 2.5;
/** Longer lists of values come after what they are about. */
const FEWEST_IN_SERIES = 8;
const SERIES_WEIGHT = 3;

export interface GroupMaterial {
  readonly tree: ValueTree;
  readonly weights: ReadonlyMap<Place, PlaceWeight>;
  readonly constants: ReadonlySet<Place>;
  readonly asked: Asked;
}

/** All values of a document in groups, those that tell most for their length first. */
export function groupByWeight(
  classes: RowClasses,
  { tree, weights, constants, asked }: GroupMaterial,
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
  let series = 0;
  for (const leaf of leaves) {
    tokens += Math.min(leaf.tokens, allowedTokens);
    if (saysNothing(leaf.node)) nothings++;
    if (childrenOf(leaf.node).length >= FEWEST_IN_SERIES) series++;
  }
  const length = Math.log2(Math.max(1, tokens / leaves.length / USUAL_TOKENS)) * LENGTH_WEIGHT;
  const odd = (nothings * NOTHING_WEIGHT + series * SERIES_WEIGHT) / leaves.length;
  return length + Math.log2(leaves.length) * NUMBER_WEIGHT + odd;
}

function saysNothing(node: JsonNode): boolean {
  if (isContainer(node)) return childrenOf(node).length === 0;
  return node.type === 'null' || node.source === '""';
}
