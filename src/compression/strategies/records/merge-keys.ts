import type { JsonObject } from '../../json/parse-json.ts';

/** One order of keys into which most of the objects fit, leaving keys out but never swapping or doubling them. */
export interface MergedKeys {
  readonly order: readonly string[];
  fits(object: JsonObject): boolean;
}

/** Shapes beyond this many add no further keys to the order; whether they fit is still looked at. */
const MOST_SHAPES = 200;

/** Merges the key lists of objects, the most frequent first. Linear in the number of keys. */
export function mergeKeys(objects: readonly JsonObject[]): MergedKeys {
  const shapes = new Map<string, { readonly keys: readonly string[]; count: number }>();
  for (const { keys } of objects) {
    const signature = keys.join(',');
    const shape = shapes.get(signature);
    if (shape === undefined) shapes.set(signature, { keys, count: 1 });
    else shape.count++;
  }
  const bySize = [...shapes.entries()].sort(([, left], [, right]) => right.count - left.count);
  let order: readonly string[] = [];
  let positions = new Map<string, number>();
  const fitting = new Set<string>();
  for (const [index, [signature, { keys }]] of bySize.entries()) {
    const state = compareOrder(keys, positions);
    if (state === 'conflict' || (state === 'new' && index >= MOST_SHAPES)) continue;
    fitting.add(signature);
    if (state === 'known') continue;
    order = insertKeys(order, keys, positions);
    positions = new Map(order.map((key, position) => [key, position]));
  }
  return { order, fits: ({ keys }) => fitting.has(keys.join(',')) };
}

function compareOrder(keys: readonly string[], positions: ReadonlyMap<string, number>): 'known' | 'new' | 'conflict' {
  let last = -1;
  const added = new Set<string>();
  for (const key of keys) {
    const position = positions.get(key);
    if (position === undefined) {
      if (added.has(key)) return 'conflict';
      added.add(key);
    } else if (position <= last) return 'conflict';
    else last = position;
  }
  return added.size > 0 ? 'new' : 'known';
}

/** New keys come right behind the known key that they follow. */
function insertKeys(
  order: readonly string[],
  keys: readonly string[],
  positions: ReadonlyMap<string, number>,
): readonly string[] {
  const merged: string[] = [];
  let copied = 0;
  for (const key of keys) {
    const position = positions.get(key);
    if (position === undefined) merged.push(key);
    else while (copied <= position) merged.push(order[copied++] ?? key);
  }
  while (copied < order.length) merged.push(order[copied++] ?? '');
  return merged;
}
