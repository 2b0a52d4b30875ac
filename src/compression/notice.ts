import type { SourceRange, Unit } from './strategy.ts';

export interface LeftOut {
  readonly unit: Unit;
  readonly total: number;
  readonly ranges: readonly SourceRange[];
  readonly retrievalId: string | undefined;
  /** True aggregates of what went, in a few words: `status ok 471, slow 9; latency_ms 3-41, mean 12`. */
  readonly summary?: string | undefined;
  /** For values, the path of some that went: `items[0].spec`. Nobody asks for a value by its number. */
  readonly path?: string | undefined;
}

/** At most this many ranges are spelled out; the rest are counted. */
const MOST_RANGES = 6;

/**
 * The one sentence that tells a model what is missing, in the source's own units, and how to ask for it:
 * `[rows 12-480 of 500 left out: status ok 471. To read them call headroom_retrieve with id "..." and rows "12-480".]`
 */
export function notice({ unit, total, ranges, retrievalId, summary, path }: LeftOut): string {
  const missing = ranges.reduce((count, { first, last }) => count + last - first + 1, 0);
  const spelled =
    ranges.length <= MOST_RANGES && path === undefined
      ? `${unit} ${formatRanges(ranges)} of ${total}`
      : `${missing} of ${total} ${unit}`;
  const about = summary === undefined || summary === '' ? '' : `: ${summary}`;
  const example = askFor(unit, { ranges, path });
  const how =
    retrievalId === undefined || example === undefined
      ? ''
      : ` To read them call headroom_retrieve with id "${retrievalId}" and ${example}.`;
  return `[${spelled} left out${about}.${how}]`;
}

/** What else than the id to ask with: `rows "12-480"`. */
function askFor(unit: Unit, { ranges, path }: Pick<LeftOut, 'ranges' | 'path'>): string | undefined {
  if (path !== undefined) return `a path such as ${JSON.stringify(path)}, or a query`;
  const example = exampleOf(ranges);
  return example === undefined ? undefined : `${unit} "${formatRanges([example])}"`;
}

/** The first range, or where there are many all that they span. */
function exampleOf(ranges: readonly SourceRange[]): SourceRange | undefined {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (first === undefined || last === undefined || ranges.length <= MOST_RANGES) return first;
  return { first: first.first, last: last.last };
}

/** `3, 12-480`. */
export function formatRanges(ranges: readonly SourceRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}
