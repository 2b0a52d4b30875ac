import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { SourceRange } from '../strategy.ts';

/** What the number before a line costs, in tokens. */
const NUMBER_TOKENS = 3;
/** A gap that is cheaper than the number that would show it stays. */
const SMALLEST_GAP_TOKENS = 6;

/** The lines of a text that stay, and what they cost so far. */
export interface KeptLines {
  /** 1 where the line stays. */
  readonly kept: Uint8Array;
  /** In tokens, each line's number counted. */
  readonly spent: () => number;
  /** Keeps a line whatever it costs; one that is none is passed over. */
  readonly keep: (index: number) => void;
  /** Keeps those of the lines, in their order, that still fit under a limit of all tokens spent. */
  readonly keepWithin: (indexes: Iterable<number>, limitTokens: number) => void;
}

/** Keeps none of the lines yet. */
export function keptLines(lines: readonly string[]): KeptLines {
  const kept = new Uint8Array(lines.length);
  let spent = 0;
  const costOf = (index: number): number => estimateTokens(lines[index] ?? '') + NUMBER_TOKENS;
  const isOpen = (index: number): boolean => index >= 0 && index < lines.length && kept[index] !== 1;
  const keep = (index: number): void => {
    if (!isOpen(index)) return;
    kept[index] = 1;
    spent += costOf(index);
  };
  const keepWithin = (indexes: Iterable<number>, limitTokens: number): void => {
    for (const index of indexes) {
      if (spent >= limitTokens) return;
      if (isOpen(index) && spent + costOf(index) <= limitTokens) keep(index);
    }
  };
  return { kept, spent: () => spent, keep, keepWithin };
}

/** Keeps each single line between two that stay, if it costs no more than the gap would. */
export function fillSmallGaps(lines: readonly string[], kept: Uint8Array): void {
  for (let index = 1; index + 1 < lines.length; index++) {
    if (kept[index] === 1 || kept[index - 1] !== 1 || kept[index + 1] !== 1) continue;
    if (estimateTokens(lines[index] ?? '') <= SMALLEST_GAP_TOKENS) kept[index] = 1;
  }
}

/** The lines that do not stay, counted from 1. */
export function rangesLeftOut(kept: Uint8Array): SourceRange[] {
  const ranges: SourceRange[] = [];
  for (let index = 0; index < kept.length; index++) {
    if (kept[index] === 1) continue;
    const first = index + 1;
    while (index + 1 < kept.length && kept[index + 1] !== 1) index++;
    ranges.push({ first, last: index + 1 });
  }
  return ranges;
}

/** Every line that stays behind its number and a tab. */
export function numberedLines(
  lines: readonly string[],
  kept: Uint8Array,
  spell: (line: string, index: number) => string = (line) => line,
): string[] {
  const numbered: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (kept[index] === 1) numbered.push(`${index + 1}\t${spell(line, index)}`);
  }
  return numbered;
}

/** Without the empty line that a trailing newline leaves. */
export function linesOf(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
