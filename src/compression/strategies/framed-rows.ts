import type { TableContent } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import type { TextTable } from '../table/text-table.ts';
import { FEWEST_TABLE_ROWS } from '../table/text-table.ts';

const BAR = '|';
/** What the decoder has to know of all tables takes no more characters than this. */
const LONGEST_FORM = 150;
const MOST_COLUMNS = 100;

/**
 * How a cell fills its width, by one letter: `r` to the right of it with a blank behind, `l` to the left with a blank
 * before, `R` without the blank behind, `t` with a blank before and nothing behind, `L` to the left without a blank, `c`
 * in the middle.
 */
const ALIGNMENTS: ReadonlyMap<string, (text: string, width: number) => string> = new Map([
  ['r', (text: string, width: number) => `${text.padStart(width - 1)} `],
  ['l', (text: string, width: number) => ` ${text.padEnd(width - 1)}`],
  ['R', (text: string, width: number) => text.padStart(width - 1)],
  ['t', (text: string) => ` ${text}`],
  ['L', (text: string, width: number) => text.padEnd(width)],
  [
    'c',
    (text: string, width: number) => text.padStart(Math.floor((width - text.length) / 2) + text.length).padEnd(width),
  ],
]);

/**
 * Tables between bars without the blanks that align their cells: the rule below the header tells the widths. Decodes
 * character by character; tables that are drawn in another way stay as they are.
 */
export const framedRows: Strategy<'table'> = { name: 'framed-rows', kinds: ['table'], encode, decode };

interface Piece {
  readonly rule: number;
  readonly header: string;
  readonly rowCount: number;
  readonly alignments: string;
}

function encode({ lines, tables }: TableContent): Encoded | undefined {
  const written = [...lines];
  const pieces: string[] = [];
  let length = 0;
  for (const table of tables) {
    const piece = pieceOf(lines, table);
    if (piece === undefined) continue;
    const spelled = `${piece.rule}+${piece.rowCount}:${piece.header}:${piece.alignments}`;
    length += spelled.length + 1;
    if (length > LONGEST_FORM) break;
    pieces.push(spelled);
    written[piece.rule - 1] = shorten(lines[piece.rule - 1] ?? '', spread(piece.header, piece.alignments.length));
    for (let row = 1; row <= piece.rowCount; row++) {
      written[piece.rule + row] = shorten(lines[piece.rule + row] ?? '', piece.alignments);
    }
  }
  return pieces.length === 0 ? undefined : { text: written.join('\n'), form: { tables: pieces.join(' ') } };
}

function decode(text: string, form: EncodingForm | undefined): string {
  const lines = text.split('\n');
  for (const spelled of String(form?.['tables'] ?? '').split(' ')) {
    const match = /^(\d+)\+(\d+):([a-zA-Z]+):([a-zA-Z]+)$/.exec(spelled);
    if (match === null) continue;
    const [, rule = '', rowCount = '', header = '', alignments = ''] = match;
    const at = Number(rule);
    const shape = shapeOf(lines[at] ?? '');
    lines[at - 1] = lengthen(lines[at - 1] ?? '', shape, spread(header, shape.widths.length));
    for (let row = 1; row <= Number(rowCount); row++) {
      lines[at + row] = lengthen(lines[at + row] ?? '', shape, alignments);
    }
  }
  return lines.join('\n');
}

/** How a table is drawn, if its header and as many of its rows as possible come back from their short form. */
function pieceOf(lines: readonly string[], { style, rule, rows }: TextTable): Piece | undefined {
  if (style !== 'framed' || rule === undefined || rule < 1) return undefined;
  const shape = shapeOf(lines[rule] ?? '');
  if (shape.widths.length < 2 || shape.widths.length > MOST_COLUMNS) return undefined;
  const alignments = alignmentsOf(lines, { rule, rowCount: rows.length, shape });
  const headerLine = lines[rule - 1] ?? '';
  const comesBack = (line: string, drawn: string): boolean => lengthen(shorten(line, drawn), shape, drawn) === line;
  const widths = shape.widths.length;
  const ownHeader = alignmentsOf(lines, { rule: rule - 2, rowCount: 1, shape });
  const header = ['c', 'l', ownHeader].find((letters) => comesBack(headerLine, spread(letters, widths)));
  if (header === undefined) return undefined;
  let rowCount = 0;
  while (rowCount < rows.length && comesBack(lines[rule + 1 + rowCount] ?? '', alignments)) rowCount++;
  return rowCount < FEWEST_TABLE_ROWS ? undefined : { rule, header, rowCount, alignments };
}

/** One letter stands for all columns. */
function spread(letters: string, count: number): string {
  return letters.length === 1 ? letters.repeat(count) : letters;
}

interface Shape {
  readonly widths: readonly number[];
  /** Whether bars stand at both ends of each line. */
  readonly isClosed: boolean;
}

/** The widths of the columns, as the rule below the header draws them. */
function shapeOf(rule: string): Shape {
  const isClosed = /^[+|].*[+|]$/.test(rule);
  const pieces = rule.split(/[+|]/);
  const inner = isClosed ? pieces.slice(1, -1) : pieces;
  return { widths: inner.map(({ length }) => length), isClosed };
}

/** The first way of aligning that fits most of the cells in each column. */
function alignmentsOf(
  lines: readonly string[],
  { rule, rowCount, shape }: { readonly rule: number; readonly rowCount: number; readonly shape: Shape },
): string {
  const { widths, isClosed } = shape;
  const fitting = widths.map(() => new Map<string, number>());
  for (let row = 1; row <= rowCount; row++) {
    const cells = (lines[rule + row] ?? '').split(BAR);
    const inner = isClosed ? cells.slice(1, -1) : cells;
    if (inner.length !== widths.length) continue;
    for (const [column, cell] of inner.entries()) {
      for (const [letter, draw] of ALIGNMENTS) {
        if (draw(textOf(cell, letter), widths[column] ?? 0) !== cell) continue;
        fitting[column]?.set(letter, (fitting[column].get(letter) ?? 0) + 1);
      }
    }
  }
  return fitting.map((counts) => [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? 'l').join('');
}

/** What a cell says; where cells begin at the very left, blanks before it indent it. */
function textOf(cell: string, letter: string | undefined): string {
  return letter === 'L' ? cell.trimEnd() : cell.trim();
}

function shorten(line: string, alignments = ''): string {
  return line
    .split(BAR)
    .map((cell, index, cells) => {
      const isClosed = cells.length === alignments.length + 2;
      return textOf(cell, alignments[isClosed ? index - 1 : index]);
    })
    .join(BAR);
}

function lengthen(line: string, { widths, isClosed }: Shape, alignments: string): string {
  const cells = line.split(BAR);
  const inner = isClosed ? cells.slice(1, -1) : cells;
  if (inner.length !== widths.length) return line;
  const drawn = inner.map(
    (cell, column) => ALIGNMENTS.get(alignments[column] ?? '')?.(cell, widths[column] ?? 0) ?? cell,
  );
  return isClosed ? [cells[0] ?? '', ...drawn, cells.at(-1) ?? ''].join(BAR) : drawn.join(BAR);
}
