import { linesOf } from '../compression/selection/kept-lines.ts';
import type { Rewriting } from '../compression/decision.ts';
import type { SourceRange, Unit } from '../compression/strategy.ts';
import { jsonRows } from '../retrieval/json-rows.ts';
import { alignUnits } from './align-units.ts';

/** What stands on the side of the original. */
export type BeforePiece =
  /** A row or a line of the original, counted from 1. It may span several lines. */
  | { readonly type: 'unit'; readonly number: number; readonly text: string }
  /** Rows or lines that went. */
  | { readonly type: 'gap'; readonly range: SourceRange }
  /** Text around the rows of a document. */
  | { readonly type: 'around'; readonly text: string };

/** A line of what is sent; a notice is one that says what went. */
export interface AfterLine {
  readonly text: string;
  readonly isNotice: boolean;
}

/** What stands opposite: a piece that was kept and the line that says it now; a side alone where the other has nothing. */
export interface ComparedRow {
  readonly before: BeforePiece | undefined;
  readonly after: AfterLine | undefined;
}

export type Comparison =
  /** What stayed stands opposite to itself. */
  | {
      readonly layout: 'aligned';
      readonly unit: 'rows' | 'lines';
      readonly total: number;
      readonly units: readonly string[];
      readonly rows: readonly ComparedRow[];
    }
  /** A text that did not change. */
  | { readonly layout: 'alone'; readonly before: readonly string[] }
  /** Two texts, each for itself. */
  | {
      readonly layout: 'columns';
      readonly before: readonly string[];
      /** The lines before of which nothing is left; none where all was written anew. */
      readonly leftOut: readonly SourceRange[];
      readonly after: readonly AfterLine[];
    };

/** How two texts are best put side by side, by what made the second from the first. */
export function compareTexts(before: string, after: string, { leftOut, retrievalId: id }: Rewriting): Comparison {
  const afterLines = splitLines(after);
  const source = leftOut === undefined ? undefined : unitsOf(before, leftOut);
  if (leftOut !== undefined && source !== undefined) {
    const { total, ranges } = leftOut;
    const aligned = alignUnits({ ...source, ranges, afterLines });
    if (aligned !== undefined) {
      return { layout: 'aligned', unit: source.unit, total, units: source.units, rows: aligned };
    }
  }
  const isPartial =
    leftOut?.unit === 'lines' && leftOut.ranges.some(({ first, last }) => last - first + 1 < leftOut.total);
  return {
    layout: 'columns',
    before: splitLines(before),
    leftOut: isPartial ? leftOut.ranges : [],
    after: afterLines.map((text) => ({ text, isNotice: id !== undefined && text.includes(id) })),
  };
}

/** A trailing newline ends the last line, it does not begin another. */
export function splitLines(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.length > 1 ? linesOf(lines) : lines;
}

interface SourceUnits {
  readonly unit: 'rows' | 'lines';
  /** In order, the first is number 1. */
  readonly units: readonly string[];
  /** What stands before the first and behind the last. */
  readonly head: string;
  readonly tail: string;
}

/** The units that a notice counts, or `undefined` where they can not be told. */
function unitsOf(
  text: string,
  { unit, total }: { readonly unit: Unit; readonly total: number },
): SourceUnits | undefined {
  if (unit === 'lines') {
    const units = splitLines(text);
    return units.length === total ? { unit, units, head: '', tail: '' } : undefined;
  }
  if (unit !== 'rows') return undefined;
  const slices = jsonRows(text)?.rows;
  if (slices === undefined || slices.length !== total) return undefined;
  return {
    unit,
    units: slices.map(({ start, end }) => withoutIndent(text.slice(start, end))),
    head: text.slice(0, slices[0]?.start).trim(),
    tail: text.slice(slices.at(-1)?.end).trim(),
  };
}

/** A row that stands indented in its document, moved to the left as far as all its lines but the first go. */
function withoutIndent(row: string): string {
  const [first = '', ...others] = row.split('\n');
  const indent = others.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity);
  return [first, ...others.map((line) => line.slice(indent))].join('\n');
}
