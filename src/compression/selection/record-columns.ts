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
/** Cells per scalar that there is, and in any case so many: rows that share no key would have more by their square. */
const CELLS_PER_LEAF = 16;
const SURE_CELLS = 1_000_000;

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

/** The paths that hold at most one scalar per row, as columns; of rows that share few keys, the first of them. */
export function columnsOf(rows: readonly (readonly Leaf[])[]): readonly RecordColumn[] {
  const columns = new Map<string, { key: string; values: (JsonScalar | undefined)[]; presentCount: number }>();
  const leafCount = rows.reduce((count, leaves) => count + leaves.length, 0);
  const mostCells = Math.max(SURE_CELLS, leafCount * CELLS_PER_LEAF);
  const mostColumns = Math.min(MOST_COLUMNS, Math.floor(mostCells / rows.length));
  for (const [row, leaves] of rows.entries()) {
    for (const { path, key, value } of leaves) {
      if (path.includes('[]')) continue;
      let column = columns.get(path);
      if (column === undefined) {
        if (columns.size >= mostColumns) continue;
        column = { key, values: Array.from({ length: rows.length }), presentCount: 0 };
        columns.set(path, column);
      }
      if (column.values[row] === undefined) column.presentCount++;
      column.values[row] = value;
    }
  }
  return [...columns].map(([path, column]) => ({ path, ...column }));
}
