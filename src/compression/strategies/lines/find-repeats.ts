/** Lines that stand earlier, whole: `length` lines from `at` on are those from `source` on. */
export interface Repeat {
  readonly at: number;
  readonly source: number;
  readonly length: number;
}

/** What was found in one round. */
export interface RepeatRound {
  /** Ascending and disjoint. */
  readonly repeats: readonly Repeat[];
  /** 1 where what repeats refer to begins or ends: what lies between two edges is referred to as a whole. */
  readonly edges: Uint8Array;
}

export interface RepeatCosts {
  /** Tokens of each line, its newline counted. */
  readonly tokens: readonly number[];
  /** A block has to save more than this, its markers counted. */
  readonly leastGain: number;
}

/** What naming a block and referring to it cost, in tokens, each with a newline. */
const NAME_TOKENS = 10;
const AGAIN_TOKENS = 6;
/** Long repeats are looked for first, so that short ones do not cut them in pieces. */
const LONG_GAIN = 80;
/** So many earlier places are compared for each line: the first ones. */
const MOST_PLACES = 12;
/** A repeat that begins or ends so near to an edge is cut to it. */
const NEAR_LINES = 3;
const NEAR_TOKENS = 14;

/**
 * Finds lines that repeat earlier ones in two rounds: long repeats, then short ones in what is left. Repeats of the
 * second round lie within blocks of the first or outside of them, never across an edge. Linear in the lines.
 */
export function findRepeats(ids: Int32Array, { tokens, leastGain }: RepeatCosts): readonly RepeatRound[] {
  const sums = new Float64Array(ids.length + 1);
  for (let index = 0; index < ids.length; index++) sums[index + 1] = (sums[index] ?? 0) + (tokens[index] ?? 0);
  const counts = new Int32Array(ids.length);
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  const isTaken = new Uint8Array(ids.length);
  const search: Search = { ids, sums, counts, isTaken, walls: new Uint8Array(ids.length + 1) };
  return [
    { isLong: true, leastGain: Math.max(LONG_GAIN, leastGain) },
    { isLong: false, leastGain },
  ].map((wanted) => {
    const round = findRound(search, wanted);
    for (const [index, edge] of round.edges.entries()) if (edge === 1) search.walls[index] = 1;
    return round;
  });
}

interface Search {
  readonly ids: Int32Array;
  /** Tokens before each line. */
  readonly sums: Float64Array;
  /** How often each line comes. */
  readonly counts: Int32Array;
  /** 1 where a line is part of a repeat. */
  readonly isTaken: Uint8Array;
  /** Edges of earlier rounds. */
  readonly walls: Uint8Array;
}

interface Wanted {
  /** Whether each repeat has to be worth it by itself, or may be by those like it. */
  readonly isLong: boolean;
  readonly leastGain: number;
}

function findRound(search: Search, { isLong, leastGain }: Wanted): RepeatRound {
  const { ids, isTaken } = search;
  const edges = new Uint8Array(ids.length + 1);
  const repeats: Repeat[] = [];
  const places = new Map<number, number[]>();
  let index = 0;
  while (index < ids.length) {
    if (isTaken[index] === 1) {
      index++;
      continue;
    }
    const known = places.get(ids[index] ?? 0);
    const longest = known === undefined ? undefined : longestRepeat(search, index, known);
    const repeat = longest === undefined ? undefined : fitted(search, longest, edges);
    if (repeat !== undefined && gainOf(search, repeat, { edges, isLong }) > leastGain) {
      isTaken.fill(1, repeat.at, repeat.at + repeat.length);
      edges[repeat.source] = 1;
      edges[repeat.source + repeat.length] = 1;
      repeats.push(repeat);
      index = Math.max(index + 1, repeat.at + repeat.length);
      continue;
    }
    if (known === undefined) places.set(ids[index] ?? 0, [index]);
    else if (known.length < MOST_PLACES) known.push(index);
    index++;
  }
  return { repeats, edges };
}

/** The longest repeat of what stands at one of the places, extended to both sides as far as it goes. */
function longestRepeat({ ids, isTaken, walls }: Search, at: number, places: readonly number[]): Repeat | undefined {
  let source = -1;
  let length = 0;
  for (const place of places) {
    if (isTaken[place] === 1) continue;
    let same = 1;
    while (
      at + same < ids.length &&
      place + same < at &&
      ids[at + same] === ids[place + same] &&
      isTaken[at + same] !== 1 &&
      isTaken[place + same] !== 1 &&
      walls[at + same] !== 1 &&
      walls[place + same] !== 1
    )
      same++;
    if (same <= length) continue;
    source = place;
    length = same;
  }
  if (source < 0) return undefined;
  let before = 0;
  while (
    source - before > 0 &&
    at - before - 1 >= source + length &&
    ids[at - before - 1] === ids[source - before - 1] &&
    isTaken[at - before - 1] !== 1 &&
    isTaken[source - before - 1] !== 1 &&
    walls[at - before] !== 1 &&
    walls[source - before] !== 1
  )
    before++;
  return { at: at - before, source: source - before, length: length + before };
}

/** Cut to edges that lie just inside of it: a whole block is worth more than the few lines around it. */
function fitted({ sums }: Search, { at, source, length }: Repeat, edges: Uint8Array): Repeat {
  let start = 0;
  if (edges[source] !== 1) {
    for (let step = 1; step <= NEAR_LINES && step < length; step++) {
      if (edges[source + step] === 1 && cost(sums, source, step) <= NEAR_TOKENS) start = step;
    }
  }
  let end = length;
  if (edges[source + length] !== 1) {
    for (let step = 1; step <= NEAR_LINES && length - step > start; step++) {
      if (edges[source + length - step] === 1 && cost(sums, source + length - step, step) <= NEAR_TOKENS)
        end = length - step;
    }
  }
  return { at: at + start, source: source + start, length: end - start };
}

/**
 * What a repeat saves, and, but for long ones, others like it further on: as many as its rarest line comes. Less the
 * names that its blocks need and do not have yet.
 */
function gainOf(
  { sums, ids, counts }: Search,
  { source, length }: Repeat,
  { edges, isLong }: { readonly edges: Uint8Array; readonly isLong: boolean },
): number {
  const newEdges = (edges[source] === 1 ? 0 : 1) + (edges[source + length] === 1 ? 0 : 1);
  const names = newEdges === 0 ? 0 : (NAME_TOKENS * (newEdges + 1)) / 2;
  const saved = cost(sums, source, length) - AGAIN_TOKENS;
  let times = isLong ? 1 : ids.length;
  for (let index = source; index < source + length && times > 1; index++)
    times = Math.min(times, (counts[ids[index] ?? 0] ?? 0) - 1);
  return saved <= 0 ? saved : saved * times - names;
}

function cost(sums: Float64Array, start: number, length: number): number {
  return (sums[start + length] ?? 0) - (sums[start] ?? 0);
}
