import type { GridRow } from '../selection/grid.ts';
import { FEWEST_TABLE_ROWS, type TableFinder, bare } from './text-table.ts';

const RULE = /^[-=+|:─━═┼╪┬┴├┤└┘┌┐╞╡╬╠╣╦╩ ]{3,}$/;
const JOINT = /[+|┼╪┬┴╬╦╩]/;
const LONGEST_LINE = 20_000;
const BARS = ['|', '│', '║'] as const;

/** A table whose cells stand between bars: of psql, mysql, Markdown, coverage reports, boxes. */
export const findFramed: TableFinder = (lines, start) => {
  let header = start;
  if (isRule(bare(lines[header]))) header++;
  else if (!isRule(bare(lines[header + 1]))) return undefined;
  const title = bare(lines[header]);
  const rule = header + 1;
  const bar = BARS.find((character) => title.includes(character));
  if (bar === undefined || isRule(title) || !isRule(bare(lines[rule])) || title.length > LONGEST_LINE) return undefined;
  const columns = cellsBetween(title, bar);
  if (columns.length < 2 || !JOINT.test(bare(lines[rule]))) return undefined;
  const frame = header === start ? [header, rule] : [start, header, rule];
  const rows: GridRow[] = [];
  let at = rule + 1;
  for (; at < lines.length; at++) {
    const line = bare(lines[at]);
    if (isRule(line)) {
      frame.push(at);
      continue;
    }
    if (!line.includes(bar)) break;
    const values = cellsBetween(line, bar);
    if (values.length < 2 || Math.abs(values.length - columns.length) > 2) break;
    rows.push({ firstLine: at, lastLine: at, values });
  }
  // What psql says below: (12 rows).
  if (/^\(\d+ rows?\)$/.test(bare(lines[at]))) frame.push(at++);
  if (rows.length < FEWEST_TABLE_ROWS) return { table: undefined, end: at };
  return { table: { style: 'framed', columns, frame, rows, rule }, end: at };
};

/** A line of dashes and joints. */
export function isRule(line: string): boolean {
  // Most lines are text, which its first character shows.
  let start = 0;
  while (line.charCodeAt(start) === BLANK || line.charCodeAt(start) === TAB) start++;
  if (isLetterOrDigit(line.charCodeAt(start)) || line.length > LONGEST_LINE) return false;
  return RULE.test(line.slice(start)) && /[-=─━═]{3}/.test(line);
}

const BLANK = 0x20;
const TAB = 0x09;

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** The cells of a line, without the bars at its ends and the blanks around each. */
export function cellsBetween(line: string, bar: string): readonly string[] {
  const cells = line.split(bar).map((cell) => cell.trim());
  if (line.trimStart().startsWith(bar)) cells.shift();
  if (line.trimEnd().endsWith(bar) && line.trimStart().startsWith(bar)) cells.pop();
  return cells;
}
