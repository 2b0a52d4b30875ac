import { isContainer } from '../../json/children-of.ts';
import type { PlaceWeight } from './key-weights.ts';
import { fewTexts } from './row-leaves.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

const FEWEST_ROWS = 8;
const MOST_CATEGORIES = 6;
/** A category is rare that so large a part of the rows has, or one row. */
const RARE_SHARE = 0.05;
/** Where the commonest value is not in this part of the rows, no value is odd. */
const COMMON_SHARE = 0.6;
const LONGEST_VALUE = 60;

/** Of each category that few rows of an outermost list have, the first value; those that tell most first. */
export function findRareValues(tree: ValueTree, weights: ReadonlyMap<Place, PlaceWeight>): readonly Part[] {
  const rare: Part[] = [];
  for (const place of new Set(tree.leaves.map((leaf) => leaf.place))) {
    const rowCount = place.parts[0]?.row?.parent?.children?.length ?? 0;
    if (rowCount < FEWEST_ROWS || place.parts.length > rowCount || weights.get(place)?.isSpare === true) continue;
    rare.push(...rareAt(place, rowCount));
  }
  const weightOf = (part: Part): number => weights.get(part.place)?.weight ?? 0;
  return rare.sort((one, other) => weightOf(other) - weightOf(one) || one.first - other.first);
}

function rareAt({ parts }: Place, rowCount: number): readonly Part[] {
  const categories = new Map<string, { readonly part: Part; count: number }>();
  for (const part of parts) {
    const scalar = isContainer(part.node) ? fewTexts(part.node) : part.node;
    if (scalar === undefined || part.children !== undefined) return [];
    if (scalar.type === 'number' || scalar.source.length > LONGEST_VALUE) return [];
    const known = categories.get(scalar.source);
    if (known === undefined) categories.set(scalar.source, { part, count: 1 });
    else known.count++;
    if (categories.size > MOST_CATEGORIES) return [];
  }
  const all = [...categories.values()];
  if (!all.some(({ count }) => count >= rowCount * COMMON_SHARE)) return [];
  return all.filter(({ count }) => count <= Math.max(1, rowCount * RARE_SHARE)).map(({ part }) => part);
}
