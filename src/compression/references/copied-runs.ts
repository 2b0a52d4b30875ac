import { matchLines } from './match-lines.ts';
import { wholeEnd } from '../whole-end.ts';
import { findSharedRuns } from './shared-runs.ts';

const LONGEST_QUOTE_CHARS = 40;
/** About what it takes to say where a run stands. */
const RUN_TOKENS = 24;

/**
 * What is new in a text beside an earlier one: lines behind their numbers, and for those that the earlier one has too
 * where they stand there, with the first and the last of them quoted, since nobody counts lines. Where the two are
 * different stretches of one text, this is shorter than a diff, which says again what is gone. `undefined` where nothing
 * is shared.
 */
export function writeCopiedRuns(text: string, base: string): string | undefined {
  const lines = text.split('\n');
  const there = base.split('\n');
  const runs = findSharedRuns(lines, { matches: matchLines(lines, there), costTokens: RUN_TOKENS });
  if (runs.length === 0) return undefined;
  const shown: string[] = [];
  let next = 0;
  for (const { first, firstThere, length } of runs) {
    for (; next < first; next++) shown.push(`${next + 1}\t${lines[next] ?? ''}`);
    const quotes = `"${quote(lines[first])}" to "${quote(lines[first + length - 1])}"`;
    shown.push(`[${first + 1}-${first + length} same as ${firstThere + 1}-${firstThere + length} there: ${quotes}]`);
    next = first + length;
  }
  for (; next < lines.length; next++) shown.push(`${next + 1}\t${lines[next] ?? ''}`);
  return shown.join('\n');
}

const RUN = /^\[\d{1,9}-\d{1,9} same as (\d{1,9})-(\d{1,9}) there: /;

/** Undoes `writeCopiedRuns`. */
export function applyCopiedRuns(delta: string, base: string): string {
  const there = base.split('\n');
  const lines: string[] = [];
  for (const shown of delta.split('\n')) {
    const run = RUN.exec(shown);
    if (run === null) lines.push(shown.slice(shown.indexOf('\t') + 1));
    else for (let number = Number(run[1]); number <= Number(run[2]); number++) lines.push(there[number - 1] ?? '');
  }
  return lines.join('\n');
}

function quote(line = ''): string {
  const text = line.trim();
  return text.length <= LONGEST_QUOTE_CHARS ? text : `${text.slice(0, wholeEnd(text, LONGEST_QUOTE_CHARS))}...`;
}
