import { isContainer } from '../../json/children-of.ts';
import type { JsonArray, JsonObject, JsonScalar } from '../../json/parse-json.ts';
import { columnsOf, type Leaf, type RecordColumn } from '../record-columns.ts';
import { stepInto } from './left-out-names.ts';
import { ownKey } from './key-weights.ts';
import type { Part, Place } from './value-tree.ts';

/** Scalars beyond this many in one row are not looked at, nor those further in than this. */
const MOST_LEAVES = 24;
const DEEPEST = 2;
/** A column has to be there in this part of the rows. */
const LEAST_PRESENCE = 0.2;

/** The scalars near the top of rows, as columns. What only few rows have is none. */
export function shallowColumns(rows: readonly Part[]): readonly RecordColumn[] {
  const paths = new Map<Place, string>();
  const [first] = rows;
  const all = first?.place.parts.length ?? 0;
  return columnsOf(rows.map((row) => shallowLeaves(row, { paths, fewest: all * LEAST_PRESENCE })));
}

function shallowLeaves(
  row: Part,
  { paths, fewest }: { readonly paths: Map<Place, string>; readonly fewest: number },
): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const look = (part: Part, depth: number): void => {
    for (const child of part.children ?? []) {
      if (leaves.length >= MOST_LEAVES) return;
      const { node, place } = child;
      if (place.parts.length < fewest || child.isRow) continue;
      let path = paths.get(place);
      if (path === undefined) paths.set(place, (path = stepInto(paths.get(part.place) ?? '', place.key)));
      if (child.children !== undefined) {
        if (depth < DEEPEST) look(child, depth + 1);
      } else {
        const value = isContainer(node) ? fewTexts(node) : node;
        if (value !== undefined) leaves.push({ path, key: ownKey(place), value });
      }
    }
  };
  look(row, 1);
  return leaves;
}

const MOST_TEXTS = 4;

/** A short list of texts as one: `delete, create`. */
export function fewTexts(node: JsonArray | JsonObject): JsonScalar | undefined {
  if (node.type !== 'array' || node.items.length > MOST_TEXTS) return undefined;
  const texts: string[] = [];
  for (const item of node.items) {
    if (item.type !== 'string' || item.source.includes('\\')) return undefined;
    texts.push(item.source.slice(1, -1));
  }
  return { type: 'string', source: `"${texts.join(', ')}"` };
}
