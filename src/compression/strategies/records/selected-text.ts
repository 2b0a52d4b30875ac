import type { JsonArray, JsonNode, JsonObject } from '../../json/parse-json.ts';
import { planRoles } from './plan-roles.ts';
import { layOut } from './record-shape.ts';
import { writeAround } from './write-document.ts';
import { writeTable } from './write-table.ts';

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
  const layout = layOut(records, recordKeys);
  if (layout === undefined || (keys !== undefined && layout.isRow.includes(false))) {
    const values = records.map((record): JsonNode => ({ type: 'object', keys: ['"value"'], values: [record] }));
    const plain = layOut(values, recordKeys);
    if (plain !== undefined) return number(writeTable(values, plain), kept);
  }
  if (layout === undefined) return [];
  planRoles(layout.shape);
  return number(writeTable(records, layout), kept);
}

function number({ head, rows }: ReturnType<typeof writeTable>, kept: readonly number[]): readonly string[] {
  const columns = head.at(-1)?.replace('columns: ', 'columns: row,') ?? '';
  const definitions = head.slice(0, -1).map((line) => line.replace(/^same in every row:/, 'same in every row shown:'));
  return [...definitions, columns, ...rows.map((row, index) => `${(kept[index] ?? 0) + 1},${row}`)];
}
