import { wordsOf } from './record-words.ts';

/** A value of more words is not looked for in a question. */
const MOST_WORDS = 6;
const MOST_QUERY_WORDS = 400;
const SHORTEST_VALUE = 3;

/** For each row, how telling the values are that the question names as a whole: `South Africa`, `184`. */
export function scoreNamedValues(query: string, rows: readonly (readonly string[])[]): Float64Array {
  const scores = new Float64Array(rows.length);
  const phrases = phrasesOf(query);
  if (phrases.size === 0) return scores;
  const holders = new Map<string, number[]>();
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      if (value.length < SHORTEST_VALUE || value.length > 200) continue;
      const phrase = wordsOf(value).join(' ');
      if (!phrases.has(phrase)) continue;
      const key = `${column} ${phrase}`;
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [row]);
      else known.push(row);
    }
  }
  for (const members of holders.values()) {
    const weight = 2 * Math.log((rows.length + 1) / members.length);
    for (const row of members) scores[row] = (scores[row] ?? 0) + weight;
  }
  return scores;
}

function phrasesOf(query: string): ReadonlySet<string> {
  const words = wordsOf(query).slice(0, MOST_QUERY_WORDS);
  const phrases = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    let phrase = '';
    for (let length = 0; length < MOST_WORDS && at + length < words.length; length++) {
      phrase += (length === 0 ? '' : ' ') + (words[at + length] ?? '');
      if (phrase.length >= SHORTEST_VALUE) phrases.add(phrase);
    }
  }
  return phrases;
}
