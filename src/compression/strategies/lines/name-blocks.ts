import { findRepeats } from './find-repeats.ts';
import type { RepeatRound } from './find-repeats.ts';

const NAMED = /^\[block (\d+): (?:this line|these (\d+) lines)\]$/;
const AGAIN = /^\[blocks? ([\d, -]+) again\]$/;

/** How lines begin that this writes. */
export const BLOCK_MARKERS = ['[block ', '[blocks '] as const;

/**
 * Lines that come back later are named where they first stand, `[block 1: these 9 lines]`, and called
 * `[block 1 again]` or `[blocks 1, 4-6 again]` after that. The number is that of the written lines which follow; blocks
 * can lie within blocks. No line may begin like a marker.
 */
export function nameBlocks(
  lines: readonly string[],
  {
    ids,
    tokens,
    leastGain,
  }: { readonly ids: Int32Array; readonly tokens: readonly number[]; readonly leastGain: number },
): string[] {
  const rounds = findRepeats(ids, { tokens, leastGain });
  const blocks = blocksOf(rounds, lines.length);
  const repeats = new Map(rounds.flatMap((round) => round.repeats.map((repeat) => [repeat.at, { repeat, round }])));
  const named: string[] = [];
  const names = new Map<string, number>();
  const open: { readonly marker: number; readonly name: number; readonly end: number }[] = [];
  let index = 0;
  while (index < lines.length) {
    closeBlocks(open, named, index);
    for (const end of blocks.get(index) ?? []) {
      names.set(`${index}-${end}`, names.size + 1);
      open.push({ marker: named.length, name: names.size, end });
      named.push('');
    }
    const numbers: number[] = [];
    const limit = open.at(-1)?.end ?? lines.length;
    for (let found = repeats.get(index); found !== undefined && index < limit; found = repeats.get(index)) {
      numbers.push(...namesOf(found, names));
      index += found.repeat.length;
      if (blocks.has(index)) break;
    }
    if (numbers.length > 0) named.push(`[${numbers.length === 1 ? 'block' : 'blocks'} ${ranges(numbers)} again]`);
    else named.push(lines[index++] ?? '');
  }
  closeBlocks(open, named, index);
  return named;
}

/** The lines that `nameBlocks` was given. */
export function unnameBlocks(lines: readonly string[]): string[] {
  const blocks = new Map<number, readonly string[]>();
  const unnamed: string[] = [];
  const open: { readonly name: number; readonly start: number; left: number }[] = [];
  for (const line of lines) {
    for (const block of open) block.left--;
    const isMarker = line.startsWith('[block');
    const naming = isMarker ? NAMED.exec(line) : null;
    const again = isMarker && naming === null ? AGAIN.exec(line) : null;
    if (naming !== null) open.push({ name: Number(naming[1]), start: unnamed.length, left: Number(naming[2] ?? 1) });
    else if (again === null) unnamed.push(line);
    else
      for (const name of fromRanges(again[1] ?? ''))
        for (const repeated of blocks.get(name) ?? []) unnamed.push(repeated);
    for (let last = open.at(-1); last !== undefined && last.left <= 0; last = open.at(-1)) {
      blocks.set(last.name, unnamed.slice(last.start));
      open.pop();
    }
  }
  return unnamed;
}

/** Where blocks begin, and where those end, the outer before the inner. */
function blocksOf(rounds: readonly RepeatRound[], length: number): ReadonlyMap<number, readonly number[]> {
  const blocks = new Map<number, number[]>();
  for (const { repeats, edges } of rounds) {
    const isReferred = new Uint8Array(length);
    for (const { source, length } of repeats) isReferred.fill(1, source, source + length);
    let start = -1;
    for (let index = 0; index <= length; index++) {
      if (edges[index] !== 1) continue;
      if (start >= 0 && isReferred[start] === 1) {
        const ends = blocks.get(start);
        if (ends === undefined) blocks.set(start, [index]);
        else if (!ends.includes(index)) ends.push(index);
      }
      start = index;
    }
  }
  return blocks;
}

function namesOf(
  {
    repeat,
    round,
  }: { readonly repeat: { readonly source: number; readonly length: number }; readonly round: RepeatRound },
  names: ReadonlyMap<string, number>,
): readonly number[] {
  const numbers: number[] = [];
  let start = repeat.source;
  for (let index = start + 1; index <= repeat.source + repeat.length; index++) {
    if (round.edges[index] !== 1) continue;
    numbers.push(names.get(`${start}-${index}`) ?? 0);
    start = index;
  }
  return numbers;
}

function closeBlocks(
  open: { readonly marker: number; readonly name: number; readonly end: number }[],
  named: string[],
  index: number,
): void {
  for (let last = open.at(-1); last !== undefined && last.end <= index; last = open.at(-1)) {
    const count = named.length - last.marker - 1;
    named[last.marker] = `[block ${last.name}: ${count === 1 ? 'this line' : `these ${count} lines`}]`;
    open.pop();
  }
}

/** `1, 4-6`: three or more that follow one another are a range. */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    const first = numbers[at] ?? 0;
    let count = 1;
    while (numbers[at + count] === first + count) count++;
    if (count < 3) count = 1;
    parts.push(count === 1 ? `${first}` : `${first}-${first + count - 1}`);
    at += count;
  }
  return parts.join(', ');
}

function* fromRanges(text: string): Generator<number> {
  for (const part of text.split(', ')) {
    const [first = '0', last = first] = part.split('-');
    for (let number = Number(first); number <= Number(last); number++) yield number;
  }
}
