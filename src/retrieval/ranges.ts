/** Units of a text, counted from 1, first and last included. */
export interface UnitRange {
  readonly first: number;
  readonly last: number;
}

/** Characters of a list of ranges that are read. */
const MOST_CHARACTERS = 4_000;
const RANGE = /^(\d{1,15})(?:\s*[-–]\s*(\d{1,15})?)?$/;

/**
 * Reads ranges as `12`, `12-480`, `12-` (to the end) and lists of them, `3, 12-20`. Sorted, overlaps joined, cut to
 * `1-total`. `malformed` when nothing in it is a range, `outside` when nothing of what is meant exists.
 */
export function parseRanges(ranges: string, total: number): readonly UnitRange[] | 'malformed' | 'outside' {
  const pieces = ranges
    .slice(0, MOST_CHARACTERS)
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const read: UnitRange[] = [];
  for (const piece of pieces) {
    const match = RANGE.exec(piece);
    if (match === null) continue;
    const from = Number(match[1]);
    const isOpen = match[2] === undefined && /[-–]$/.test(piece);
    const to = isOpen ? Math.max(from, total) : Number(match[2] ?? from);
    read.push({ first: Math.min(from, to), last: Math.max(from, to) });
  }
  if (read.length === 0) return 'malformed';
  const joined = join(read.map(({ first, last }) => ({ first: Math.max(first, 1), last: Math.min(last, total) })));
  return joined.length === 0 ? 'outside' : joined;
}

function join(ranges: readonly UnitRange[]): readonly UnitRange[] {
  const joined: UnitRange[] = [];
  for (const range of ranges.filter(({ first, last }) => first <= last).sort((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before === undefined || range.first > before.last + 1) joined.push(range);
    else joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return joined;
}

/** `3, 12-480`. */
export function formatRange({ first, last }: UnitRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}
