import type { MarkupToken } from '../markup/markup-tokens.ts';

/** A cell with more text than this is laid out, not tabulated. */
const LONGEST_CELL = 400;

interface OpenTable {
  readonly at: number;
  rows: number;
  cells: number;
  cellStart: number;
  isLayout: boolean;
}

/**
 * The tables that hold data, by the index of their open tag: two cells or more to a row, none of them long, and in none
 * another table, a heading, or a list. All other tables are there for the layout.
 */
export function dataTables(tokens: readonly MarkupToken[]): ReadonlySet<number> {
  const data = new Set<number>();
  const open: OpenTable[] = [];
  let textLength = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') {
      textLength += token.end - token.start;
      continue;
    }
    const table = open.at(-1);
    if (token.name === 'table' && token.kind === 'open') {
      if (table !== undefined) table.isLayout = true;
      open.push({ at: index, rows: 0, cells: 0, cellStart: textLength, isLayout: false });
      continue;
    }
    if (table === undefined) continue;
    if (token.kind === 'open') {
      if (LAYOUT_ELEMENTS.has(token.name)) table.isLayout = true;
      else if (token.name === 'tr') table.rows++;
      else if (token.name === 'td' || token.name === 'th') {
        table.cells++;
        table.cellStart = textLength;
      }
    } else if (token.name === 'td' || token.name === 'th') {
      if (textLength - table.cellStart > LONGEST_CELL) table.isLayout = true;
    } else if (token.name === 'table') {
      open.pop();
      if (!table.isLayout && table.rows >= 1 && table.cells >= table.rows * 1.5) data.add(table.at);
    }
  }
  return data;
}

const LAYOUT_ELEMENTS: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 form article section pre'.split(' '));
