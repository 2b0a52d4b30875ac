/**
 * For each line of `lines` the index of the line of `there` that it is matched with, or -1. Matched lines are equal, and
 * rise in both texts: it is a patience diff, which anchors on lines that are unique on both sides, and so keeps braces
 * and blank lines of one place from passing for those of another. Lines that are `undefined` match nothing.
 */
export function matchLines(
  lines: readonly (string | undefined)[],
  there: readonly (string | undefined)[],
): Int32Array<ArrayBuffer> {
  const number = lineNumbering();
  const here = number(lines);
  const other = number(there);
  const matches = new Int32Array(lines.length).fill(-1);
  matchWithin({ here, other, matches }, { first: 0, end: here.length, firstThere: 0, endThere: other.length }, 0);
  return matches;
}

/** Anchors are looked for between anchors so many times: each time costs one pass over what is left. */
const MOST_LEVELS = 8;
/** Where nothing is unique, the longest common sequence is looked for in tables of at most this many cells. */
const MOST_CELLS = 2_048;

interface Sides {
  readonly here: Int32Array;
  readonly other: Int32Array;
  readonly matches: Int32Array;
}

interface Span {
  readonly first: number;
  readonly end: number;
  readonly firstThere: number;
  readonly endThere: number;
}

/** Equal lines get equal numbers; each `undefined` gets one of its own. */
function lineNumbering(): (lines: readonly (string | undefined)[]) => Int32Array<ArrayBuffer> {
  const numbers = new Map<string, number>();
  let next = 0;
  return (lines) =>
    Int32Array.from(lines, (line) => {
      if (line === undefined) return next++;
      const known = numbers.get(line);
      if (known !== undefined) return known;
      numbers.set(line, next);
      return next++;
    });
}

function matchWithin(sides: Sides, span: Span, level: number): void {
  const { first, end, firstThere, endThere } = matchEnds(sides, span);
  if (first >= end || firstThere >= endThere || level === MOST_LEVELS) return;
  const inner = { first, end, firstThere, endThere };
  const anchors = risingAnchors(uniqueInBoth(sides, inner));
  if (anchors.length === 0) {
    if ((end - first) * (endThere - firstThere) <= MOST_CELLS) matchLongest(sides, inner);
    return;
  }
  let from = first;
  let fromThere = firstThere;
  for (const { at, there } of anchors) {
    matchWithin(sides, { first: from, end: at + 1, firstThere: fromThere, endThere: there + 1 }, level + 1);
    from = at + 1;
    fromThere = there + 1;
  }
  matchWithin(sides, { first: from, end, firstThere: fromThere, endThere }, level + 1);
}

/** Matches what both sides begin and end with, and says what is left between. */
function matchEnds({ here, other, matches }: Sides, { first, end, firstThere, endThere }: Span): Span {
  while (first < end && firstThere < endThere && here[first] === other[firstThere]) matches[first++] = firstThere++;
  while (first < end && firstThere < endThere && here[end - 1] === other[endThere - 1]) matches[--end] = --endThere;
  return { first, end, firstThere, endThere };
}

interface Anchor {
  readonly at: number;
  readonly there: number;
}

function uniqueInBoth({ here, other }: Sides, { first, end, firstThere, endThere }: Span): readonly Anchor[] {
  const places = new Map<number, number>();
  for (let index = firstThere; index < endThere; index++) {
    const line = other[index] ?? 0;
    places.set(line, places.has(line) ? -1 : index);
  }
  const counts = new Map<number, number>();
  for (let index = first; index < end; index++) {
    const line = here[index] ?? 0;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const anchors: Anchor[] = [];
  for (let at = first; at < end; at++) {
    const line = here[at] ?? 0;
    const there = places.get(line) ?? -1;
    if (there >= 0 && counts.get(line) === 1) anchors.push({ at, there });
  }
  return anchors;
}

/** The longest sequence of anchors that rises on both sides. */
function risingAnchors(anchors: readonly Anchor[]): readonly Anchor[] {
  const tails: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  for (const [index, { there }] of anchors.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tails[middle] ?? 0]?.there ?? 0) < there) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const rising: Anchor[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const anchor = anchors[index];
    if (anchor !== undefined) rising.push(anchor);
  }
  return rising.reverse();
}

/** The longest common sequence of two short stretches. */
function matchLongest({ here, other, matches }: Sides, { first, end, firstThere, endThere }: Span): void {
  const width = endThere - firstThere + 1;
  const lengths = new Int32Array((end - first + 1) * width);
  for (let row = end - first - 1; row >= 0; row--) {
    for (let column = width - 2; column >= 0; column--) {
      const at = row * width + column;
      lengths[at] =
        here[first + row] === other[firstThere + column]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  for (let row = 0, column = 0; row < end - first && column < width - 1;) {
    const at = row * width + column;
    if (here[first + row] === other[firstThere + column]) {
      matches[first + row] = firstThere + column;
      row++;
      column++;
    } else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) row++;
    else column++;
  }
}
