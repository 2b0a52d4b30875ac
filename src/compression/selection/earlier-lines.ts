import type { Selected, SourceRange } from '../strategy.ts';
import { readNumberedLines, type NumberedLines } from './numbered-lines.ts';

/** Fewer lines in a row that stand in the earlier result too are shown again: a reference costs more. */
const SHORTEST_RUN = 3;

/** A line that stands in more places than this is no place to start a run from: `}` would make the work quadratic. */
const MOST_PLACES = 16;

export interface ReferenceRequest {
  /** The result that is referred to, all of which the model knows. */
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
 * Where both texts number their lines themselves, as readers of files do, those numbers are used and may differ: an edit
 * moves all that follows it. Nothing is lost to a reader who still has that result. `undefined` when they share nothing
 * worth saying.
 */
export function referToEarlier(text: string, { earlier, name, retrievalId }: ReferenceRequest): Selected | undefined {
  const ask = retrievalId === undefined ? '' : ` To read it all call headroom_retrieve with id "${retrievalId}".`;
  const here = readNumberedLines(text);
  const total = here.lines.length;
  if (text === earlier) {
    const what = total === 1 ? 'The same text' : `The same ${total} lines`;
    const leftOut = [{ first: 1, last: total }];
    return { text: `[${what} as the result of ${name}.${ask}]`, unit: 'lines', total, leftOut };
  }
  const there = readNumberedLines(earlier);
  const hasOwnNumbers = here.numbers !== undefined && there.numbers !== undefined;
  const runs = hasOwnNumbers ? findSharedRuns(here.contents, there.contents) : findSharedRuns(here.lines, there.lines);
  if (runs.length === 0) return undefined;
  const how = hasOwnNumbers ? 'by the numbers of the lines themselves' : 'each line behind its number';
  const head = `[Only what differs from the result of ${name} follows, ${how}; the other lines are the same.${ask}]`;
  const shown = hasOwnNumbers ? renderNumbered(here, there, runs) : render(here.lines, runs);
  const leftOut = runs.map(({ first, last }) => ({ first, last }));
  return { text: [head, ...shown].join('\n'), unit: 'lines', total, leftOut };
}

function* render(lines: readonly string[], runs: readonly SharedRun[]): Generator<string> {
  let next = 1;
  for (const { first, last, firstThere } of runs) {
    for (; next < first; next++) yield `${next}\t${lines[next - 1] ?? ''}`;
    yield `[${first}-${last} same as ${firstThere}-${firstThere + last - first} there]`;
    next = last + 1;
  }
  for (; next <= lines.length; next++) yield `${next}\t${lines[next - 1] ?? ''}`;
}

function* renderNumbered(here: NumberedLines, there: NumberedLines, runs: readonly SharedRun[]): Generator<string> {
  const numberHere = (line: number): number => here.numbers?.[line - 1] ?? 0;
  const numberThere = (line: number): number => there.numbers?.[line - 1] ?? 0;
  let next = 1;
  for (const { first, last, firstThere } of runs) {
    for (; next < first; next++) yield withoutOurWords(here, next);
    const span = `${numberHere(first)}-${numberHere(last)}`;
    const spanThere = `${numberThere(firstThere)}-${numberThere(firstThere + last - first)}`;
    yield `[${span} same as ${spanThere} there]`;
    next = last + 1;
  }
  for (; next <= here.lines.length; next++) yield withoutOurWords(here, next);
}

/** A line with no number of its own could pass for a range of ours: it is moved in. */
function withoutOurWords({ lines, numbers }: NumberedLines, line: number): string {
  const text = lines[line - 1] ?? '';
  return numbers?.[line - 1] === undefined && text.startsWith('[') ? `\t${text}` : text;
}

/** Runs of at least three lines, greedy from the top: each line looks first where the last run went on. */
function findSharedRuns(
  lines: readonly (string | undefined)[],
  there: readonly (string | undefined)[],
): readonly SharedRun[] {
  const places = new Map<string, number[]>();
  for (const [index, line] of there.entries()) {
    if (line === undefined) continue;
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

function runLength(
  lines: readonly (string | undefined)[],
  from: number,
  there: readonly (string | undefined)[],
  fromThere: number,
): number {
  let length = 0;
  while (from + length < lines.length && fromThere + length < there.length) {
    const line = lines[from + length];
    if (line === undefined || line !== there[fromThere + length]) break;
    length++;
  }
  return length;
}
