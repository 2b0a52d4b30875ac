import type { SourceRange } from './strategy.ts';

export interface LeftOut {
  readonly unit: 'rows' | 'lines';
  readonly total: number;
  readonly ranges: readonly SourceRange[];
  readonly retrievalId: string | undefined;
  /** True aggregates of what went, in a few words: `status ok 471, slow 9; latency_ms 3-41, mean 12`. */
  readonly summary?: string | undefined;
}

/** At most this many ranges are spelled out; the rest are counted. */
const MOST_RANGES = 6;

/**
 * The one sentence that tells a model what is missing, in the source's own units, and how to ask for it:
 * `[rows 12-480 of 500 left out: status ok 471. To read them call headroom_retrieve with id "..." and rows "12-480".]`
 */
export function notice({ unit, total, ranges, retrievalId, summary }: LeftOut): string {
  const missing = ranges.reduce((count, { first, last }) => count + last - first + 1, 0);
  const spelled =
    ranges.length <= MOST_RANGES ? `${unit} ${formatRanges(ranges)} of ${total}` : `${missing} of ${total} ${unit}`;
  const about = summary === undefined || summary === '' ? '' : `: ${summary}`;
  const example = exampleOf(ranges);
  const how =
    retrievalId === undefined || example === undefined
      ? ''
      : ` To read them call headroom_retrieve with id "${retrievalId}" and ${unit} "${formatRanges([example])}".`;
  return `[${spelled} left out${about}.${how}]`;
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
