const LONGEST_QUERY = 2_000;
const MOST_WORDS = 20;

/** The words of a query, in lower case, each once. */
export function wordsOf(query: string): readonly string[] {
  const words = query.slice(0, LONGEST_QUERY).toLowerCase().split(/\s+/).filter(Boolean);
  return [...new Set(words)].slice(0, MOST_WORDS);
}
