import { estimateTokens } from './estimate-tokens.ts';

/** A run is looked for at distances of up to this many lines: it bounds the work on each line. */
const LONGEST_PERIOD = 64;
/** What one marker costs, in tokens, with its newline. */
const MARKER_TOKENS = 8;
const AGAIN_TOKENS = 5;

const REPEATED = /^\[previous (?:line|(\d+) lines) repeated (?:once|(\d+) times) more\]$/;
const NAMED = /^\[block (\d+): (?:this line|these (\d+) lines)\]$/;
const AGAIN = /^\[block (\d+) again\]$/;

export interface FoldOptions {
  /** A block is named only when that saves more than this many tokens. */
  readonly leastBlockGain: number;
}

/**
 * Says repetition once: a line or a group of lines that follows itself becomes `[previous 3 lines repeated 4 times
 * more]`; lines that come back later are named where they first stand, `[block 1: these 9 lines]`, and then called
 * `[block 1 again]`. Source lines that look like a marker are escaped by a backslash.
 */
export function foldRepeats(lines: readonly string[], { leastBlockGain }: FoldOptions): string[] {
  return nameBlocks(foldRuns(lines.map(escapeMarker)), leastBlockGain);
}

/** The lines that `foldRepeats` was given. */
export function unfoldRepeats(lines: readonly string[]): string[] {
  return unfoldRuns(unnameBlocks(lines)).map(unescapeMarker);
}

function foldRuns(lines: readonly string[]): string[] {
  const { ids } = intern(lines);
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

/**
 * A block is a longest chain of lines of which each is always followed, and the next always preceded, by the other.
 * So two blocks never overlap, and every occurrence is whole.
 */
function nameBlocks(lines: readonly string[], leastGain: number): string[] {
  const { ids, distinct } = intern(lines);
  const counts = new Int32Array(distinct);
  const next = new Int32Array(distinct).fill(UNSEEN);
  const previous = new Int32Array(distinct).fill(UNSEEN);
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0;
    counts[id] = (counts[id] ?? 0) + 1;
    settle(next, id, ids[index + 1]);
    settle(previous, id, index === 0 ? undefined : ids[index - 1]);
  }
  const named: string[] = [];
  const names = new Map<number, number>();
  let index = 0;
  while (index < ids.length) {
    const id = ids[index] ?? 0;
    const name = names.get(id);
    let length = 1;
    let tail = id;
    for (
      let follower = next[tail] ?? MANY;
      follower >= 0 && previous[follower] === tail;
      follower = next[tail] ?? MANY
    ) {
      tail = follower;
      length++;
    }
    if (name !== undefined) {
      named.push(`[block ${name} again]`);
      index += length;
      continue;
    }
    const count = counts[id] ?? 0;
    if (count > 1) {
      const tokens = tokensOf(lines, index, length);
      if ((count - 1) * (tokens - AGAIN_TOKENS) - MARKER_TOKENS > leastGain) {
        names.set(id, names.size + 1);
        named.push(`[block ${names.size}: ${length === 1 ? 'this line' : `these ${length} lines`}]`);
      }
    }
    for (let step = 0; step < length; step++) named.push(lines[index + step] ?? '');
    index += length;
  }
  return named;
}

const UNSEEN = -1;
const MANY = -2;

function settle(neighbours: Int32Array, id: number, neighbour: number | undefined): void {
  if (neighbour === undefined) neighbours[id] = MANY;
  else if (neighbours[id] === UNSEEN) neighbours[id] = neighbour;
  else if (neighbours[id] !== neighbour) neighbours[id] = MANY;
}

function unnameBlocks(lines: readonly string[]): string[] {
  const blocks = new Map<string, readonly string[]>();
  const unnamed: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const isMarker = line.startsWith('[block ');
    const naming = isMarker ? NAMED.exec(line) : null;
    if (naming !== null) {
      const length = Number(naming[2] ?? 1);
      blocks.set(naming[1] ?? '', lines.slice(index + 1, index + 1 + length));
      continue;
    }
    const again = isMarker ? AGAIN.exec(line) : null;
    if (again === null) unnamed.push(line);
    else for (const repeated of blocks.get(again[1] ?? '') ?? []) unnamed.push(repeated);
  }
  return unnamed;
}

function intern(lines: readonly string[]): { readonly ids: Int32Array; readonly distinct: number } {
  const known = new Map<string, number>();
  const ids = new Int32Array(lines.length);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    let id = known.get(line);
    if (id === undefined) known.set(line, (id = known.size));
    ids[index] = id;
  }
  return { ids, distinct: known.size };
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
  return line.startsWith('[previous ', start) || line.startsWith('[block ', start);
}
