import type { GridRow } from '../selection/grid.ts';
import { FEWEST_TABLE_ROWS, type TableFinder, bare } from './text-table.ts';

const ENTRY =
  /^([-bcdlps][-rwxsStTl]{9}[.+@]?) {1,10}(\d{1,6}) {1,10}(\S{1,80}) {1,20}(\S{1,80}) {1,20}(\d{1,18}(?:\.\d)?[KMGTP]?|\d{1,5}, {1,5}\d{1,5}) {1,5}(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d(?:\.\d{1,9})?(?: [+-]\d{4})?)?)?|[A-Z][a-z]{2} {1,3}\d{1,2} {1,3}(?:\d\d:\d\d|\d{4})) (.*)$/;
const COLUMNS = ['mode', 'links', 'owner', 'group', 'size', 'modified', 'name', 'folder'];

/** What `ls -l` prints, of one folder or of many. */
export const findListing: TableFinder = (lines, start) => {
  const rows: GridRow[] = [];
  const frame: number[] = [];
  let heading: number | undefined;
  let folder = '';
  let at = start;
  let end = start;
  for (; at < lines.length; at++) {
    const line = bare(lines[at]);
    const entry = ENTRY.exec(line.slice(0, 2_000));
    if (entry !== null) {
      rows.push({ firstLine: at, lastLine: at, values: [...entry.slice(1), folder], heading });
      end = at + 1;
    } else if (line.endsWith(':') && bare(lines[at + 1]).startsWith('total ')) {
      heading = at;
      folder = line.slice(0, -1);
    } else if (line !== '' && !/^total \d/.test(line)) break;
  }
  if (rows.length < FEWEST_TABLE_ROWS) return { table: undefined, end: at };
  return { table: { style: 'listing', columns: COLUMNS, frame, rows }, end };
};
