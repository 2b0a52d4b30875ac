import { childrenOf } from '../../json/children-of.ts';
import type { SourceRange } from '../../strategy.ts';
import { showLeaf } from './clip-series.ts';
import type { ShownValue } from './clip-text.ts';
import type { Choice } from './choose-values.ts';
import type { Part, ValueTree } from './value-tree.ts';

/** `said` of what is not shown where it stands because it was said once for all rows. */
export type Extent = 'whole' | 'part' | 'nothing' | 'said';

/** What is shown of each part of a document. */
export interface ShownValues {
  readonly extentOf: (part: Part) => Extent;
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
  const look = (part: Part): Extent => {
    let extent: Extent;
    if (part.children === undefined) extent = lookAtLeaf(part);
    else {
      const inner = new Set<Extent>();
      for (const child of part.children) inner.add(look(child));
      extent = extentOfAll(inner);
    }
    extents.set(part, extent);
    return extent;
  };
  const lookAtLeaf = (leaf: Part): Extent => {
    if (isSaid(leaf)) return 'said';
    const allowed = kept.allowed.get(leaf);
    if (allowed === undefined) {
      leaveOut(leaf.first, leaf.last);
      return 'nothing';
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
    extentOf: (part) => extents.get(part) ?? 'nothing',
    textOf: (leaf) => shown.get(leaf)?.text ?? '',
    leftOut: ranges,
  };
}

function extentOfAll(inner: ReadonlySet<Extent>): Extent {
  if (inner.has('part')) return 'part';
  if (inner.has('whole')) return inner.has('nothing') ? 'part' : 'whole';
  return inner.has('nothing') ? 'nothing' : 'said';
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
