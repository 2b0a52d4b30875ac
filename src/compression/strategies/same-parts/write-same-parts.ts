import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { subtreeIds } from '../../json/same-subtrees.ts';
import { estimateTokens } from '../records/estimate-tokens.ts';
import { writeTree } from './write-tree.ts';

export const SAME_AS = '<same as ';

/** What is said again has to be this much longer, in estimated tokens, than the sign that stands for it. */
const LEAST_GAIN = 8;

/** Minified JSON with signs in place of what was said before, or `undefined` when nothing that long is said twice. */
export function writeSameParts(root: JsonNode): string | undefined {
  const ids = subtreeIds(root);
  const again = saidAgain(ids);
  if (again.length === 0) return undefined;
  const tokens = subtreeTokens(root);
  if (!again.some((node) => (tokens.get(node) ?? 0) > LEAST_GAIN)) return undefined;
  const written = new Map<number, string>();
  let signs = 0;
  const replace = (node: JsonNode, path: string): string | undefined => {
    const id = ids.get(node);
    if (id === undefined) return undefined;
    const earlier = written.get(id);
    if (earlier === undefined) {
      if (path !== '') written.set(id, path);
      return undefined;
    }
    const sign = `${SAME_AS}${earlier}>`;
    if ((tokens.get(node) ?? 0) < estimateTokens(sign) + LEAST_GAIN) return undefined;
    signs++;
    return sign;
  };
  const text = writeTree(root, { replace });
  return signs === 0 ? undefined : text;
}

/** What says the same as something else does. */
function saidAgain(ids: ReadonlyMap<JsonNode, number>): readonly JsonNode[] {
  const seen = new Set<number>();
  const again: JsonNode[] = [];
  for (const [node, id] of ids) {
    if (seen.has(id)) again.push(node);
    else seen.add(id);
  }
  return again;
}

function subtreeTokens(root: JsonNode): ReadonlyMap<JsonNode, number> {
  const tokens = new Map<JsonNode, number>();
  const visit = (node: JsonNode): number => {
    if (!isContainer(node)) {
      const own = estimateTokens(node.source);
      if (node.type === 'string') tokens.set(node, own);
      return own;
    }
    let sum = 2;
    if (node.type === 'object') for (const key of node.keys) sum += estimateTokens(key) + 1;
    for (const child of childrenOf(node)) sum += visit(child) + 1;
    tokens.set(node, sum);
    return sum;
  };
  visit(root);
  return tokens;
}
