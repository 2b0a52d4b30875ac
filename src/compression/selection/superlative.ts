import { keyWords, stem } from './record-words.ts';

/** That a question asks for an extreme: which end, and the words for what is measured, where it names them. */
export interface Superlative {
  readonly end: 'most' | 'least';
  /** Stems of words that a measure's name may hold: `expensive` is about prices, amounts, totals. */
  readonly measures: ReadonlySet<string>;
  /** Whether dates and times are to be compared: the newest, the oldest. */
  readonly isAboutTime: boolean;
}

const MONEY = ['price', 'amount', 'cost', 'total', 'value', 'paid', 'charge', 'balance', 'fee', 'revenue', 'spend'];
const SPAN = ['duration', 'latency', 'elapsed', 'took', 'time', 'ms', 'second', 'millis', 'runtime', 'wait'];
const MOMENT = [
  'date',
  'time',
  'timestamp',
  'at',
  'on',
  'created',
  'updated',
  'modified',
  'started',
  'published',
  'since',
];
const EXTENT = ['size', 'byte', 'length', 'count', 'total', 'number', 'memory', 'usage'];

/** Words that ask for one end of a measure, and the names of what they measure; none where any measure may be meant. */
const ENDS: ReadonlyMap<string, { readonly end: Superlative['end']; readonly measures: readonly string[] }> = new Map(
  [
    { end: 'most', measures: [], words: 'most highest greatest maximum max top peak worst busiest' },
    { end: 'most', measures: EXTENT, words: 'largest biggest heaviest' },
    { end: 'most', measures: MONEY, words: 'priciest costliest dearest richest' },
    { end: 'most', measures: SPAN, words: 'slowest longest' },
    { end: 'most', measures: MOMENT, words: 'newest latest youngest' },
    { end: 'least', measures: MOMENT, words: 'oldest earliest' },
    { end: 'least', measures: [], words: 'least lowest fewest minimum min bottom' },
    { end: 'least', measures: EXTENT, words: 'smallest lightest' },
    { end: 'least', measures: MONEY, words: 'cheapest' },
    { end: 'least', measures: SPAN, words: 'fastest quickest shortest' },
  ].flatMap(({ end, measures, words }) =>
    words.split(' ').map((word) => [word, { end: end as Superlative['end'], measures }] as const),
  ),
);

/** Words beside a superlative that say what is measured without being its name. */
const ABOUT: ReadonlyMap<string, readonly string[]> = new Map([
  ...['expensive', 'valuable', 'value', 'worth', 'costly', 'cheap', 'paid', 'spent'].map(
    (word) => [word, MONEY] as const,
  ),
  ...['slow', 'fast', 'quick', 'long', 'latency'].map((word) => [word, SPAN] as const),
  ...['recent', 'recently', 'new', 'old'].map((word) => [word, MOMENT] as const),
  ...['large', 'big', 'heavy', 'memory', 'space'].map((word) => [word, EXTENT] as const),
]);

const LONGEST_QUERY = 8_000;

/** The first superlative of a question, or `undefined` for a question that asks for no extreme. */
export function superlativeOf(query: string): Superlative | undefined {
  const words = keyWords(query.slice(0, LONGEST_QUERY));
  const found = words.find((word) => ENDS.has(word));
  const asked = found === undefined ? undefined : ENDS.get(found);
  if (asked === undefined) return undefined;
  const lists = [asked.measures, ...words.flatMap((word) => [ABOUT.get(word) ?? []])];
  return { end: asked.end, measures: new Set(lists.flat().map(stem)), isAboutTime: lists.includes(MOMENT) };
}
