import { keyWords, splitCamelCase, stem, wordsOf } from './record-words.ts';

/** How well each row answers what was asked. */
export interface Relevance {
  readonly scores: readonly number[];
  /** From this score on a row has what few others have. */
  readonly strong: number;
}

const STOP_WORDS = new Set(
  (
    'a about all also am an and any are as at be been being but by can could did do does doing done down each few find for from ' +
    'get give had has have having he her here him his how i if in into is it its just list look many may me might more most ' +
    'much must my no nor not now of off on only or other our out over own please same she should show so some such tell than ' +
    'that the their them then there these they this those through to too under until up us use very want was we were what ' +
    'when where which while who whom whose why will with would you your query limit true false null'
  ).split(' '),
);
const MOST_TERMS = 60;

/** Scores rows by the words and identifiers that they share with the question; rare ones weigh more. */
export function scoreRelevance(terms: QueryTerms, texts: readonly string[]): Relevance {
  const scores = texts.map(() => 0);
  if (terms.size === 0) return { scores, strong: Number.POSITIVE_INFINITY };
  const found = texts.map((text) => matches(text, terms));
  const rowCounts = new Map<string, number>();
  for (const words of found) for (const word of words) rowCounts.set(word, (rowCounts.get(word) ?? 0) + 1);
  for (const [row, words] of found.entries()) {
    let score = 0;
    for (const word of words) {
      const share = (rowCounts.get(word) ?? 1) / texts.length;
      if (share <= 0.5) score += (terms.get(word) ?? 1) * Math.log(1 / share);
    }
    scores[row] = score;
  }
  return { scores, strong: Math.log(Math.max(8, texts.length / Math.max(2, texts.length * 0.02))) };
}

/** Words and identifiers of a question with their weights. */
export type QueryTerms = ReadonlyMap<string, number>;

/** Whether the question names a column, by a word of its path that is telling. */
export function isNamed(path: string, terms: QueryTerms): boolean {
  return keyWords(path).some((word) => word.length > 2 && terms.has(stem(word)));
}

/** What the question asks for, with weights: quoted text and identifiers count more than words. */
export function termsOf(query: string): QueryTerms {
  const terms = new Map<string, number>();
  const add = (term: string, weight: number): void => {
    if (terms.size < MOST_TERMS || terms.has(term)) terms.set(term, Math.max(weight, terms.get(term) ?? 0));
  };
  for (const [, quoted = ''] of query.matchAll(/["'`]([^"'`\n]{3,80})["'`]/g)) {
    if (/[^\p{L}]/u.test(quoted)) add(quoted.toLowerCase(), 3);
  }
  for (const word of query.split(/[\s"'`,;()[\]{}<>=]+/)) {
    const whole = word.replace(/[.:!?]+$/, '').toLowerCase();
    if (whole.length >= 3 && /[^\p{L}]/u.test(whole) && /[\p{L}\p{N}]/u.test(whole)) add(whole, 3);
    for (const part of wordsOf(splitCamelCase(word))) {
      if (STOP_WORDS.has(part) || (part.length < 2 && !/\d/.test(part))) continue;
      add(stem(part), /\d/.test(part) && part.length > 2 ? 2 : 1);
    }
  }
  return terms;
}

/** The terms that a text holds. */
export function matches(text: string, terms: QueryTerms): ReadonlySet<string> {
  const lower = text.toLowerCase();
  const found = new Set<string>();
  for (const part of wordsOf(splitCamelCase(text))) {
    const word = stem(part);
    if (terms.has(word)) found.add(word);
  }
  for (const [term, weight] of terms) if (weight === 3 && lower.includes(term)) found.add(term);
  return found;
}

/** Finds out fast that a text holds none of the terms: where it finds nothing, `matches` does not either. */
export function termHint(terms: QueryTerms): RegExp {
  const beginnings = [...terms.keys()].map((term) =>
    term.length > 3 && terms.get(term) !== 3 ? term.slice(0, -1) : term,
  );
  return new RegExp(beginnings.map((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')).join('|'), 'i');
}
