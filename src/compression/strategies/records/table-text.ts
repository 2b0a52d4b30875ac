import type { JsonNode } from '../../json/parse-json.ts';
import { readTable, repeatLine } from './read-table.ts';
import { writeRecords } from './write-records.ts';

/** Records as text: a title, what holds for all, the columns, a line per row. */
export interface RecordsText {
  readonly lines: readonly string[];
  readonly order: string;
}

/** The records of an array, or the entries of an object, as a table; `undefined` when they are none. */
export function recordsText(
  node: JsonNode,
  { keepsValuesWhole }: { readonly keepsValuesWhole: boolean },
): RecordsText | undefined {
  if (node.type !== 'array' && node.type !== 'object') return undefined;
  const records = node.type === 'array' ? node.items : node.values;
  if (records.length < 2) return undefined;
  const keys = node.type === 'object' ? node.keys : undefined;
  const written = writeRecords(records, { keys, keepsValuesWhole });
  if (written === undefined) return undefined;
  const { head, rows, order, kindCount } = written;
  const unit = keys === undefined ? 'rows' : 'entries';
  const kinds = kindCount > 1 ? ` of ${kindCount} kinds` : '';
  const hasGaps = rows.some((row) => /(^|[(,]),|,$/.test(row));
  const hasNames = head.some((line) => /^([A-H] )?\*1=/.test(line));
  const hints = [...(hasGaps ? ['an empty cell: no such key'] : []), ...(hasNames ? ['*1: the value so named'] : [])];
  const hint = hints.length > 0 ? ` (${hints.join('; ')})` : '';
  return { lines: [`${records.length} ${unit}${kinds}${hint}`, ...head, ...countRepeats(rows)], order };
}

/** Rows that are the same as the one above are counted. */
function countRepeats(rows: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let repeats = 0;
  for (const [index, row] of rows.entries()) {
    if (index > 0 && row === rows[index - 1]) {
      repeats++;
      continue;
    }
    if (repeats > 0) lines.push(repeatLine(repeats));
    repeats = 0;
    lines.push(row);
  }
  if (repeats > 0) lines.push(repeatLine(repeats));
  return lines;
}

export interface RecordsPlace {
  readonly start: number;
  readonly order: string;
}

/** The JSON text that `recordsText` was given, from the line of its title on, and the line behind it. */
export function readRecordsText(
  lines: readonly string[],
  { start, order }: RecordsPlace,
): { readonly json: string; readonly end: number } {
  const [count = '', unit = '', of = '', kinds = ''] = (lines[start] ?? '').split(' ', 4);
  const rowCount = Number(count);
  const hasKeys = unit === 'entries';
  if (!Number.isSafeInteger(rowCount) || !(hasKeys || unit === 'rows')) throw new SyntaxError('No title of a table.');
  const { records, keys, end } = readTable(lines, {
    start: start + 1,
    rowCount,
    order,
    hasKeys,
    kindCount: of === 'of' ? Number(kinds) : 1,
  });
  if (!hasKeys) return { json: `[${records.join(',')}]`, end };
  return { json: `{${records.map((record, index) => `${keys[index] ?? '""'}:${record}`).join(',')}}`, end };
}
