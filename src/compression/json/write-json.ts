import type { JsonNode } from './parse-json.ts';

/** The source of a tree without insignificant white space. Nothing else changes: `1.10`, `\/` and doubled keys stay. */
export function writeJson(node: JsonNode): string {
  if (node.type === 'array') {
    let text = '[';
    for (const [index, item] of node.items.entries()) text += (index === 0 ? '' : ',') + writeJson(item);
    return `${text}]`;
  }
  if (node.type === 'object') {
    let text = '{';
    for (const [index, key] of node.keys.entries()) {
      const value = node.values[index];
      if (value !== undefined) text += `${index === 0 ? '' : ','}${key}:${writeJson(value)}`;
    }
    return `${text}}`;
  }
  return node.source;
}
