import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { findRecordTarget } from '../record-target.ts';

/** A list whose rows are longer than this, in characters, is one of documents. */
const LONGEST_FLAT_ROW = 1_000;
/** So are rows in which more objects and lists stand, the row itself counted. */
const MOST_CONTAINERS = 6;
/** A list of flat rows that makes up so much of a document is what the document is about. */
const FLAT_SHARE = 0.6;

/** Whether a document is more than a list of flat records, of which whole rows are better left out. */
export function isDocument(root: JsonNode): boolean {
  if (
    !isContainer(root) ||
    !childrenOf(root).some((child) => isContainer(child) || child.source.length > LONGEST_FLAT_ROW)
  ) {
    return false;
  }
  const target = findRecordTarget(root);
  if (target === undefined) return true;
  const size = writeJson(target.node).length;
  if (size < writeJson(root).length * FLAT_SHARE) return true;
  if (size / target.rows.length > LONGEST_FLAT_ROW) return true;
  return countContainers(target.node) / target.rows.length > MOST_CONTAINERS;
}

function countContainers(node: JsonNode): number {
  let count = isContainer(node) ? 1 : 0;
  for (const child of childrenOf(node)) count += countContainers(child);
  return count;
}
