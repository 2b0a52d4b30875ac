import { isContainer } from './children-of.ts';
import type { JsonNode } from './parse-json.ts';

/** Shorter texts are read sooner than a reference to them. */
const SHORTEST_TEXT = 160;

/**
 * For each object, list and long text in a tree a number; two have the same number when they have the same minified
 * source.
 */
export function subtreeIds(root: JsonNode): ReadonlyMap<JsonNode, number> {
  const ids = new Map<JsonNode, number>();
  const known = new Map<string, number>();
  const number = (signature: string): number => {
    let id = known.get(signature);
    if (id === undefined) known.set(signature, (id = known.size));
    return id;
  };
  const visit = (node: JsonNode): number => {
    if (!isContainer(node)) {
      const id = number(node.source);
      if (node.source.length >= SHORTEST_TEXT) ids.set(node, id);
      return id;
    }
    const id =
      node.type === 'array'
        ? number(`[${node.items.map(visit).join()}]`)
        : number(`{${node.values.map((value, index) => `${number(node.keys[index] ?? '')}:${visit(value)}`).join()}}`);
    ids.set(node, id);
    return id;
  };
  visit(root);
  return ids;
}
