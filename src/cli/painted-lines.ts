import type { AfterLine, BeforePiece } from './comparison.ts';
import { formatRange } from './explain-decision.ts';
import { countOf } from './number-format.ts';
import type { Ink } from './screen.ts';
import { expandTabs, wrapLine } from './text-width.ts';
import { visibleText } from './visible-text.ts';

/** A line of one column, at most as wide as the column. */
export interface PaintedLine {
  readonly text: string;
  readonly ink?: Ink | undefined;
  /** Which line of its text, or row of its comparison, it belongs to, from 0. */
  readonly index: number;
  /** Whether it goes on with what the line above it began. */
  readonly continues: boolean;
}

/** A column on the screen. */
export interface Column {
  /** Room for the numbers of lines and a blank behind them; 0 without numbers. */
  readonly gutterWidth: number;
  readonly textWidth: number;
  /** Lines of a row of a comparison, so that one long row does not hide the others. */
  readonly mostLinesOfRow: number;
}

/** A text from the top, its lines numbered where there is room for numbers. */
export function* paintText(lines: readonly string[], column: Column): Generator<PaintedLine> {
  for (const [index, line] of lines.entries()) yield* wrap(line, column, { index, label: String(index + 1) });
}

export function* paintAfter(lines: readonly AfterLine[], column: Column): Generator<PaintedLine> {
  for (const [index, line] of lines.entries()) yield* wrapAfter(line, column, index);
}

/** What stands in a row on the side of the original. */
export function* paintPiece(
  piece: BeforePiece | undefined,
  column: Column,
  { index, unit }: { readonly index: number; readonly unit: 'rows' | 'lines' },
): Generator<PaintedLine> {
  if (piece === undefined) return;
  if (piece.type === 'gap') {
    const { first, last } = piece.range;
    const text = `… ${countOf(last - first + 1, unit.slice(0, -1))} left out: ${formatRange(piece.range)} …`;
    yield* wrap(text, column, { index, ink: 'quiet' });
    return;
  }
  yield* cutRow(paintUnit(piece, column, index), column);
}

/** What stands in a row on the other side. A notice is never cut: its end says how to ask for what went. */
export function* paintLine(line: AfterLine | undefined, column: Column, index: number): Generator<PaintedLine> {
  if (line === undefined) return;
  const lines = wrapAfter(line, column, index);
  yield* line.isNotice ? lines : cutRow(lines, column);
}

function* paintUnit(
  piece: Exclude<BeforePiece, { type: 'gap' }>,
  column: Column,
  index: number,
): Generator<PaintedLine> {
  let label = piece.type === 'unit' ? String(piece.number) : '';
  let continues = false;
  for (const line of piece.text.split('\n')) {
    yield* wrap(line, column, { index, label, continues });
    label = '';
    continues = true;
  }
}

function wrapAfter({ text, isNotice }: AfterLine, column: Column, index: number): Generator<PaintedLine> {
  return wrap(text, column, { index, ink: isNotice ? 'notice' : undefined });
}

interface Wrapping {
  readonly index: number;
  /** What stands in the gutter of the first line. */
  readonly label?: string;
  readonly ink?: Ink | undefined;
  readonly continues?: boolean;
}

function* wrap(
  line: string,
  { gutterWidth, textWidth }: Column,
  { index, label = '', ink, continues: continuesRow = false }: Wrapping,
): Generator<PaintedLine> {
  let gutter = gutterWidth === 0 ? '' : `${label.padStart(gutterWidth - 1)} `;
  let continues = continuesRow;
  for (const piece of wrapLine(expandTabs(visibleText(line)), textWidth)) {
    yield { text: gutter + piece, ink, index, continues };
    gutter = ' '.repeat(gutterWidth);
    continues = true;
  }
}

/** The first lines, and a sign in place of the last where there are more. */
function* cutRow(lines: Iterable<PaintedLine>, { gutterWidth, mostLinesOfRow }: Column): Generator<PaintedLine> {
  let count = 0;
  let held: PaintedLine | undefined;
  for (const line of lines) {
    if (held !== undefined) yield held;
    held = line;
    count++;
    if (count <= mostLinesOfRow) continue;
    yield { ...line, text: `${' '.repeat(gutterWidth)}… more of it: --full`, ink: 'quiet' };
    return;
  }
  if (held !== undefined) yield held;
}
