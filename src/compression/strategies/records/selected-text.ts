import type { JsonArray, JsonNode, JsonObject } from '../../json/parse-json.ts';
import { writeAround } from './write-document.ts';
import { writeRecords } from './write-records.ts';
import type { TableText } from './write-table.ts';

export interface SelectedRecords {
  readonly target: {
    readonly node: JsonArray | JsonObject;
    readonly path: string;
    readonly rows: readonly JsonNode[];
    readonly keys: readonly string[] | undefined;
  };
  /** Indexes of the rows that stay, ascending. */
  readonly kept: readonly number[];
}

/** A document with some rows of one list, each with its number in the source, and all of the rest. */
export function selectedText(root: JsonNode, { target, kept }: SelectedRecords): string {
  const { node, path, rows, keys } = target;
  const where = path === '' ? '' : ` of ${path}`;
  const title = `${kept.length} of ${rows.length} rows${where}, each with its number`;
  const lines = [title, ...numberedLines({ rows, keys, kept })];
  if (node === root) return lines.join('\n');
  return writeAround(root, { node, lines });
}

interface Numbered {
  readonly rows: readonly JsonNode[];
  readonly keys: readonly string[] | undefined;
  readonly kept: readonly number[];
}

function numberedLines({ rows, keys, kept }: Numbered): readonly string[] {
  const records = kept.flatMap((index) => rows[index] ?? []);
  const recordKeys = keys === undefined ? undefined : kept.map((index) => keys[index] ?? '""');
  const manner = { keys: recordKeys, keepsValuesWhole: true };
  const written = writeRecords(records, manner);
  if (written !== undefined) return number(written, kept);
  const values = records.map((record): JsonNode => ({ type: 'object', keys: ['"value"'], values: [record] }));
  return number(writeRecords(values, manner) ?? { head: [], rows: [] }, kept);
}

function number({ head, rows }: Pick<TableText, 'head' | 'rows'>, kept: readonly number[]): readonly string[] {
  const numbered = head.map((line) =>
    line
      .replace(/^([A-H] )?same in every row( not in JSON)?:/, '$1same in every row shown$2:')
      .replace(/^columns: $/, 'columns: row')
      .replace(/^columns: (?=.)/, 'columns: row,'),
  );
  return [...numbered, ...rows.map((row, index) => `${(kept[index] ?? 0) + 1},${row}`)];
}
