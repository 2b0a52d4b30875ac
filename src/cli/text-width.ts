const PLAIN = /^[\x20-\x7e]*$/;
const EMOJI = /^\p{Emoji_Presentation}/u;
const EMOJI_VARIANT = /^\p{Emoji}.*\u{fe0f}/u;
const UNSPACED = /^[\p{Mn}\p{Me}\u{200c}\u{200d}]/u;
const TAB_COLUMNS = 4;
/** A line breaks behind the last blank within so many of its last columns, or else anywhere. */
const SEARCH_FOR_BLANK_COLUMNS = 16;

/** Wide and full-width characters: https://www.unicode.org/reports/tr11/ (emoji, which Unicode tells, are not among them). */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface Cell {
  readonly text: string;
  readonly width: number;
}

/** Columns that a text without controls takes in a terminal. A grapheme takes 0, 1 or 2. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const cell of cellsOf(text)) width += cell.width;
  return width;
}

/** The text with its tabs spelled out as blanks, to the next fourth column. */
export function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let expanded = '';
  let width = 0;
  for (const [index, part] of line.split('\t').entries()) {
    if (index > 0) {
      const blanks = TAB_COLUMNS - (width % TAB_COLUMNS);
      expanded += ' '.repeat(blanks);
      width += blanks;
    }
    expanded += part;
    width += textWidth(part);
  }
  return expanded;
}

/**
 * A line in pieces of at most so many columns, never parted within a grapheme; at least one, which may be empty. Nothing of
 * it is lost: the pieces joined are the line.
 */
export function* wrapLine(line: string, columns: number): Generator<string> {
  if (PLAIN.test(line)) {
    for (let start = 0; start === 0 || start < line.length;) {
      let end = Math.min(line.length, start + columns);
      if (end < line.length) {
        const blank = line.lastIndexOf(' ', end - 1);
        if (blank >= start && blank >= end - SEARCH_FOR_BLANK_COLUMNS) end = blank + 1;
      }
      yield line.slice(start, end);
      start = Math.max(end, 1);
    }
    return;
  }
  let cells: Cell[] = [];
  let width = 0;
  for (const cell of cellsOf(line)) {
    while (width + cell.width > columns && cells.length > 0) {
      const end = endOfPiece(cells);
      yield textOf(cells.slice(0, end));
      cells = cells.slice(end);
      width = cells.reduce((sum, { width }) => sum + width, 0);
    }
    cells.push(cell);
    width += cell.width;
  }
  yield textOf(cells);
}

/** Behind the last blank near the end, or else all. */
function endOfPiece(cells: readonly Cell[]): number {
  const blank = cells.findLastIndex(({ text }) => text === ' ');
  return blank >= 0 && blank >= cells.length - SEARCH_FOR_BLANK_COLUMNS ? blank + 1 : cells.length;
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}

/** At most so many columns, the last one an ellipsis where something is cut off, filled up with blanks on the side named. */
export function fitText(text: string, columns: number, fill: 'none' | 'start' | 'end' = 'none'): string {
  const cut = cutText(text, columns);
  const blanks = ' '.repeat(fill === 'none' ? 0 : Math.max(0, columns - textWidth(cut)));
  return fill === 'start' ? blanks + cut : cut + blanks;
}

function cutText(text: string, columns: number): string {
  if (text.length <= columns && PLAIN.test(text)) return text;
  let cut = '';
  let width = 0;
  let beforeLast = '';
  for (const cell of cellsOf(text)) {
    if (width + cell.width > columns) return `${beforeLast}…`;
    cut += cell.text;
    width += cell.width;
    if (width <= columns - 1) beforeLast = cut;
  }
  return cut;
}

function* cellsOf(text: string): Generator<Cell> {
  for (const { segment } of graphemes.segment(text)) yield { text: segment, width: cellWidth(segment) };
}

function cellWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300 && grapheme.length === 1) return 1;
  if (UNSPACED.test(grapheme)) return 0;
  if (EMOJI.test(grapheme) || EMOJI_VARIANT.test(grapheme)) return 2;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
