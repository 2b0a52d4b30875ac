/** Something that a question names: a text in lower case, and how much its being named says. */
export interface QueryTerm {
  readonly text: string;
  /** Whether only the whole of it counts, as with a quoted string or an identifier, and not a word that it begins. */
  readonly isExact: boolean;
  /** 1 for a word, more for what names one thing alone: quoted, with digits or signs, an identifier. */
  readonly weight: number;
}

const LONGEST_QUERY = 8_000;
const MOST_TERMS = 48;
const LONGEST_TERM = 200;

/** Words that are in any question, and words about questions and logs that say nothing about one line. */
const STOP_WORDS = new Set(
  (
    'a an and any are as at be been but by can could did do does done for from get got give had has have how i if in into is it its ' +
    'just last me may more most my no not of on one or our out please s should show so some still such t tell than that the their ' +
    'them then there these they this those to up us use used was we were what when where which while who whose why will with would ' +
    'you your about after all also before between during each find first happen happened last latest line lines list log logs look ' +
    'made make many mentioned mention much name named need only other output over read run said same say says see there true false null ' +
    'tool command cmd args path query file input limit'
  ).split(' '),
);

/**
 * What a question in plain language, followed by a tool call's arguments, asks for: quoted strings, identifiers whole
 * and in their parts, numbers, and the words that are not in every question. The most telling terms come first.
 */
export function queryTerms(query: string): readonly QueryTerm[] {
  const text = query.slice(0, LONGEST_QUERY);
  const terms = new Map<string, QueryTerm>();
  for (const quoted of text.matchAll(/["'`“]([^"'`”\n]{3,200})["'`”]/g)) add(terms, quoted[1] ?? '', 3);
  for (const [word] of text.matchAll(/[\p{L}\p{N}_$@#/\\.:+-]+/gu)) {
    const trimmed = trimSigns(word);
    const parts = trimmed.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((part) => part !== '');
    if (parts.length > 1) add(terms, trimmed, /\d/.test(trimmed) ? 3 : 2);
    for (const part of parts) add(terms, part, /^\d+$/.test(part) && parts.length > 1 ? 0.5 : 1);
  }
  return [...terms.values()].toSorted((one, other) => other.weight - one.weight).slice(0, MOST_TERMS);
}

function add(terms: Map<string, QueryTerm>, source: string, weight: number): void {
  const whole = source.trim().toLowerCase();
  if (whole.length < 2 || whole.length > LONGEST_TERM || STOP_WORDS.has(whole)) return;
  const isNumber = /^\d+$/.test(whole);
  if (weight <= 1 && !isNumber && whole.length < 3) return;
  const isExact = weight > 1 || isNumber;
  const text = isExact ? whole : stemOf(whole);
  const known = terms.get(text);
  const worth = isNumber && weight === 1 ? 2 : weight;
  if (known === undefined || known.weight < worth) terms.set(text, { text, isExact, weight: worth });
}

/** `refused`, `refuses`, `refusing` begin the same, and so do `aggregation` and `aggregate`. */
function stemOf(word: string): string {
  for (const ending of ['ations', 'ation', 'ions', 'ion']) {
    if (word.endsWith(ending) && word.length - ending.length >= 5) return word.slice(0, -ending.length);
  }
  for (const ending of ['ing', 'ies', 'ed', 'es', 's', 'e', 'y']) {
    if (word.endsWith(ending) && word.length - ending.length >= 4) return word.slice(0, -ending.length);
  }
  return word;
}

function trimSigns(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && '.:+-'.includes(word.charAt(start))) start++;
  while (end > start && '.:+-'.includes(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}

/**
 * How well each line answers the terms: the rarer a term is among the lines, the more a line that holds it scores.
 * Terms that are in more than a third of the lines count for nothing.
 */
export function scoreLines(lines: readonly string[], terms: readonly QueryTerm[]): Float64Array {
  const scores = new Float64Array(lines.length);
  if (terms.length === 0) return scores;
  const lowered = lines.map((line) => line.toLowerCase());
  for (const term of terms) {
    const holders: number[] = [];
    for (let index = 0; index < lowered.length; index++) if (holdsTerm(lowered[index] ?? '', term)) holders.push(index);
    if (holders.length === 0 || holders.length * 3 > lines.length) continue;
    const score = term.weight * Math.log((lines.length + 1) / (holders.length + 0.5));
    for (const index of holders) scores[index] = (scores[index] ?? 0) + score;
  }
  return scores;
}

/** Whether a line in lower case holds a term: at the beginning of a word, or as a whole word where the term is exact. */
export function holdsTerm(line: string, { text, isExact }: QueryTerm): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const end = at + text.length;
    const beginsWord = !(isWordCode(line.charCodeAt(at)) && isWordCode(line.charCodeAt(at - 1)));
    const endsWord = !isExact || !(isWordCode(line.charCodeAt(end - 1)) && isWordCode(line.charCodeAt(end)));
    if (beginsWord && endsWord) return true;
  }
  return false;
}

/** Letters, digits, and all that is not ASCII but for dashes and quotes. `NaN`, past either end, is none. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code >= 128 && !(code >= 0x2010 && code <= 0x203f))
  );
}

/** Whether a name in lower case is what a term says, up to its ending. */
export function isNamedBy(name: string, terms: readonly QueryTerm[]): boolean {
  return terms.some(
    ({ text, isExact }) => name === text || (!isExact && name.startsWith(text) && name.length <= text.length + 3),
  );
}
