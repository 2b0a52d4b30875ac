import type { JsonNode, JsonScalar } from '../json/parse-json.ts';

/** One scalar in a row. */
export interface Leaf {
  /** Keys from the row inwards, joined with dots; `[]` for the items of a list. */
  readonly path: string;
  readonly key: string;
  readonly value: JsonScalar;
}

/** The scalars at one path, row by row. */
export interface RecordColumn {
  readonly path: string;
  readonly key: string;
  readonly values: readonly (JsonScalar | undefined)[];
  readonly presentCount: number;
}

/** Scalars beyond this many in one row are not looked at. */
const MOST_LEAVES = 400;
const MOST_COLUMNS = 400;

/** The scalars of a row in document order. */
export function leavesOf(row: JsonNode): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: JsonNode, { path, key }: { path: string; key: string }): void => {
    if (leaves.length >= MOST_LEAVES) return;
    if (node.type === 'array') for (const item of node.items) visit(item, { path: `${path}[]`, key });
    else if (node.type === 'object') {
      for (const [index, value] of node.values.entries()) {
        const name = (node.keys[index] ?? '""').slice(1, -1);
        visit(value, { path: path === '' ? name : `${path}.${name}`, key: name });
      }
    } else leaves.push({ path, key, value: node });
  };
  visit(row, { path: '', key: '' });
  return leaves;
}

/** The paths that hold at most one scalar per row, as columns. */
export function columnsOf(rows: readonly (readonly Leaf[])[]): readonly RecordColumn[] {
  const columns = new Map<string, { key: string; values: (JsonScalar | undefined)[]; presentCount: number }>();
  for (const [row, leaves] of rows.entries()) {
    for (const { path, key, value } of leaves) {
      if (path.includes('[]')) continue;
      let column = columns.get(path);
      if (column === undefined) {
        if (columns.size >= MOST_COLUMNS) continue;
        column = { key, values: Array.from({ length: rows.length }), presentCount: 0 };
        columns.set(path, column);
      }
      if (column.values[row] === undefined) column.presentCount++;
      column.values[row] = value;
    }
  }
  return [...columns].map(([path, column]) => ({ path, ...column }));
}
