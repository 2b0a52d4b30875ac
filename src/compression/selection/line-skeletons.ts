const MOST_WORDS = 60;
/** A place in lines of one length that holds more words than these varies. */
const MOST_VALUES = 6;

/**
 * What lines have in common that differ in a few words: each line with a sign in place of words that vary. A word varies
 * where lines of as many words, which end alike, have many others in its place; where they have a few, as `Accepted` and
 * `Failed`, each of them tells lines apart.
 */
export function skeletonsOf(shapes: readonly string[]): readonly string[] {
  const places = new Map<string, Set<string>[]>();
  const split = shapes.map((shape) => shape.split(' ', MOST_WORDS));
  for (const words of split) {
    const bucket = bucketOf(words);
    const values = places.get(bucket);
    if (values === undefined) {
      places.set(
        bucket,
        words.map((word) => new Set([word])),
      );
      continue;
    }
    for (const [at, word] of words.entries()) {
      const known = values[at];
      if (known !== undefined && known.size <= MOST_VALUES) known.add(word);
    }
  }
  return split.map((words) => {
    const values = places.get(bucketOf(words));
    return words.map((word, at) => ((values?.[at]?.size ?? 0) > MOST_VALUES ? '*' : word)).join(' ');
  });
}

function bucketOf(words: readonly string[]): string {
  return `${words.length} ${words.at(-1) ?? ''}`;
}
