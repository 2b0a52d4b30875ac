import { isContainer } from '../../json/children-of.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

const FEWEST_ROWS = 3;
const LONGEST_SOURCE = 120;

/** The places where every row of its list says the same scalar, with no other list between: it need be said only once. */
export function sameInAllRows({ leaves }: ValueTree): ReadonlySet<Place> {
  const constants = new Set<Place>();
  for (const place of new Set(leaves.map((leaf) => leaf.place))) {
    const list = place.parts[0]?.row?.parent;
    if (list !== undefined && isConstant(place.parts, list)) constants.add(place);
  }
  return constants;
}

function isConstant(parts: readonly Part[], list: Part): boolean {
  const rows = list.children ?? [];
  const first = parts[0]?.node;
  if (first === undefined || isContainer(first) || first.source.length > LONGEST_SOURCE) return false;
  if (rows.length < FEWEST_ROWS || parts.length !== rows.length) return false;
  return parts.every(
    ({ node, row, children, isRow }, index) =>
      row === rows[index] && children === undefined && !isRow && !isContainer(node) && node.source === first.source,
  );
}
