import { numberSource } from '../csv/value-type.ts';
import type { JsonScalar } from '../json/parse-json.ts';
import type { Grid } from './grid.ts';
import type { Leaf, RecordColumn } from './record-columns.ts';

/** Cells beyond this many in one row are not looked at. */
const MOST_COLUMNS = 200;
const NOTHING = new Set(['', '-', '\\N', 'NULL', 'null', 'NaN', 'nan', 'NA', 'N/A', 'n/a', 'None', '<none>', '<nil>']);
const TRUE: JsonScalar = { type: 'boolean', source: 'true' };
const FALSE: JsonScalar = { type: 'boolean', source: 'false' };
/** Sizes and spans of time with their unit, as `df -h`, `docker ps` and `kubectl top` print them. */
const WITH_UNIT = /^(\d{1,15}(?:\.\d{1,6})?) ?([KMGTPE]i?B?|[kB]B?|ns|us|µs|ms|s|m|h|d)$/;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['k', 1e3],
  ['K', 2 ** 10],
  ['M', 2 ** 20],
  ['G', 2 ** 30],
  ['T', 2 ** 40],
  ['P', 2 ** 50],
  ['E', 2 ** 60],
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

/** The columns of a table as those of records, so that what finds outliers and failures in records works on them. */
export function columnsOfGrid({ columns, rows }: Grid): readonly RecordColumn[] {
  return columns.slice(0, MOST_COLUMNS).map((path, at) => {
    const values: (JsonScalar | undefined)[] = [];
    let presentCount = 0;
    for (const row of rows) {
      const value = scalarOf(row.values[at] ?? '');
      if (value !== undefined) presentCount++;
      values.push(value);
    }
    return { path, key: path, values, presentCount };
  });
}

/** The cells of every row that say something, with the names of their columns. */
export function leavesOfGrid(columns: readonly RecordColumn[], rowCount: number): readonly (readonly Leaf[])[] {
  return Array.from({ length: rowCount }, (_none, row) =>
    columns.flatMap(({ path, key, values }) => {
      const value = values[row];
      return value === undefined ? [] : [{ path, key, value }];
    }),
  );
}

function scalarOf(value: string): JsonScalar | undefined {
  if (NOTHING.has(value)) return undefined;
  const number = numberSource(value) ?? withoutUnit(value);
  if (number !== undefined) return { type: 'number', source: number };
  const lower = value.length === 4 || value.length === 5 ? value.toLowerCase() : '';
  if (lower === 'true') return TRUE;
  if (lower === 'false') return FALSE;
  return { type: 'string', source: JSON.stringify(value) };
}

function withoutUnit(value: string): string | undefined {
  if (value.length > 24) return undefined;
  const [, number, unit = ''] = WITH_UNIT.exec(value) ?? [];
  const factor = UNITS.get(unit) ?? UNITS.get(unit.charAt(0));
  return number === undefined || factor === undefined ? undefined : String(Number(number) * factor);
}
