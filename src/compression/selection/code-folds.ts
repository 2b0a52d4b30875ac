import type { RowRange } from '../code/block-edges.ts';
import type { CodeBlock, CodeItem } from '../code/syntax-blocks.ts';

/** Rows that are left out, in a place where a comment can stand for them. */
export interface Gap extends RowRange {
  /** Whether nothing else stays of the block, so that some languages want a statement in its place. */
  readonly isWholeBlock: boolean;
  /** What was defined there. */
  readonly names: readonly string[];
}

/** What stands for a gap costs about so many tokens. */
export const GAP_TOKENS = 11;
/** A gap between parts that stay has to be worth the break in the text. */
const INNER_GAP_TOKENS = 2 * GAP_TOKENS;
/** A block of which so much stays is shown whole. */
const NEARLY_WHOLE = 0.6;
/** An item that costs no more is shown whole. */
const SMALL_ITEM_TOKENS = 90;
/** So is a function whose head answers. An item that costs more and can not be shown in part is not shown at all. */
const LARGE_ITEM_TOKENS = 350;

/** Which parts of a source are left out: whole blocks, items of blocks, and what documents a body. Keeps its costs. */
export class CodeFolds {
  readonly #costs: Float64Array;
  readonly #folded = new Map<CodeBlock, { keepsDocstring: boolean }>();
  readonly #shown = new Map<CodeBlock, Set<CodeItem>>();
  readonly #gone = new Set<CodeItem>();
  readonly #open = new Set<CodeBlock>();

  /** Costs of the rows in tokens. */
  constructor(costs: readonly number[]) {
    this.#costs = new Float64Array(costs.length + 1);
    for (const [row, cost] of costs.entries()) this.#costs[row + 1] = (this.#costs[row] ?? 0) + cost;
  }

  /** What rows cost, in tokens. */
  costOf({ first, last }: RowRange): number {
    return (this.#costs[last + 1] ?? 0) - (this.#costs[first] ?? 0);
  }

  /** Says that something may be left out among the items of a block. */
  open(block: CodeBlock): void {
    this.#open.add(block);
  }

  fold(block: CodeBlock): void {
    this.#folded.set(block, { keepsDocstring: false });
  }

  isFolded(block: CodeBlock): boolean {
    return this.#folded.has(block);
  }

  /** Shows all of a block. */
  unfold(block: CodeBlock): void {
    this.#folded.delete(block);
    this.#shown.delete(block);
  }

  keepDocstring(block: CodeBlock): void {
    if (this.#folded.has(block)) this.#folded.set(block, { keepsDocstring: true });
  }

  /** Leaves an item of an open block out. */
  drop(item: CodeItem): void {
    this.#gone.add(item);
  }

  keep(item: CodeItem): void {
    this.#gone.delete(item);
  }

  isDropped(item: CodeItem): boolean {
    return this.#gone.has(item);
  }

  /** Whether what stays of a block is nearly all of it. */
  isNearlyWhole(block: CodeBlock): boolean {
    return this.costOfShown(block) >= this.costOf(block) * NEARLY_WHOLE;
  }

  /** Shows of a folded block the statement that a row belongs to, and of a long statement the part around the row. */
  reveal(block: CodeBlock, row: number): void {
    const docstring = this.#folded.get(block)?.keepsDocstring === true ? block.items[0] : undefined;
    if (!this.#folded.has(block) && !this.#shown.has(block)) return;
    const shown = this.#shown.get(block) ?? new Set<CodeItem>();
    if (docstring !== undefined) shown.add(docstring);
    const item = block.items.find(({ first, last }) => first <= row && row <= last);
    if (item === undefined) return;
    const inner = item.blocks.find(({ first, last }) => first <= row && row <= last);
    if (!shown.has(item)) {
      const isHead = row === item.first && item.blocks.some(({ role }) => role === 'body');
      const isSmall = this.costOf(item) <= (isHead ? LARGE_ITEM_TOKENS : SMALL_ITEM_TOKENS);
      if (!isSmall && item.blocks.length === 0 && this.costOf(item) > LARGE_ITEM_TOKENS) return;
      shown.add(item);
      if (!isSmall) for (const child of item.blocks) if (this.isWorthFolding(child)) this.fold(child);
    }
    this.#folded.delete(block);
    this.#shown.set(block, shown);
    if (inner !== undefined) this.reveal(inner, row);
  }

  /** Whether leaving a block out saves something. */
  isWorthFolding(block: CodeBlock): boolean {
    return !block.isBroken && block.last > block.first && this.costOf(block) >= 2 * GAP_TOKENS;
  }

  /** What stays of a block costs so much, with what stands for the rest. */
  costOfShown(block: CodeBlock): number {
    let cost = this.costOf(block);
    for (const gap of this.gapsIn(block)) cost += GAP_TOKENS - this.costOf(gap);
    return cost;
  }

  /** The gaps in a block, in order. */
  gapsIn(block: CodeBlock): readonly Gap[] {
    const gaps: Gap[] = [];
    this.#walk(block, gaps);
    return gaps;
  }

  #walk(block: CodeBlock, gaps: Gap[]): void {
    const fold = this.#folded.get(block);
    if (fold !== undefined) {
      const { docstring } = block;
      const stays = fold.keepsDocstring ? docstring : undefined;
      const first = stays === undefined ? block.first : stays.last + 1;
      this.#add(gaps, { first, last: block.last, isWholeBlock: stays === undefined, names: [] });
      return;
    }
    const shown = this.#shown.get(block);
    if (shown === undefined && !this.#open.has(block)) return;
    const isGone = (item: CodeItem): boolean => (shown === undefined ? this.#gone.has(item) : !shown.has(item));
    const isWholeBlock = block.items.every(
      (item) => isGone(item) || (item.kind === 'comment' && block.docstring?.first !== item.first),
    );
    const least = shown === undefined || isWholeBlock ? GAP_TOKENS : INNER_GAP_TOKENS;
    let run: { first: number; last: number; names: string[] } | undefined;
    for (const item of block.items) {
      if (isGone(item)) {
        run ??= { first: item.first, last: item.last, names: [] };
        run.last = item.last;
        if (shown === undefined && item.name !== '') run.names.push(item.name);
        continue;
      }
      if (run !== undefined) this.#add(gaps, { ...run, isWholeBlock }, least);
      run = undefined;
      for (const child of item.blocks) this.#walk(child, gaps);
    }
    if (run !== undefined) this.#add(gaps, { ...run, isWholeBlock }, least);
  }

  #add(gaps: Gap[], gap: Gap, least = GAP_TOKENS): void {
    if (gap.last >= gap.first && this.costOf(gap) > least) gaps.push(gap);
  }
}
