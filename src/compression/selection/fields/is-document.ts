import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { FEWEST_ROWS } from '../record-target.ts';

/** A list whose rows are longer than this, in characters, is one of documents. */
const LONGEST_FLAT_ROW = 1_000;
/** So are rows in which more objects and lists stand, the row itself counted. */
const MOST_CONTAINERS = 6;
/** A list of flat rows that makes up so much of a document is what the document is about. */
const FLAT_SHARE = 0.6;

/** Whether a document is more than a list of flat records, of which whole rows are better left out. */
export function isDocument(root: JsonNode): boolean {
  if (!isContainer(root)) return false;
  const { total, largest } = measure(root);
  if (largest === undefined) return root.type === 'object' || root.items.some((item) => isLong(item));
  if (largest.size < total * FLAT_SHARE) return true;
  return (
    largest.size > LONGEST_FLAT_ROW * largest.rowCount || largest.containerCount > MOST_CONTAINERS * largest.rowCount
  );
}

function isLong(node: JsonNode): boolean {
  return isContainer(node) || node.source.length > LONGEST_FLAT_ROW;
}

interface Measures {
  /** In characters without white space, about. */
  readonly total: number;
  /** The largest list, or object of objects, that has rows enough to leave some out. */
  readonly largest: { readonly size: number; readonly rowCount: number; readonly containerCount: number } | undefined;
}

function measure(root: JsonNode): Measures {
  let largest: Measures['largest'];
  let containerCount = 0;
  const visit = (node: JsonNode): number => {
    if (!isContainer(node)) return node.source.length + 1;
    const before = containerCount;
    containerCount++;
    const children = childrenOf(node);
    let size = 2;
    if (node.type === 'object') for (const key of node.keys) size += key.length;
    for (const child of children) size += visit(child);
    const isList =
      children.length >= FEWEST_ROWS &&
      (node.type === 'array' || children.every(({ type }) => type === 'object')) &&
      // Numbers in a document are a series, of which no single one is a record.
      (node === root || children.some(({ type }) => type !== 'number'));
    if (isList && size > (largest?.size ?? 0)) {
      largest = { size, rowCount: children.length, containerCount: containerCount - before };
    }
    return size;
  };
  const total = visit(root);
  return { total, largest };
}
