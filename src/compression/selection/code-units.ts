import type { CodeBlock, CodeItem } from '../code/syntax-blocks.ts';

/** A block that can be left out, and whose it is. */
export interface FoldUnit {
  readonly block: CodeBlock;
  /** What it stands in, from the outside in. */
  readonly path: readonly string[];
  /** The item whose block it is. */
  readonly item: CodeItem;
}

/** A comment, or a text that documents a body. */
export interface CommentUnit {
  readonly item: CodeItem | undefined;
  /** The body that it begins, where it stands in one. */
  readonly body: CodeBlock | undefined;
  readonly first: number;
  readonly last: number;
  /** What it is about. */
  readonly about: CodeItem | undefined;
}

/** A declaration or a statement. */
export interface MemberUnit {
  readonly item: CodeItem;
  /** The last row before what comes next: blank rows go with what stands before them. */
  readonly last: number;
}

/** What a source is made of, as far as it can be left out. */
export interface CodeUnits {
  readonly bodies: readonly FoldUnit[];
  readonly values: readonly FoldUnit[];
  readonly comments: readonly CommentUnit[];
  /** Declarations and statements that hold no others of their kind. */
  readonly members: readonly MemberUnit[];
  /** Blocks whose items are looked at one by one. */
  readonly containers: readonly CodeBlock[];
}

/** Classes in classes: beyond this depth what stands in a block is left as it is. */
const DEEPEST = 40;
/** A body is a frame for others when it takes this part of the file, or belongs to a call, and is as long as this... */
const FRAME_SHARE = 0.4;
const SHORTEST_FRAME = 12;
/** ...and this part of its rows belongs to functions in it. */
const FRAMED_SHARE = 0.5;
/** Lists in lists in which functions are looked for. */
const DEEPEST_FRAMED = 3;
/** Of a list so many values show what the others are like. */
const FEWEST_VALUES = 5;

/** Sorts what stands in a file by the way in which it can be left out. */
export function readCodeUnits(root: CodeBlock): CodeUnits {
  const bodies: FoldUnit[] = [];
  const values: FoldUnit[] = [];
  const comments: CommentUnit[] = [];
  const members: MemberUnit[] = [];
  const containers: CodeBlock[] = [];
  const rowCount = root.last - root.first + 1;

  const readContainer = (container: CodeBlock, path: readonly string[]): void => {
    containers.push(container);
    const { items } = container;
    for (const [index, item] of items.entries()) {
      if (item.kind === 'comment') {
        const { first, last } = item;
        comments.push({ item, body: undefined, first, last, about: items[index + 1] });
        continue;
      }
      let isContainer = false;
      for (const block of item.blocks) {
        if (readBlock(block, item, path)) isContainer = true;
      }
      if (isContainer || item.isBroken || item.kind !== 'other') continue;
      const next = items[index + 1];
      members.push({ item, last: next === undefined ? container.last : next.first - 1 });
    }
  };

  /** Whether the block is one whose items are looked at. */
  const readBlock = (block: CodeBlock, item: CodeItem, path: readonly string[]): boolean => {
    const unit = { block, path, item };
    if (block.role === 'values' && !block.isBroken && !isFrame(block, rowCount)) {
      if (block.last - block.first + 1 >= FEWEST_VALUES) values.push(unit);
      return false;
    }
    const isWhole = block.role === 'body' && !block.isBroken && !isFrame(block, rowCount);
    if (isWhole || path.length >= DEEPEST) {
      bodies.push(unit);
      const { docstring } = block;
      if (docstring !== undefined) comments.push({ item: undefined, body: block, ...docstring, about: item });
      return false;
    }
    readContainer(block, [...path, block.name]);
    return true;
  };

  readContainer(root, []);
  return { bodies, values, comments, members, containers };
}

/** Whether a block is there to hold other functions: a module in a function, a suite of tests, an object of methods. */
function isFrame(body: CodeBlock, rowCount: number): boolean {
  const rows = body.last - body.first + 1;
  const isLikely = body.isClosure || body.role === 'values' || rows >= rowCount * FRAME_SHARE;
  if (rows < SHORTEST_FRAME || !isLikely) return false;
  return rowsOfFunctionsIn(body, DEEPEST_FRAMED) >= rows * FRAMED_SHARE;
}

/** Rows of the functions that stand in a block, or in lists in it. */
function rowsOfFunctionsIn(block: CodeBlock, depth: number): number {
  let rows = 0;
  for (const item of block.items) {
    for (const inner of item.blocks) {
      if (inner.role === 'body') rows += inner.last - inner.first + 1;
      else if (inner.role === 'values' && depth > 0) rows += rowsOfFunctionsIn(inner, depth - 1);
    }
  }
  return rows;
}
