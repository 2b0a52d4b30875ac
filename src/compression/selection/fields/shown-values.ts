import { childrenOf } from '../../json/children-of.ts';
import type { SourceRange } from '../../strategy.ts';
import { showLeaf } from './clip-series.ts';
import type { ShownValue } from './clip-text.ts';
import type { Choice } from './choose-values.ts';
import { pathOf } from './example-path.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

/** `said` of what is not shown where it stands because it was said once for all rows. */
export type Extent = 'whole' | 'part' | 'nothing' | 'said';

/** What is shown of each part of a document. */
export interface ShownValues {
  readonly extentOf: (part: Part) => Extent;
  /** Of how many parts at a place something is shown, and of how many of these not all. */
  readonly shownAt: (place: Place) => { readonly count: number; readonly inPart: number };
  /** Of a value that is shown. */
  readonly textOf: (leaf: Part) => string;
  /** Values that are not shown in full, by their numbers. */
  readonly leftOut: readonly SourceRange[];
}

export function showValues(tree: ValueTree, { kept, constants, terms }: Choice): ShownValues {
  const shown = new Map<Part, ShownValue>();
  const extents = new Map<Part, Extent>();
  const ranges: { first: number; last: number }[] = [];
  const leaveOut = (first: number, last: number): void => {
    const before = ranges.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else ranges.push({ first, last });
  };
  const isSaid = (leaf: Part): boolean => constants.has(leaf.place) && kept.said.has(leaf.place);
  const counts = new Map<Place, { count: number; inPart: number }>();
  const saidAround = placesAround(kept.said);
  const look = (part: Part): Extent => {
    let extent: Extent;
    if (part.children === undefined) extent = lookAtLeaf(part);
    else if (!kept.opened.has(part) && !saidAround.has(part.place)) {
      leaveOut(part.first, part.last);
      return 'nothing';
    } else {
      let seen = 0;
      for (const child of part.children) seen |= EXTENT_BITS[look(child)];
      extent = extentOfAll(seen);
    }
    if (extent !== 'nothing') {
      extents.set(part, extent);
      let counted = counts.get(part.place);
      if (counted === undefined) counts.set(part.place, (counted = { count: 0, inPart: 0 }));
      counted.count++;
      if (extent === 'part') counted.inPart++;
    }
    return extent;
  };
  const lookAtLeaf = (leaf: Part): Extent => {
    if (isSaid(leaf)) return 'said';
    const allowed = kept.allowed.get(leaf);
    if (allowed === undefined) {
      leaveOut(leaf.first, leaf.last);
      return 'nothing';
    }
    const { twin } = leaf;
    if (twin !== undefined) {
      const isWhole = extents.get(twin) === 'whole';
      shown.set(leaf, { text: `<same as ${pathOf(twin)}>`, isWhole });
      if (!isWhole) leaveOut(leaf.first, leaf.last);
      return isWhole ? 'whole' : 'part';
    }
    const value = showLeaf(leaf.node, allowed, terms);
    shown.set(leaf, value);
    if (value.isWhole) return 'whole';
    if (value.hidden === undefined) leaveOut(leaf.first, leaf.last);
    else hideItems(leaf, value.hidden, leaveOut);
    return 'part';
  };
  look(tree.root);
  return {
    shownAt: (place) => counts.get(place) ?? NONE,
    extentOf: (part) => extents.get(part) ?? 'nothing',
    textOf: (leaf) => shown.get(leaf)?.text ?? '',
    leftOut: ranges,
  };
}

const NONE = { count: 0, inPart: 0 };
const EXTENT_BITS: Readonly<Record<Extent, number>> = { whole: 1, part: 2, nothing: 4, said: 8 };

/** What is shown of something, by what is shown of all that stands in it. */
function extentOfAll(seen: number): Extent {
  if ((seen & EXTENT_BITS.part) !== 0) return 'part';
  const misses = (seen & EXTENT_BITS.nothing) !== 0;
  if ((seen & EXTENT_BITS.whole) !== 0) return misses ? 'part' : 'whole';
  return misses ? 'nothing' : 'said';
}

function placesAround(places: ReadonlySet<Place>): ReadonlySet<Place> {
  const around = new Set<Place>();
  for (const place of places) {
    for (let at: Place | undefined = place; at !== undefined && !around.has(at); at = at.parent) around.add(at);
  }
  return around;
}

function hideItems(leaf: Part, hidden: readonly number[], leaveOut: (first: number, last: number) => void): void {
  const starts: number[] = [];
  let next = leaf.first;
  for (const item of childrenOf(leaf.node)) {
    starts.push(next);
    next += Math.max(1, childrenOf(item).length);
  }
  starts.push(next);
  for (const index of hidden) leaveOut(starts[index] ?? leaf.first, (starts[index + 1] ?? next) - 1);
}
