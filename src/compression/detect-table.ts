import type { TableContent } from './content.ts';
import { findColumns } from './table/column-table.ts';
import { findExpanded } from './table/expanded-table.ts';
import { findFramed } from './table/framed-table.ts';
import { findListing } from './table/listing-table.ts';
import { findMetrics } from './table/metrics-table.ts';
import type { TableFinder, TextTable } from './table/text-table.ts';

const FINDERS: readonly TableFinder[] = [findExpanded, findFramed, findListing, findMetrics, findColumns];
const LONGEST_TEXT = 8_000_000;
/** Of the lines that are not blank so many stand in tables, or so many at least in one that is long. */
const LEAST_SHARE = 0.5;
const LEAST_SHARE_OF_LONG = 0.15;
const LONG_TABLE = 20;
/** What begins like a table and is none is read again from its second line on: so often the text, and no more. */
const MOST_READ = 4;

/** Text that is in good part made of tables, each of which was read row by row. */
export function recogniseTable(text: string): TableContent | undefined {
  if (text.length > LONGEST_TEXT || !text.includes('\n')) return undefined;
  const lines = text.split('\n');
  const tables = findTables(lines);
  if (tables.length === 0) return undefined;
  const filled = lines.reduce((count, line) => count + (line.trim() === '' ? 0 : 1), 0);
  let inTables = 0;
  let longest = 0;
  for (const { rows, frame } of tables) {
    const count = rows.reduce((sum, { firstLine, lastLine }) => sum + lastLine - firstLine + 1, frame.length);
    inTables += count;
    longest = Math.max(longest, count);
  }
  const share = longest >= LONG_TABLE ? LEAST_SHARE_OF_LONG : LEAST_SHARE;
  return inTables >= filled * share ? { kind: 'table', text, lines, tables } : undefined;
}

function findTables(lines: readonly string[]): readonly TextTable[] {
  const tables: TextTable[] = [];
  let budget = lines.length * MOST_READ;
  for (let at = 0; at < lines.length && budget > 0; at++) {
    for (const find of FINDERS) {
      const found = find(lines, at);
      if (found === undefined) continue;
      budget -= found.end - at;
      if (found.table === undefined) continue;
      tables.push(found.table);
      at = found.end - 1;
      break;
    }
    budget--;
  }
  return tables;
}
