import type { GridRow } from '../selection/grid.ts';
import { FEWEST_TABLE_ROWS, type TableFinder, bare } from './text-table.ts';

const RECORD = /^(?:-\[ RECORD \d+ \]|\*{5,} \d+\. row \*{5,}$)/;
const FIELD = /^\s{0,80}([^|:\s][^|:]{0,80}?)\s{0,80}(?:\||: ?)(.*)$/;

/** Records of one `name | value` per line, as psql and mysql print them when asked for expanded output. */
export const findExpanded: TableFinder = (lines, start) => {
  if (!RECORD.test(bare(lines[start]))) return undefined;
  const columns = new Map<string, number>();
  const rows: GridRow[] = [];
  let at = start;
  while (at < lines.length && RECORD.test(bare(lines[at]))) {
    const firstLine = at++;
    const values: string[] = [];
    for (; at < lines.length; at++) {
      const line = bare(lines[at]);
      if (line === '' || RECORD.test(line)) break;
      const [, name = '', value = ''] = FIELD.exec(line.slice(0, 4_000)) ?? [];
      if (name === '') continue;
      const column = columns.get(name) ?? columns.size;
      columns.set(name, column);
      values[column] = value.trim();
    }
    rows.push({ firstLine, lastLine: at - 1, values: Array.from(values, (value) => value ?? '') });
  }
  if (rows.length < FEWEST_TABLE_ROWS || columns.size === 0) return { table: undefined, end: at };
  return { table: { style: 'expanded', columns: [...columns.keys()], frame: [], rows }, end: at };
};
