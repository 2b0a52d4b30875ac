import type { AfterLine, BeforePiece, Comparison } from './comparison.ts';
import { formatRange } from './explain-decision.ts';
import { countOf } from './number-format.ts';
import { paint, type Ink, type Screen } from './screen.ts';
import { expandTabs, fitText, wrapLine } from './text-width.ts';
import { visibleText } from './visible-text.ts';

export interface SideBySideOptions {
  /** Titles of the two columns. */
  readonly titles: readonly [before: string, after: string];
  /** Lines on the screen after which the rest is counted instead of shown. */
  readonly mostLines: number;
}

interface Painted {
  readonly text: string;
  readonly ink?: Ink | undefined;
  /** Whether it goes on with a line of the text that the one above it began. */
  readonly continues?: boolean;
}

/** A line of the screen on each side; nothing where the text has ended. */
interface Shown {
  readonly before: Painted | undefined;
  readonly after: Painted | undefined;
}

interface Side {
  readonly gutterWidth: number;
  readonly textWidth: number;
  /** Lines on the screen for each row of an aligned comparison. */
  readonly mostLinesOfRow: number;
}

const MIDDLE = ' │ ';
/** Of what stands in one row of a comparison that is cut, so that one long row does not hide the others. */
const MOST_LINES_OF_ROW = 8;

/** Two texts in two columns, each wrapped in its own. Never more than `mostLines` and what names the rest. */
export function* sideBySide(
  comparison: Comparison,
  screen: Screen,
  { titles, mostLines }: SideBySideOptions,
): Generator<string> {
  const columnWidth = Math.floor((screen.columns - MIDDLE.length) / 2);
  const gutterWidth = gutterWidthOf(comparison);
  const mostLinesOfRow = mostLines === Infinity ? Infinity : MOST_LINES_OF_ROW;
  const before: Side = { gutterWidth, textWidth: Math.max(8, columnWidth - gutterWidth), mostLinesOfRow };
  const after: Side = { gutterWidth: 0, textWidth: columnWidth, mostLinesOfRow };
  const put = ({ before: left, after: right }: Shown): string => {
    const cell = paint(screen, left?.ink, fitText(left?.text ?? '', columnWidth, 'end'));
    const line = `${cell}${paint(screen, 'quiet', MIDDLE)}${paint(screen, right?.ink, fitText(right?.text ?? '', columnWidth))}`;
    return line.trimEnd();
  };
  yield put({ before: { text: titles[0], ink: 'heading' }, after: { text: titles[1], ink: 'heading' } });

  const progress: Progress = { before: 0, after: 0 };
  const shown =
    comparison.layout === 'aligned'
      ? alignedLines(comparison, { before, after, progress })
      : columnLines(comparison, { before, after, progress });
  let count = 0;
  for (const line of shown) {
    if (count === mostLines) {
      const [left, right] = restOf(comparison, progress, line);
      yield put({ before: { text: left, ink: 'quiet' }, after: { text: right, ink: 'quiet' } });
      return;
    }
    yield put(line);
    count++;
  }
}

/** Lines of each text, or rows of an aligned comparison, that were begun. */
interface Progress {
  before: number;
  after: number;
}

interface Layout {
  readonly before: Side;
  readonly after: Side;
  readonly progress: Progress;
}

function* columnLines(
  comparison: Extract<Comparison, { layout: 'columns' }>,
  { before, after, progress }: Layout,
): Generator<Shown> {
  const numbered = before.gutterWidth > 0;
  const left = flow(comparison.before, (text, index) => {
    progress.before = index + 1;
    return wrapPiece(text, before, { label: numbered ? String(index + 1) : '' });
  });
  const right = flow(comparison.after, (line, index) => {
    progress.after = index + 1;
    return wrapAfter(line, after);
  });
  yield* zip(left, right);
}

function* alignedLines(
  { rows, unit }: Extract<Comparison, { layout: 'aligned' }>,
  { before, after, progress }: Layout,
): Generator<Shown> {
  for (const [index, row] of rows.entries()) {
    progress.before = progress.after = index + 1;
    const left = row.before === undefined ? empty() : wrapBefore(row.before, before, unit);
    const right = row.after === undefined ? empty() : wrapAfterOfRow(row.after, after);
    yield* zip(left, right);
  }
}

function* wrapBefore(piece: BeforePiece, side: Side, unit: 'rows' | 'lines'): Generator<Painted> {
  if (piece.type === 'gap') {
    const { first, last } = piece.range;
    const text = `… ${countOf(last - first + 1, unit.slice(0, -1))} left out: ${formatRange(piece.range)} …`;
    yield* wrapPiece(text, side, { label: '', ink: 'quiet' });
    return;
  }
  const label = piece.type === 'unit' ? String(piece.number) : '';
  yield* cutRow(wrapLines(piece.text.split('\n'), side, label), side);
}

function* wrapLines(lines: readonly string[], side: Side, label: string): Generator<Painted> {
  for (const [index, line] of lines.entries()) yield* wrapPiece(line, side, { label: index === 0 ? label : '' });
}

/** The first lines, and a sign in place of the last where there are more. */
function* cutRow(lines: Iterable<Painted>, { gutterWidth, mostLinesOfRow }: Side): Generator<Painted> {
  let count = 0;
  let held: Painted | undefined;
  for (const line of lines) {
    if (held !== undefined) yield held;
    held = line;
    count++;
    if (count <= mostLinesOfRow) continue;
    yield { text: `${' '.repeat(gutterWidth)}… more of it: --full`, ink: 'quiet', continues: true };
    return;
  }
  if (held !== undefined) yield held;
}

/** A notice is short, and its end says how to ask for what went: it is shown whole. */
function wrapAfterOfRow(line: AfterLine, side: Side): Generator<Painted> {
  return line.isNotice ? wrapAfter(line, side) : cutRow(wrapAfter(line, side), side);
}

function wrapAfter({ text, isNotice }: AfterLine, side: Side): Generator<Painted> {
  return wrapPiece(text, side, { label: '', ink: isNotice ? 'notice' : undefined });
}

function* wrapPiece(
  line: string,
  { gutterWidth, textWidth }: Side,
  { label, ink }: { readonly label: string; readonly ink?: Ink | undefined },
): Generator<Painted> {
  let continues = false;
  let gutter = gutterWidth === 0 ? '' : `${label.padStart(gutterWidth - 1)} `;
  for (const piece of wrapLine(expandTabs(visibleText(line)), textWidth)) {
    yield { text: gutter + piece, ink, continues };
    gutter = ' '.repeat(gutterWidth);
    continues = true;
  }
}

/** Room for the highest number of a line or row, and a blank; none where there is one line only. */
function gutterWidthOf(comparison: Comparison): number {
  const highest = comparison.layout === 'aligned' ? comparison.total : comparison.before.length;
  return highest < 2 ? 0 : String(highest).length + 1;
}

/** What is named where the rest is not shown. A line of which the end is missing counts as one. */
function restOf(comparison: Comparison, progress: Progress, next: Shown): readonly [before: string, after: string] {
  if (comparison.layout === 'aligned') {
    const continues = next.before?.continues !== false && next.after?.continues !== false;
    return [spellRest(comparison.rows.length - progress.before, continues), ''];
  }
  const { before, after } = next;
  return [
    before === undefined ? '' : spellRest(comparison.before.length - progress.before, before.continues === true),
    after === undefined ? '' : spellRest(comparison.after.length - progress.after, after.continues === true),
  ];
}

function spellRest(linesBehind: number, continues: boolean): string {
  const what = linesBehind === 0 && continues ? 'the rest of this line' : `${countOf(linesBehind + 1, 'line')} more`;
  return `… ${what}: --full shows it all`;
}

function* flow<Item>(
  items: readonly Item[],
  write: (item: Item, index: number) => Generator<Painted>,
): Generator<Painted> {
  for (const [index, item] of items.entries()) yield* write(item, index);
}

function* empty(): Generator<Painted> {}

function* zip(before: Generator<Painted>, after: Generator<Painted>): Generator<Shown> {
  for (;;) {
    const left = before.next();
    const right = after.next();
    if (left.done === true && right.done === true) return;
    yield {
      before: left.done === true ? undefined : left.value,
      after: right.done === true ? undefined : right.value,
    };
  }
}
