import { stringValue } from '../../json/string-value.ts';
import { childrenOf } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { keyWords, stem } from '../record-words.ts';
import { matches, termHint, termsOf, type QueryTerms } from '../record-relevance.ts';
import { answersInRows, askedRows, rowScores, termsOfRows } from './asked-rows.ts';
import { ownKey, type PlaceWeight, sortOfKey } from './key-weights.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

/** What a question asks of a document. */
export interface Asked {
  /** How well the question names a place, by its keys. */
  readonly namesOf: (place: Place) => number;
  /** Leaves that answer about as well as the best does, the best first. */
  readonly answers: readonly Part[];
  /** Rows that answer about as well as the best of their list, the best first. */
  readonly rows: readonly Part[];
  readonly terms: QueryTerms;
}

const MOST_ANSWERS = 8;
/** Of the best score so much makes an answer. */
const ANSWER_SHARE = 0.6;
/** What the keys around a value count for beside its own. */
const OUTER_KEY_SHARE = 0.4;
/** What the rest of its row says counts for a value. */
const ROW_TERMS_SHARE = 0.5;
const LONGEST_TEXT = 20_000;

/** Finds what the question names: values by their words, places by their keys, rows by all that they say. */
export function findAsked(tree: ValueTree, query: string, weights: ReadonlyMap<Place, PlaceWeight>): Asked {
  const terms = termsOf(query);
  if (terms.size === 0) return { namesOf: () => 0, answers: [], rows: [], terms };
  const matched = matchLeaves(tree, terms);
  const names = namedPlaces(tree, terms);
  const rowTerms = termsOfRows(matched, weights);
  const scores = rowScores(rowTerms, terms);
  const namesOf = (place: Place): number => names.get(place) ?? 0;
  const rows = askedRows(tree, { scores, query, terms });
  return {
    namesOf,
    answers: [...bestAnswers(tree, { matched, scores, terms, namesOf }), ...answersInRows(rows, matched)],
    rows,
    terms,
  };
}

/** The terms that each leaf holds, or the key of the entry that it is or stands right in. */
function matchLeaves(tree: ValueTree, terms: QueryTerms): ReadonlyMap<Part, ReadonlySet<string>> {
  const matched = new Map<Part, ReadonlySet<string>>();
  const ofKeys = new Map<Part, ReadonlySet<string>>();
  const matchKey = (entry: Part | undefined): ReadonlySet<string> => {
    if (entry?.key === undefined || entry.place.key !== '{}') return NO_TERMS;
    let found = ofKeys.get(entry);
    if (found === undefined) ofKeys.set(entry, (found = matches(stringValue(entry.key), terms)));
    return found;
  };
  const hint = termHint(terms);
  for (const leaf of tree.leaves) {
    const text = leaf.twin === undefined ? sayAll(leaf.node).slice(0, LONGEST_TEXT) : '';
    const found = hint.test(text) ? matches(text, terms) : NO_TERMS;
    const all = union(union(found, matchKey(leaf)), matchKey(leaf.parent));
    if (all.size > 0) matched.set(leaf, all);
  }
  return matched;
}

const NO_TERMS: ReadonlySet<string> = new Set();

function union(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  if (other.size === 0) return one;
  return one.size === 0 ? other : new Set([...one, ...other]);
}

function sayAll(node: JsonNode): string {
  if (node.type === 'string') return stringValue(node.source);
  if (node.type !== 'array' && node.type !== 'object') return node.source;
  return childrenOf(node).map(sayAll).join(' ');
}

function namedPlaces(tree: ValueTree, terms: QueryTerms): ReadonlyMap<Place, number> {
  const places = [...new Set(tree.leaves.map(({ place }) => place))];
  const own = new Map<Place, readonly string[]>();
  const holders = new Map<string, number>();
  const wordsOf = (place: Place): readonly string[] => {
    const known = own.get(place);
    if (known !== undefined) return known;
    const words = [...new Set(keyWords(ownKey(place)).map(stem))].filter((word) => word.length > 1 && terms.has(word));
    own.set(place, words);
    return words;
  };
  const around = new Map<Place, ReadonlySet<string>>();
  const wordsAround = (place: Place): ReadonlySet<string> => {
    const known = around.get(place);
    if (known !== undefined) return known;
    const before = place.parent === undefined ? new Set<string>() : wordsAround(place.parent);
    const mine = wordsOf(place);
    const all = mine.every((word) => before.has(word)) ? before : new Set([...before, ...mine]);
    around.set(place, all);
    return all;
  };
  for (const place of places) for (const word of wordsAround(place)) holders.set(word, (holders.get(word) ?? 0) + 1);
  const scores = new Map<Place, number>();
  for (const place of places) {
    let score = 0;
    const mine = new Set(wordsOf(place));
    const isSpare = sortOfKey(ownKey(place)) === 'spare';
    const coverage = mine.size / Math.max(1, keyWords(ownKey(place)).length);
    for (const word of isSpare ? mine : wordsAround(place)) {
      const rarity = Math.log((places.length + 1) / (holders.get(word) ?? 1));
      score +=
        (terms.get(word) ?? 1) * rarity * (mine.has(word) ? Math.max(coverage, OUTER_KEY_SHARE) : OUTER_KEY_SHARE);
    }
    if (score > 0) scores.set(place, score);
  }
  return scores;
}

interface Material {
  readonly matched: ReadonlyMap<Part, ReadonlySet<string>>;
  readonly scores: ReadonlyMap<Part, number>;
  readonly terms: QueryTerms;
  readonly namesOf: (place: Place) => number;
}

function bestAnswers(tree: ValueTree, { matched, scores, terms, namesOf }: Material): readonly Part[] {
  const counts = new Map<string, number>();
  for (const found of matched.values()) for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
  const scored: { readonly leaf: Part; readonly score: number }[] = [];
  for (const leaf of tree.leaves) {
    let score = namesOf(leaf.place);
    for (const term of matched.get(leaf) ?? []) {
      score += (terms.get(term) ?? 1) * Math.log((tree.leaves.length + 1) / (counts.get(term) ?? 1));
    }
    if (score === 0) continue;
    let rowScore = 0;
    for (let part: Part | undefined = leaf; part !== undefined; part = part.parent) {
      if (part.isRow) rowScore = Math.max(rowScore, scores.get(part) ?? 0);
    }
    scored.push({ leaf, score: score + rowScore * ROW_TERMS_SHARE });
  }
  scored.sort((one, other) => other.score - one.score || one.leaf.first - other.leaf.first);
  const best = scored[0]?.score ?? 0;
  return scored
    .slice(0, MOST_ANSWERS)
    .filter(({ score }) => score >= best * ANSWER_SHARE)
    .map(({ leaf }) => leaf);
}
