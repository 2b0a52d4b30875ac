import type { JsonArray, JsonNode, JsonObject } from '../json/parse-json.ts';

/** The rows of a document that can be left out one by one. */
export interface RecordTarget {
  readonly node: JsonArray | JsonObject;
  /** Where it stands: `items`, `data.rows`, or empty for the whole document. */
  readonly path: string;
  readonly rows: readonly JsonNode[];
  /** For an object of objects, the keys of its entries. */
  readonly keys: readonly string[] | undefined;
}

/** Fewer rows than this are all kept. */
export const FEWEST_ROWS = 8;

/** The largest list in the document, or the largest object of objects, that has at least eight entries. */
export function findRecordTarget(root: JsonNode): RecordTarget | undefined {
  let largest: { readonly target: RecordTarget; readonly size: number } | undefined;
  const visit = (node: JsonNode, path: string): number => {
    if (node.type !== 'array' && node.type !== 'object') return node.source.length + 1;
    const children = node.type === 'array' ? node.items : node.values;
    let size = 2;
    for (const [index, child] of children.entries()) {
      const key = node.type === 'object' ? (node.keys[index] ?? '') : '';
      const step = node.type === 'object' ? key.slice(1, -1) : `[${index}]`;
      size += key.length + visit(child, path === '' || step.startsWith('[') ? path + step : `${path}.${step}`);
    }
    const isList = node.type === 'array' || children.every(({ type }) => type === 'object');
    if (isList && children.length >= FEWEST_ROWS && size > (largest?.size ?? 0)) {
      const keys = node.type === 'object' ? node.keys : undefined;
      largest = { target: { node, path, rows: children, keys }, size };
    }
    return size;
  };
  visit(root, '');
  return largest?.target;
}
