import type { Column } from './derive-templates.ts';

/** A piece of a template: literal text, the text of another column, or what is the row's own. */
export type Piece = string | { readonly column: Column } | { readonly own: true };

interface Rows {
  readonly rows: readonly number[];
  readonly usable: readonly Column[];
}

/**
 * What the texts of some rows have in common when they are read side by side: at each place either the text of another
 * column or the same character, from the left and, where that ends, from the right.
 */
export function readSideBySide(column: Column, { rows, usable }: Rows): readonly Piece[] {
  const texts = rows.map((row) => column.texts[row] ?? '');
  const refs = usable
    .map((other) => ({ column: other, texts: rows.map((row) => other.texts[row] ?? '') }))
    .sort((left, right) => (right.texts[0] ?? '').length - (left.texts[0] ?? '').length);
  const starts = texts.map(() => 0);
  const ends = texts.map(({ length }) => length);
  const before: Piece[] = [];
  const behind: Piece[] = [];
  const advance = (pieces: Piece[], forward: boolean): boolean => {
    const fits = (index: number, text: string): boolean => {
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      if (text === '' || end - start < text.length) return false;
      return texts[index]?.startsWith(text, forward ? start : end - text.length) === true;
    };
    const found = refs.find((ref) => ref.texts.every((text, index) => fits(index, text)));
    const first = texts[0] ?? '';
    const character = forward ? first.charAt(starts[0] ?? 0) : first.charAt((ends[0] ?? 0) - 1);
    if (found === undefined && !texts.every((_text, index) => fits(index, character))) return false;
    for (const index of texts.keys()) {
      const length = (found?.texts[index] ?? character).length;
      if (forward) starts[index] = (starts[index] ?? 0) + length;
      else ends[index] = (ends[index] ?? 0) - length;
    }
    if (found !== undefined) pieces.push({ column: found.column });
    else {
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = forward ? last + character : character + last;
      else pieces.push(character);
    }
    return true;
  };
  while (advance(before, true));
  if (texts.every((_text, index) => starts[index] === ends[index])) return before;
  while (advance(behind, false));
  return [...toBoundary(before, true), { own: true }, ...toBoundary(behind, false).toReversed()];
}

/** What all rows begin and end with. */
export function readFrame(column: Column, rows: readonly number[]): readonly Piece[] {
  return readSideBySide(column, { rows, usable: [] });
}

/** Takes word characters back from a literal's edge, so that no word and no number is cut in two. */
function toBoundary(pieces: readonly Piece[], forward: boolean): Piece[] {
  const last = pieces.at(-1);
  if (typeof last !== 'string') return [...pieces];
  let from = 0;
  let to = last.length;
  const isClockMark = forward ? /\dT$/.test(last) : last === 'Z';
  if (!isClockMark) {
    if (forward) while (to > 0 && isWordCode(last.charCodeAt(to - 1))) to--;
    else while (from < to && isWordCode(last.charCodeAt(from))) from++;
  }
  const kept = last.slice(from, to);
  return kept === '' ? pieces.slice(0, -1) : [...pieces.slice(0, -1), kept];
}

/** ASCII letters and digits and everything beyond ASCII, where a cut could split a character in two. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0x7f
  );
}
