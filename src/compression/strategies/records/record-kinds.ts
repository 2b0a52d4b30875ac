import type { JsonNode, JsonObject } from '../../json/parse-json.ts';

const MOST_KINDS = 8;
const MOST_SHAPES = 200;
/** Two lists of keys are of one kind when the shorter has this share of its keys in the other. */
const ALIKE = 0.7;

/** Names of the kinds, as rows begin with them. */
export const KIND_NAMES = 'ABCDEFGH';

/**
 * Sorts records by what keys they have, where several kinds of records take turns. Per record the number of its kind;
 * `undefined` where all are of one kind.
 */
export function recordKinds(records: readonly JsonNode[]): readonly number[] | undefined {
  const shapes = new Map<string, { readonly keys: readonly string[]; count: number; kind: number }>();
  for (const record of records) {
    if (record.type !== 'object') continue;
    const signature = signatureOf(record);
    const shape = shapes.get(signature);
    if (shape !== undefined) shape.count++;
    else if (shapes.size === MOST_SHAPES) return undefined;
    else shapes.set(signature, { keys: record.keys, count: 1, kind: 0 });
  }
  const kinds: Set<string>[] = [];
  for (const shape of [...shapes.values()].sort((left, right) => right.count - left.count)) {
    const best = closest(kinds, shape.keys);
    if (best.share < ALIKE && kinds.length < MOST_KINDS) {
      shape.kind = kinds.length;
      kinds.push(new Set(shape.keys));
      continue;
    }
    shape.kind = best.kind;
    for (const key of shape.keys) kinds[best.kind]?.add(key);
  }
  if (kinds.length < 2) return undefined;
  return records.map((record) => (record.type === 'object' ? (shapes.get(signatureOf(record))?.kind ?? 0) : 0));
}

function signatureOf({ keys }: JsonObject): string {
  return keys.join(',');
}

function closest(kinds: readonly ReadonlySet<string>[], keys: readonly string[]): { kind: number; share: number } {
  let best = { kind: 0, share: -1 };
  for (const [kind, known] of kinds.entries()) {
    const shared = keys.filter((key) => known.has(key)).length;
    const share = shared / Math.max(1, Math.min(keys.length, known.size));
    if (share > best.share) best = { kind, share };
  }
  return best;
}
