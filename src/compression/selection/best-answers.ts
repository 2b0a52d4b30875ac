import { queryTerms, scoreLines } from './query-terms.ts';

/** Lines that answer the query best stay whatever they cost: so many at most. */
const SURE_ANSWERS = 12;
/** Of the best score so much makes a sure answer. */
const SURE_SHARE = 0.75;

export interface Answers {
  /** Those that answer the query about as well as the best does. */
  readonly sure: readonly number[];
  /** All that answer it at all, the best first. */
  readonly all: readonly number[];
}

/** Which of the texts answer the query. With `names`, what each is called counts besides. */
export function bestAnswers(
  texts: readonly string[],
  query: string,
  { most = SURE_ANSWERS, names }: { readonly most?: number; readonly names?: readonly string[] } = {},
): Answers {
  const terms = queryTerms(query);
  const scores = scoreLines(texts, terms);
  if (names !== undefined) addNames(scores, names, new Map(terms.map(({ text, weight }) => [text, weight])));
  const all = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[all[0] ?? 0] ?? 0;
  const sure = all.slice(0, most).filter((index) => (scores[index] ?? 0) >= best * SURE_SHARE);
  return { sure, all };
}

/** What is called as the query says, and not only holds the word, answers better. */
const NAME_SCORE = 4;

function addNames(scores: Float64Array, names: readonly string[], weights: ReadonlyMap<string, number>): void {
  for (const [index, name] of names.entries()) {
    const lowered = name.toLowerCase();
    const dot = lowered.lastIndexOf('.');
    const weight = weights.get(lowered) ?? (dot > 0 ? weights.get(lowered.slice(0, dot)) : undefined);
    if (weight !== undefined) scores[index] = (scores[index] ?? 0) + weight * NAME_SCORE;
  }
}
