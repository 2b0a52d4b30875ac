import type { TableContent } from '../content.ts';
import { notice } from '../notice.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import type { TextTable } from '../table/text-table.ts';
import { aggregatesOf } from './column-aggregates.ts';
import type { Grid } from './grid.ts';
import { chooseRows } from './grid-choice.ts';
import { linesOf, numberedLines, rangesLeftOut } from './kept-lines.ts';
import { chooseLines } from './log-choice.ts';
import { summarizeMetrics } from './metrics-summary.ts';

const FEWEST_LINES = 12;
/** The notice, without its aggregates. */
const NOTICE_TOKENS = 70;
const NUMBER_TOKENS = 3;
/** No more of the budget than this goes to the aggregates. */
const AGGREGATES_SHARE = 0.5;
/** Lines outside of the tables all stay while they take no more of the budget than this. */
const OTHERS_SHARE = 0.25;
/** The rows get this much of the budget at least, whatever stands around the tables. */
const LEAST_SHARE = 0.4;
const MOST_TABLES_SUMMED = 3;

/**
 * Leaves out rows of tables in text, and lines around them. What stays stands in order, each line behind its number:
 * headers, the first and the last row, failures, extremes, rare values, what the question asks for. Runs of blanks and
 * dashes are shortened where bars keep the cells apart.
 */
export const tableRows: SelectionStrategy<'table'> = { name: 'table-rows', kinds: ['table'], select };

function select(content: TableContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(content.lines);
  if (lines.length < FEWEST_LINES) return undefined;
  const { query, budgetTokens, count, retrievalId } = request;
  const kept = new Uint8Array(lines.length);
  const grids = mergeAlike(content.tables);
  const summary = summarize(grids);
  let left = budgetTokens - NOTICE_TOKENS - Math.min(count(summary), budgetTokens * AGGREGATES_SHARE);
  for (const { tables } of grids) for (const { frame } of tables) for (const line of frame) kept[line] = 1;
  for (const [index, isKept] of kept.entries()) if (isKept === 1) left -= estimateTokens(lines[index] ?? '');
  const least = budgetTokens * LEAST_SHARE;
  left -= chooseOthers(lines, { content, request: { ...request, budgetTokens: Math.max(0, left) }, kept });
  const sizes = grids.map(({ grid }) => sizeOf(grid, lines));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (const [index, { grid, tables }] of grids.entries()) {
    const share = total === 0 ? 0 : (sizes[index] ?? 0) / total;
    const isMetrics = tables[0]?.style === 'metrics';
    const budget = Math.max(least, left) * share;
    chooseRows(grid, { lines, query, budgetTokens: budget, isOneMeasure: !isMetrics }, kept);
  }
  const ranges = rangesLeftOut(kept);
  if (ranges.length === 0) return undefined;
  const framed = framedLines(content.tables);
  const about =
    `the lines that stay follow, each behind its number${framed.size > 0 ? ', with blanks shortened' : ''}. ${summary}`.trimEnd();
  const title = notice({ unit: 'lines', total: lines.length, ranges, retrievalId, summary: about });
  const shown = numberedLines(lines, kept, (line, index) => (framed.has(index) ? short(line) : line.trimEnd()));
  return { text: [title, ...shown].join('\n'), unit: 'lines', total: lines.length, leftOut: ranges };
}

interface MergedGrid {
  readonly grid: Grid;
  readonly tables: readonly TextTable[];
}

/** Tables with the same columns, such as the listings of many folders, are one. */
function mergeAlike(tables: readonly TextTable[]): readonly MergedGrid[] {
  const merged = new Map<string, TextTable[]>();
  for (const table of tables) {
    const key = `${table.style}\n${table.columns.join('\n')}`;
    const alike = merged.get(key);
    if (alike === undefined) merged.set(key, [table]);
    else alike.push(table);
  }
  return [...merged.values()].map((alike) => ({
    grid: { columns: alike[0]?.columns ?? [], rows: alike.flatMap(({ rows }) => rows) },
    tables: alike,
  }));
}

function summarize(grids: readonly MergedGrid[]): string {
  const largest = grids.toSorted((one, other) => other.grid.rows.length - one.grid.rows.length);
  const parts: string[] = [];
  for (const { grid, tables } of largest.slice(0, MOST_TABLES_SUMMED)) {
    const said = tables[0]?.style === 'metrics' ? summarizeMetrics(grid) : aggregatesOf(grid);
    if (said !== '') parts.push(`All ${grid.rows.length} rows: ${said}`);
  }
  return parts.join('. ');
}

function sizeOf({ rows }: Grid, lines: readonly string[]): number {
  let size = 0;
  for (const { firstLine, lastLine } of rows) {
    for (let line = firstLine; line <= lastLine; line++) size += lines[line]?.length ?? 0;
  }
  return size;
}

interface Others {
  readonly content: TableContent;
  readonly request: SelectionRequest;
  /** 1 where a line stays. */
  readonly kept: Uint8Array;
}

/** Marks lines that stand in no table, and gives back what they cost: all of them if few, or as the lines of a log. */
function chooseOthers(lines: readonly string[], { content, request, kept }: Others): number {
  const inTable = new Uint8Array(lines.length);
  for (const { rows, frame } of content.tables) {
    for (const { firstLine, lastLine } of rows) inTable.fill(1, firstLine, lastLine + 1);
    for (const line of frame) inTable[line] = 1;
    for (const { heading } of rows) if (heading !== undefined) inTable[heading] = 1;
    if (rows[0]?.heading === undefined) continue;
    const last = rows.at(-1)?.lastLine ?? 0;
    for (let line = rows[0].heading; line <= last; line++) inTable[line] = 1;
  }
  const hasComments = content.tables.some(({ style }) => style === 'metrics');
  const others: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (inTable[index] !== 1 && line.trim() !== '' && !(hasComments && line.startsWith('# '))) others.push(index);
  }
  const costOf = (index: number): number => estimateTokens(lines[index] ?? '') + NUMBER_TOKENS;
  const whole = others.reduce((cost, index) => cost + costOf(index), 0);
  let stay: readonly number[] = others;
  if (whole > request.budgetTokens * OTHERS_SHARE) {
    const inside = content.tables.reduce((sum, { rows }) => sum + rows.length, 0);
    const share = others.length / Math.max(1, others.length + inside);
    const choice = chooseLines(
      others.map((index) => lines[index] ?? ''),
      { ...request, budgetTokens: request.budgetTokens * share },
    );
    stay = others.filter((_index, at) => choice.kept[at] === 1);
  }
  let cost = 0;
  for (const index of stay) {
    kept[index] = 1;
    cost += costOf(index);
  }
  return cost;
}

function framedLines(tables: readonly TextTable[]): ReadonlySet<number> {
  const framed = new Set<number>();
  for (const { style, rows, frame } of tables) {
    if (style !== 'framed' && style !== 'expanded') continue;
    for (const line of frame) framed.add(line);
    for (const { firstLine, lastLine } of rows) for (let line = firstLine; line <= lastLine; line++) framed.add(line);
  }
  return framed;
}

function short(line: string): string {
  return line
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/([-=─━═])\1{3,}/g, '$1$1$1')
    .trimEnd();
}
