import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Grid, GridRow } from './grid.ts';
import { columnsOfGrid, leavesOfGrid } from './grid-columns.ts';
import { scoreNamedValues } from './named-values.ts';
import type { RecordColumn } from './record-columns.ts';
import { findFailures } from './record-failures.ts';
import { findExtremes, findOutliers } from './record-outliers.ts';
import { isNamed, scoreRelevance, termsOf } from './record-relevance.ts';

export interface GridRequest {
  readonly lines: readonly string[];
  readonly query: string;
  readonly budgetTokens: number;
  /** Whether a column holds one measure throughout, which makes its extremes and its failures worth a look. */
  readonly isOneMeasure?: boolean;
}

/** So many of the best matches stay whatever they cost. */
const SURE_MATCHES = 4;
/** So many kinds of failures stay whatever they cost; more of them within the budget. */
const SURE_FAILURES = 40;
/** What the number before a line costs, in tokens. */
const NUMBER_TOKENS = 3;
/** Categories whose own extremes are looked for. */
const MOST_GROUPS = 12;
/** Parts of the budget that each of these may take. */
const MATCHES_SHARE = 0.35;
const OUTLIERS_SHARE = 0.6;
const GROUPS_SHARE = 0.2;

/**
 * Marks the lines of the rows that stay, and gives back what they cost. Whatever the budget: the ends, one row of each
 * kind of failure, the best matches of the question. Within it: extremes of the columns that the question names and of
 * all others, sudden changes, rare categories, the extremes within each category, more matches, rows spread evenly.
 */
export function chooseRows(grid: Grid, request: GridRequest, kept: Uint8Array): number {
  const { rows } = grid;
  const { lines, query, budgetTokens, isOneMeasure = true } = request;
  if (rows.length === 0) return 0;
  const columns = columnsOfGrid(grid);
  const leaves = leavesOfGrid(columns, rows.length);
  let spent = 0;
  const costOf = (row: GridRow): number => {
    let cost = 0;
    for (let line = row.firstLine; line <= row.lastLine; line++) {
      if (kept[line] !== 1) cost += estimateTokens(lines[line] ?? '') + NUMBER_TOKENS;
    }
    return cost;
  };
  const keep = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    spent += costOf(row);
    kept.fill(1, row.firstLine, row.lastLine + 1);
    if (row.heading !== undefined && kept[row.heading] !== 1) {
      spent += estimateTokens(lines[row.heading] ?? '') + NUMBER_TOKENS;
      kept[row.heading] = 1;
    }
  };
  const keepWithin = (indexes: Iterable<number>, share = 1): void => {
    const limit = Math.min(budgetTokens, spent + budgetTokens * share);
    for (const index of indexes) {
      const row = rows[index];
      if (row !== undefined && spent + costOf(row) <= limit) keep(index);
    }
  };

  keep(0);
  keep(rows.length - 1);
  const failures = isOneMeasure ? findFailures(leaves, columns) : [];
  for (const { rows: members } of failures.slice(0, SURE_FAILURES)) keep(members[0] ?? 0);
  const terms = termsOf(query);
  const said = rows.map(({ values }) => values.join(' '));
  const { scores: shared, strong } = scoreRelevance(terms, said);
  const named = scoreNamedValues(
    query,
    rows.map(({ values }) => values),
  );
  const scores = shared.map((score, row) => score + (named[row] ?? 0));
  const relevant = scores
    .map((_score, row) => row)
    .filter((row) => (scores[row] ?? 0) > 0)
    .sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const strongest = relevant.filter((row) => (scores[row] ?? 0) >= strong);
  for (const row of strongest.slice(0, SURE_MATCHES)) keep(row);
  const extremes = isOneMeasure ? columns.map((column) => findExtremes([column])) : [];
  keepWithin(inTurns(extremes.filter((_rows, at) => isNamed(columns[at]?.path ?? '', terms))));
  keepWithin(strongest, MATCHES_SHARE);
  if (isOneMeasure) {
    keepWithin(inTurns(extremes));
    keepWithin(inTurns(columns.map((column) => findOutliers([column], rows.length))), OUTLIERS_SHARE);
    keepWithin(groupExtremes(columns), GROUPS_SHARE);
  }
  keepWithin([1, rows.length - 2]);
  keepWithin(failures.slice(SURE_FAILURES).flatMap(({ rows: members }) => members.slice(0, 1)));
  keepWithin(failures.flatMap(({ rows: members }) => members.slice(-1)));
  keepWithin(relevant);
  keepWithin(evenly(rows.length));
  return spent;
}

/** The first of each list, then the second of each, and so on. */
function* inTurns(lists: readonly (readonly number[])[]): Generator<number> {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  for (let at = 0; at < longest; at++) {
    for (const list of lists) {
      const row = list[at];
      if (row !== undefined) yield row;
    }
  }
}

/** Where a column has few values, for each of them the rows with the largest number of every other column. */
function groupExtremes(columns: readonly RecordColumn[]): readonly number[] {
  const numeric = columns.filter(
    ({ values, presentCount }) =>
      presentCount > 0 && values.filter((value) => value?.type === 'number').length >= presentCount * 0.8,
  );
  const found: number[] = [];
  for (const { values } of columns) {
    const groups = new Map<string, number[]>();
    for (const [row, value] of values.entries()) {
      if (value?.type !== 'string') continue;
      const group = groups.get(value.source);
      if (group !== undefined) group.push(row);
      else if (groups.size > MOST_GROUPS) break;
      else groups.set(value.source, [row]);
    }
    if (groups.size < 2 || groups.size > MOST_GROUPS) continue;
    for (const column of numeric) {
      for (const group of groups.values()) {
        let largest = group[0] ?? 0;
        for (const row of group) if (numberAt(column, row) > numberAt(column, largest)) largest = row;
        found.push(largest);
      }
    }
  }
  return found;
}

function numberAt({ values }: RecordColumn, row: number): number {
  const value = values[row];
  return value?.type === 'number' ? Number(value.source) : Number.NEGATIVE_INFINITY;
}

/** All rows in an order of which every beginning is spread over the whole: halves, quarters, eighths. */
function* evenly(count: number): Generator<number> {
  let step = 1;
  while (step * 2 < count) step *= 2;
  for (let odd = false; step >= 1; step /= 2, odd = true) {
    for (let row = step; row < count; row += odd ? 2 * step : step) yield row;
  }
}
