import type { JsonArray, JsonNode, JsonObject } from './parse-json.ts';

export function isContainer(node: JsonNode): node is JsonArray | JsonObject {
  return node.type === 'array' || node.type === 'object';
}

/** The items of a list, the values of an object, nothing of a scalar. */
export function childrenOf(node: JsonNode): readonly JsonNode[] {
  if (node.type === 'array') return node.items;
  return node.type === 'object' ? node.values : [];
}
