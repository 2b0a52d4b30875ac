import type { Comparison } from './comparison.ts';
import { countOf } from './number-format.ts';
import { paintAfter, paintLine, paintPiece, paintText, type Column, type PaintedLine } from './painted-lines.ts';
import { paint, type Screen } from './screen.ts';
import { fitText } from './text-width.ts';

export interface SideBySideOptions {
  /** Titles of the two columns. */
  readonly titles: readonly [before: string, after: string];
  /** Lines on the screen after which the rest is counted instead of shown. */
  readonly mostLines: number;
}

/** A line of the screen on each side; nothing where the text has ended. */
type Shown = readonly [before: PaintedLine | undefined, after: PaintedLine | undefined];

const MIDDLE = ' │ ';
const MOST_LINES_OF_ROW = 8;

/** Two texts in two columns, each wrapped in its own. Never more than `mostLines` and what names the rest. */
export function* sideBySide(
  comparison: Comparison,
  screen: Screen,
  { titles, mostLines }: SideBySideOptions,
): Generator<string> {
  const isAlone = comparison.layout === 'alone';
  const columnWidth = isAlone ? screen.columns : Math.floor((screen.columns - MIDDLE.length) / 2);
  const gutterWidth = gutterWidthOf(comparison);
  const mostLinesOfRow = mostLines === Infinity ? Infinity : MOST_LINES_OF_ROW;
  const before = { gutterWidth, textWidth: columnWidth - gutterWidth, mostLinesOfRow };
  const after = { gutterWidth: 0, textWidth: columnWidth, mostLinesOfRow };
  const put = (left: Partial<PaintedLine> = {}, right: Partial<PaintedLine> = {}): string => {
    const cell = paint(screen, left.ink, fitText(left.text ?? '', columnWidth, 'end'));
    if (isAlone) return cell.trimEnd();
    const otherCell = paint(screen, right.ink, fitText(right.text ?? '', columnWidth));
    return `${cell}${paint(screen, 'quiet', MIDDLE)}${otherCell}`.trimEnd();
  };

  yield put({ text: titles[0], ink: 'heading' }, { text: titles[1], ink: 'heading' });
  let count = 0;
  for (const shown of linesOf(comparison, before, after)) {
    if (count === mostLines) {
      const [left, right] = restOf(comparison, shown);
      yield put({ text: left, ink: 'quiet' }, { text: right, ink: 'quiet' });
      return;
    }
    yield put(...shown);
    count++;
  }
}

function* linesOf(comparison: Comparison, before: Column, after: Column): Generator<Shown> {
  if (comparison.layout === 'aligned') {
    const { unit } = comparison;
    for (const [index, row] of comparison.rows.entries()) {
      yield* zip(paintPiece(row.before, before, { index, unit }), paintLine(row.after, after, index));
    }
  } else {
    const other = comparison.layout === 'columns' ? comparison.after : [];
    yield* zip(paintText(comparison.before, before), paintAfter(other, after));
  }
}

/** Room for the highest number of a line or row, and a blank; none where there is one line only. */
function gutterWidthOf(comparison: Comparison): number {
  const highest = comparison.layout === 'aligned' ? comparison.total : comparison.before.length;
  return highest < 2 ? 0 : String(highest).length + 1;
}

/** What is named where the rest is not shown, of which this is the first line. */
function restOf(comparison: Comparison, [before, after]: Shown): readonly [before: string, after: string] {
  if (comparison.layout === 'aligned') return [spellRest(before ?? after, comparison.rows.length), ''];
  const otherCount = comparison.layout === 'columns' ? comparison.after.length : 0;
  return [spellRest(before, comparison.before.length), spellRest(after, otherCount)];
}

/** A line of which only the end is missing counts as one. */
function spellRest(first: PaintedLine | undefined, lineCount: number): string {
  if (first === undefined) return '';
  const { index, continues } = first;
  const left = lineCount - index;
  return `… ${left === 1 && continues ? 'the rest of this line' : `${countOf(left, 'line')} more`} (--full)`;
}

function* zip(before: Generator<PaintedLine>, after: Generator<PaintedLine>): Generator<Shown> {
  for (;;) {
    const left = before.next();
    const right = after.next();
    if (left.done === true && right.done === true) return;
    yield [left.done === true ? undefined : left.value, right.done === true ? undefined : right.value];
  }
}
