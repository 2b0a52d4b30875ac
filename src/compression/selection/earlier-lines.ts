import type { Selected, SourceRange } from '../strategy.ts';

/** Fewer lines in a row that stand in the earlier result too are shown again: a reference costs more. */
const SHORTEST_RUN = 3;

/** A line that stands in more places than this is no place to start a run from: `}` would make the work quadratic. */
const MOST_PLACES = 16;

export interface ReferenceRequest {
  /** The result that is referred to, which the model has read in full. */
  readonly earlier: string;
  /** How a reader finds it: `read_file {"path":"a.ts"}, 3 tool results earlier`. */
  readonly name: string;
  readonly retrievalId: string | undefined;
}

/** Lines of a text that stand in an earlier one in the same order. */
interface SharedRun extends SourceRange {
  /** The line of the earlier text that the run begins with, counted from 1. */
  readonly firstThere: number;
}

/**
 * Says of the lines that an earlier result has too where they stand there, and shows the others, each behind its number.
 * Nothing is lost to a reader who still has that result. `undefined` when they share nothing worth saying.
 */
export function referToEarlier(text: string, { earlier, name, retrievalId }: ReferenceRequest): Selected | undefined {
  const lines = linesOf(text);
  const runs =
    text === earlier ? [{ first: 1, last: lines.length, firstThere: 1 }] : findSharedRuns(lines, linesOf(earlier));
  if (runs.length === 0) return undefined;
  const unit = 'lines' as const;
  const total = lines.length;
  const ask = retrievalId === undefined ? '' : ` To read it all call headroom_retrieve with id "${retrievalId}".`;
  if (text === earlier) {
    const what = total === 1 ? 'The same text' : `The same ${total} lines`;
    return { text: `[${what} as the result of ${name}.${ask}]`, unit, total, leftOut: [{ first: 1, last: total }] };
  }
  const shown = [
    `[Only what differs from the result of ${name} follows, each line behind its number; the other lines are the same.${ask}]`,
  ];
  let next = 1;
  const showUntil = (end: number): void => {
    for (; next < end; next++) shown.push(`${next}\t${lines[next - 1] ?? ''}`);
  };
  for (const { first, last, firstThere } of runs) {
    showUntil(first);
    shown.push(`[${first}-${last} same as ${firstThere}-${firstThere + last - first} there]`);
    next = last + 1;
  }
  showUntil(total + 1);
  return { text: shown.join('\n'), unit, total, leftOut: runs.map(({ first, last }) => ({ first, last })) };
}

/** A trailing newline ends the last line, it does not begin another. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

/** Runs of at least three lines, greedy from the top: each line looks first where the last run went on. */
function findSharedRuns(lines: readonly string[], there: readonly string[]): readonly SharedRun[] {
  const places = new Map<string, number[]>();
  for (const [index, line] of there.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else if (known.length < MOST_PLACES) known.push(index);
  }
  const runs: SharedRun[] = [];
  let expected = 0;
  for (let index = 0; index < lines.length;) {
    const start = startOfRun(places.get(lines[index] ?? '') ?? [], expected);
    const length = start === undefined ? 0 : runLength(lines, index, there, start);
    if (start !== undefined && length >= SHORTEST_RUN) {
      runs.push({ first: index + 1, last: index + length, firstThere: start + 1 });
      index += length;
      expected = start + length;
    } else {
      index++;
    }
  }
  return runs;
}

/** The first place at or after where the last run ended, or else the first place of all. */
function startOfRun(places: readonly number[], expected: number): number | undefined {
  return places.find((place) => place >= expected) ?? places[0];
}

function runLength(lines: readonly string[], from: number, there: readonly string[], fromThere: number): number {
  let length = 0;
  while (from + length < lines.length && fromThere + length < there.length) {
    if (lines[from + length] !== there[fromThere + length]) break;
    length++;
  }
  return length;
}
