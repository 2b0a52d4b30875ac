/** The words of a text: runs of letters and digits, in lower case. Identifiers come apart at `_`, `-` and the like. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a key: `errorMessage`, `error_message` and `error-message` are `error`, `message`. */
export function keyWords(key: string): readonly string[] {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const words = wordsOf(splitCamelCase(key));
  if (key.length > LONGEST_KNOWN_KEY) return words;
  if (knownKeys.size >= MOST_KNOWN_KEYS) knownKeys.clear();
  knownKeys.set(key, words);
  return words;
}

/** Documents say few keys many times; what is known of them changes no answer. */
const knownKeys = new Map<string, readonly string[]>();
const MOST_KNOWN_KEYS = 2_000;
const LONGEST_KNOWN_KEY = 200;

/** Puts a space where a lower-case letter or a digit is followed by an upper-case letter. */
export function splitCamelCase(text: string): string {
  return text.replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2');
}

/** A word without its plural ending. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

/** What forms of a word have in common: `terminate`, `terminates`, `terminated`, `terminating`. */
export function stem(word: string): string {
  const one = singular(word);
  if (one.length > 5 && one.endsWith('ing')) return one.slice(0, -3);
  if (one.length > 4 && one.endsWith('ed')) return one.slice(0, -2);
  return one.length > 4 && one.endsWith('e') ? one.slice(0, -1) : one;
}
