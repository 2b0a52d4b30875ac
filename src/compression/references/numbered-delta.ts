import { matchLines } from './match-lines.ts';
import { endOfNumber, readNumberedLines, type NumberedLines } from './numbered-lines.ts';
import { findSharedRuns } from './shared-runs.ts';

/** About what it takes to say where a run stands. */
const RUN_TOKENS = 12;

/**
 * What is new in a text whose lines are numbered, beside an earlier one of that kind: lines by their own numbers, and
 * for those that the earlier one has too, `[12-61 same as 11-60 there]`. The numbers themselves may differ: an edit
 * moves all that follows it. `undefined` where lines are not numbered, or nothing is shared.
 */
export function writeNumberedDelta(text: string, base: string): string | undefined {
  const here = readNumberedLines(text);
  const there = here === undefined ? undefined : readNumberedLines(base);
  if (here === undefined || there === undefined) return undefined;
  const offset = (index: number, thereIndex: number): number =>
    (here.numbers[index] ?? 0) - (there.numbers[thereIndex] ?? 0);
  const runs = findSharedRuns(here.lines, {
    matches: matchLines(here.contents, there.contents),
    costTokens: RUN_TOKENS,
    continues: (index, thereIndex) => offset(index, thereIndex) === offset(index - 1, thereIndex - 1),
  });
  if (runs.length === 0) return undefined;
  const shown: string[] = [];
  let next = 0;
  for (const { first, firstThere, length } of runs) {
    for (; next < first; next++) shown.push(spellLine(here, next));
    const span = `${here.numbers[first]}-${here.numbers[first + length - 1]}`;
    const spanThere = `${there.numbers[firstThere]}-${there.numbers[firstThere + length - 1]}`;
    shown.push(`[${span} same as ${spanThere} there]`);
    next = first + length;
  }
  for (; next < here.lines.length; next++) shown.push(spellLine(here, next));
  return shown.join('\n');
}

const RUN = /^\[(\d{1,9})-(\d{1,9}) same as (\d{1,9})-(\d{1,9}) there\]$/;

/** Undoes `writeNumberedDelta`, where the numbers of the earlier text are written in one way. */
export function applyNumberedDelta(delta: string, base: string): string {
  const there = readNumberedLines(base);
  if (there === undefined) throw new Error('The lines of the earlier text are not numbered.');
  const indexes = new Map<number, number>();
  for (const [index, number] of there.numbers.entries()) {
    if (number !== undefined && !indexes.has(number)) indexes.set(number, index);
  }
  const spell = numberSpeller(there);
  const lines: string[] = [];
  for (const shown of delta.split('\n')) {
    const run = RUN.exec(shown);
    if (run === null) {
      lines.push(MOVED_IN.test(shown) ? shown.slice(1) : shown);
      continue;
    }
    const [first, , firstThere, lastThere] = run.slice(1).map(Number) as [number, number, number, number];
    const last = indexes.get(lastThere) ?? -1;
    for (let index = indexes.get(firstThere) ?? Infinity; index <= last; index++) {
      lines.push(spell(index, (there.numbers[index] ?? 0) + first - firstThere));
    }
  }
  return lines.join('\n');
}

const LIKE_A_RUN = /^\t*\[/;
const MOVED_IN = /^\t+\[/;

/** A line with no number of its own could pass for a run: it is moved in by one tab. */
function spellLine({ lines, numbers }: NumberedLines, index: number): string {
  const line = lines[index] ?? '';
  return numbers[index] === undefined && LIKE_A_RUN.test(line) ? `\t${line}` : line;
}

/** Writes a line of a text behind another number, moved to the right where the text has its numbers so. */
function numberSpeller({ lines, contents }: NumberedLines): (index: number, number: number) => string {
  const width = lines.some((line, index) => contents[index] !== undefined && line.startsWith(' '))
    ? endOfNumber(lines.find((_line, index) => contents[index] !== undefined) ?? '') - 1
    : 0;
  return (index, number) => {
    const line = lines[index] ?? '';
    return `${String(number).padStart(width)}${line[endOfNumber(line) - 1] ?? ''}${contents[index] ?? ''}`;
  };
}
