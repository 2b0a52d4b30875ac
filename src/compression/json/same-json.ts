import type { JsonNode } from './parse-json.ts';

/** Whether two trees have the same minified source. */
export function sameJson(left: JsonNode, right: JsonNode): boolean {
  if (left === right) return true;
  if (left.type === 'array') {
    return right.type === 'array' && left.items.length === right.items.length && allSame(left.items, right.items);
  }
  if (left.type === 'object') {
    if (right.type !== 'object' || left.keys.length !== right.keys.length) return false;
    return left.keys.every((key, index) => key === right.keys[index]) && allSame(left.values, right.values);
  }
  return left.type === right.type && left.source === right.source;
}

function allSame(left: readonly JsonNode[], right: readonly JsonNode[]): boolean {
  return left.every((node, index) => {
    const other = right[index];
    return other !== undefined && sameJson(node, other);
  });
}
