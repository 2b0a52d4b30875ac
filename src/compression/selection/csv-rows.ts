import type { CsvContent } from '../content.ts';
import { cellValue } from '../csv/parse-csv.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { aggregatesOf } from './column-aggregates.ts';
import type { Grid, GridRow } from './grid.ts';
import { chooseRows } from './grid-choice.ts';
import { linesOf, numberedLines, rangesLeftOut } from './kept-lines.ts';

const FEWEST_ROWS = 12;
/** The notice, without its aggregates. */
const NOTICE_TOKENS = 60;
/** No more of the budget than this goes to the aggregates. */
const AGGREGATES_SHARE = 0.5;

/**
 * Leaves out rows of CSV. The rows that stay are the source's own, in order, each behind the number of its line: the
 * header, the first and the last, rows that tell of failures, extremes, changes, rare values, and what the question asks
 * for. The notice says what is true of all rows: ranges, means, sums, counts.
 */
export const csvRows: SelectionStrategy<'csv'> = { name: 'csv-rows', kinds: ['csv'], select };

function select(content: CsvContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(content.lines);
  const kept = new Uint8Array(lines.length);
  const grid = gridOf(content, kept);
  if (grid.rows.length < FEWEST_ROWS) return undefined;
  const aggregates = aggregatesOf(grid);
  const { query, budgetTokens, count, retrievalId } = request;
  const taken = Math.min(count(aggregates), budgetTokens * AGGREGATES_SHARE) + NOTICE_TOKENS;
  chooseRows(grid, { lines, query, budgetTokens: budgetTokens - taken }, kept);
  const ranges = rangesLeftOut(kept);
  if (ranges.length === 0) return undefined;
  const about = `the rows that stay follow, each behind the number of its line. All ${grid.rows.length} rows: ${aggregates}`;
  const title = notice({ unit: 'lines', total: lines.length, ranges, retrievalId, summary: about });
  return {
    text: [title, ...numberedLines(lines, kept)].join('\n'),
    unit: 'lines',
    total: lines.length,
    leftOut: ranges,
  };
}

/** The regular records below the header. The lines of the header and of all other records stay. */
function gridOf({ records, columnCount, hasHeader }: CsvContent, kept: Uint8Array): Grid {
  let names: readonly string[] | undefined;
  const rows: GridRow[] = [];
  for (const { cells, firstLine, lastLine } of records) {
    const isRow = cells.length === columnCount;
    if (isRow && (names !== undefined || !hasHeader)) {
      rows.push({ firstLine, lastLine, values: cells.map((cell) => cellValue(cell).trim()) });
      continue;
    }
    kept.fill(1, firstLine, lastLine + 1);
    if (isRow) names = cells.map((cell) => cellValue(cell).trim());
  }
  const columns = Array.from({ length: columnCount }, (_none, at) => names?.[at] ?? `column ${at + 1}`);
  return { columns, rows };
}
