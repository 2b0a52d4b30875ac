import { estimateTokens } from './estimate-tokens.ts';
import { BLOCK_MARKERS, nameBlocks, unnameBlocks } from './name-blocks.ts';

/** A run is looked for at distances of up to this many lines: it bounds the work on each line. */
const LONGEST_PERIOD = 64;
/** What one marker costs, in tokens, with its newline. */
const MARKER_TOKENS = 8;

const REPEATED = /^\[previous (?:line|(\d+) lines) repeated (?:once|(\d+) times) more\]$/;

const MARKERS = ['[previous ', ...BLOCK_MARKERS];

export interface FoldOptions {
  /** A block is named only when that saves more than this many tokens. */
  readonly leastBlockGain: number;
}

/**
 * Says repetition once: a line or a group of lines that follows itself becomes `[previous 3 lines repeated 4 times
 * more]`; lines that come back later are named where they first stand. Source lines that look like a marker are escaped by a backslash.
 */
export function foldRepeats(lines: readonly string[], { leastBlockGain }: FoldOptions): string[] {
  const folded = foldRuns(lines.map(escapeMarker));
  const tokens = folded.map((line) => estimateTokens(line) + 1);
  return nameBlocks(folded, { ids: intern(folded), tokens, leastGain: leastBlockGain });
}

/** The lines that `foldRepeats` was given. */
export function unfoldRepeats(lines: readonly string[]): string[] {
  return unfoldRuns(unnameBlocks(lines)).map(unescapeMarker);
}

function foldRuns(lines: readonly string[]): string[] {
  const ids = intern(lines);
  const last = new Map<number, number>();
  const folded: string[] = [];
  let index = 0;
  while (index < ids.length) {
    const id = ids[index] ?? 0;
    const period = index - (last.get(id) ?? Number.NEGATIVE_INFINITY);
    const times = period <= LONGEST_PERIOD ? repetitions(ids, index, period) : 0;
    if (times > 0 && times * tokensOf(lines, index, period) > MARKER_TOKENS) {
      folded.push(repeatMarker(period, times));
      for (let step = 0; step < period; step++) last.set(ids[index + step] ?? 0, index + (times - 1) * period + step);
      index += times * period;
      continue;
    }
    last.set(id, index);
    folded.push(lines[index] ?? '');
    index++;
  }
  return folded;
}

/** How often the `period` lines before `index` stand again from `index` on. */
function repetitions(ids: Int32Array, index: number, period: number): number {
  let matched = 0;
  while (index + matched < ids.length && ids[index + matched] === ids[index + matched - period]) matched++;
  return Math.floor(matched / period);
}

function repeatMarker(period: number, times: number): string {
  const what = period === 1 ? 'line' : `${period} lines`;
  return `[previous ${what} repeated ${times === 1 ? 'once' : `${times} times`} more]`;
}

function unfoldRuns(lines: readonly string[]): string[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    const marker = line.startsWith('[previous ') ? REPEATED.exec(line) : null;
    if (marker === null) {
      unfolded.push(line);
      continue;
    }
    const period = Number(marker[1] ?? 1);
    const end = unfolded.length + period * Number(marker[2] ?? 1);
    for (let index = unfolded.length; index < end; index++) unfolded.push(unfolded[index - period] ?? '');
  }
  return unfolded;
}

/** The same number for the same line. */
function intern(lines: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  const ids = new Int32Array(lines.length);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    let id = known.get(line);
    if (id === undefined) known.set(line, (id = known.size));
    ids[index] = id;
  }
  return ids;
}

function tokensOf(lines: readonly string[], start: number, length: number): number {
  let tokens = length;
  for (let step = 0; step < length; step++) tokens += estimateTokens(lines[start + step] ?? '');
  return tokens;
}

function escapeMarker(line: string): string {
  return looksLikeMarker(line) ? `\\${line}` : line;
}

function unescapeMarker(line: string): string {
  return line.startsWith('\\') && looksLikeMarker(line) ? line.slice(1) : line;
}

/** Any number of backslashes, then the beginning of a marker. */
function looksLikeMarker(line: string): boolean {
  let start = 0;
  while (line.charCodeAt(start) === 92) start++;
  return MARKERS.some((marker) => line.startsWith(marker, start));
}
