import { lastRowOf } from './syntax-nodes.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** Whole rows of a source, counted from 0, first and last included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The rows on which a block is opened and closed: what stands on them can not go with what stands between them. */
export interface BlockEdges {
  readonly open: number;
  readonly close: number;
}

/** Nodes next to a block, in what it belongs to. */
export interface Neighbours {
  readonly before: SyntaxNode | null | undefined;
  readonly after: SyntaxNode | null | undefined;
}

/** Whether rows are between the edges. */
export function isWithin({ first, last }: RowRange, { open, close }: BlockEdges): boolean {
  return first > open && last < close;
}

/** The rows of the braces around the first and last node of a block, or where it has none those of its neighbours. */
export function edgesOf(
  block: SyntaxNode,
  [first, last]: readonly [SyntaxNode, SyntaxNode],
  { before, after }: Neighbours,
): BlockEdges {
  const opening = block.firstChild;
  const closing = block.lastChild;
  const open = opening !== null && opening.id !== first.id ? opening : before;
  const close = closing !== null && closing.id !== last.id ? closing : after;
  return {
    open: open === undefined || open === null ? block.startPosition.row : lastRowOf(open),
    // One that the parser had to make up stands where the text breaks off.
    close:
      close === undefined || close === null || close.isMissing ? Number.POSITIVE_INFINITY : close.startPosition.row,
  };
}
