import type { JsonScalar } from '../json/parse-json.ts';
import type { Leaf } from './record-columns.ts';
import { keyWords, stem } from './record-words.ts';
import { isNamed, type QueryTerms } from './record-relevance.ts';
import type { Superlative } from './superlative.ts';

/** Rows at one end of each measure; more would be a ranking and not an answer. */
const MOST_MEASURES = 6;
/** Fewer rows with a number are not compared. */
const FEWEST_MEASURED = 3;

/** One number per row: of a field, or the sum, the largest, the smallest or the count of a list within the row. */
interface Measure {
  readonly path: string;
  readonly manner: Manner;
  readonly values: Map<number, number>;
}

/**
 * The rows that a question for an extreme asks for, the likeliest first. What is measured is what the question names;
 * where it names nothing, whatever the rows count or measure. Lists and maps within a row count by their sum, by their
 * largest or smallest number, and by how many entries they have.
 */
export function rowsAtTheEnd(
  rows: readonly (readonly Leaf[])[],
  { superlative, terms }: { readonly superlative: Superlative; readonly terms: QueryTerms },
): readonly number[] {
  const otherEnd = superlative.end === 'most' ? 'smallest' : 'largest';
  const measures = [...measuresOf(rows, superlative).values()].filter(
    ({ manner, values }) => manner !== otherEnd && values.size >= FEWEST_MEASURED,
  );
  const ranked = measures
    .map((measure) => ({ measure, fit: fitOf(measure.path, { superlative, terms }) }))
    .toSorted((one, other) => other.fit - one.fit);
  const best = ranked[0]?.fit ?? 0;
  const fitting = ranked.filter(({ fit }) => fit === best || fit >= 2).slice(0, MOST_MEASURES);
  return [...new Set(fitting.map(({ measure }) => rowAt(measure, superlative)))];
}

function fitOf(path: string, { superlative, terms }: { superlative: Superlative; terms: QueryTerms }): number {
  const isMeant = keyWords(path).some((word) => superlative.measures.has(stem(word)));
  return (isNamed(path, terms) ? 2 : 0) + (isMeant ? 1 : 0);
}

function rowAt({ values }: Measure, { end }: Superlative): number {
  let found = -1;
  let extreme = 0;
  for (const [row, value] of values) {
    if (found !== -1 && (end === 'most' ? value <= extreme : value >= extreme)) continue;
    found = row;
    extreme = value;
  }
  return found;
}

/** By path and manner. Keys that hold a digit are taken for the ids of a map's entries. */
function measuresOf(rows: readonly (readonly Leaf[])[], superlative: Superlative): ReadonlyMap<string, Measure> {
  const measures = new Map<string, Measure>();
  const put = (path: string, { manner, row, value }: { manner: Manner; row: number; value: number }): void => {
    const id = `${path} ${manner}`;
    let measure = measures.get(id);
    if (measure === undefined) {
      measure = { path, manner, values: new Map() };
      measures.set(id, measure);
    }
    const known = measure.values.get(row);
    measure.values.set(row, known === undefined ? value : JOINED[manner](known, value));
  };
  for (const [row, leaves] of rows.entries()) {
    for (const { path: spelled, value } of leaves) {
      const path = spelled.includes('[]') || /\d/.test(spelled) ? withoutIds(spelled) : spelled;
      const isInList = path !== spelled || path.includes('[]');
      if (isInList) put(path, { manner: 'count', row, value: 1 });
      const number = numberOf(value, superlative);
      if (!Number.isFinite(number) || keyWords(path).at(-1) === 'id') continue;
      for (const manner of isInList ? LISTED : SINGLE) put(path, { manner, row, value: number });
    }
  }
  return measures;
}

/** A number, or the milliseconds of an ISO date where times are asked for; else not a number. */
function numberOf({ type, source }: JsonScalar, { isAboutTime }: Superlative): number {
  if (type === 'number') return Number(source);
  return isAboutTime && type === 'string' && /^"\d{4}-\d\d-\d\d/.test(source) ? Date.parse(source.slice(1, -1)) : NaN;
}

type Manner = 'sum' | 'largest' | 'smallest' | 'count';

const LISTED: readonly Manner[] = ['sum', 'largest', 'smallest'];
const SINGLE: readonly Manner[] = ['sum'];

const JOINED: Readonly<Record<Manner, (one: number, other: number) => number>> = {
  sum: (one, other) => one + other,
  largest: Math.max,
  smallest: Math.min,
  count: (one, other) => one + other,
};

function withoutIds(path: string): string {
  return path
    .split('.')
    .map((step) => (/\d/.test(step) ? '*' : step))
    .join('.');
}
