/** The indexes of what has the same key, in the order in which the keys first come. */
export function groupIndexes(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}

/** In an order of which every beginning is spread over the whole: the last, the middle, the quarters, and so on. */
export function spread(indexes: readonly number[]): readonly number[] {
  const ordered: number[] = [];
  let step = 1;
  while (step < indexes.length) step *= 2;
  const last = indexes.length - 1;
  if (last >= 0) ordered.push(indexes[last] ?? 0);
  for (; step >= 1; step /= 2) {
    for (let at = step - 1; at < last; at += 2 * step) ordered.push(indexes[at] ?? 0);
  }
  return ordered;
}

/** The first of each, then the second of each, and so on. */
export function* inTurn(lists: readonly (readonly number[])[]): Generator<number> {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  for (let at = 0; at < longest; at++) {
    for (const list of lists) {
      const index = list[at];
      if (index !== undefined) yield index;
    }
  }
}
