import type { GridRow } from '../selection/grid.ts';
import { type TableFinder, bare } from './text-table.ts';

const FEWEST_SAMPLES = 8;
const COMMENT = /^# (?:HELP|TYPE|UNIT) /;
const NAME = /^[a-zA-Z_:][\w:]{0,200}/;
const VALUE = /^[-+]?(?:\d|\.\d|NaN|Inf)\S{0,40}(?: -?\d{1,20}(?:\.\d{1,9})?)?$/;
const COLUMNS = ['metric', 'labels', 'value', 'help'];

/** The exposition format of metrics: `name{label="value"} 1.5` below `# HELP` and `# TYPE`. */
export const findMetrics: TableFinder = (lines, start) => {
  if (!COMMENT.test(bare(lines[start]))) return undefined;
  const rows: GridRow[] = [];
  let help = '';
  let family = '';
  let at = start;
  for (; at < lines.length; at++) {
    const line = bare(lines[at]);
    if (line === '' || line === '# EOF') continue;
    if (COMMENT.test(line)) {
      if (!line.startsWith('# HELP ')) continue;
      const end = line.indexOf(' ', 7);
      family = end === -1 ? line.slice(7) : line.slice(7, end);
      help = end === -1 ? '' : line.slice(end + 1);
      continue;
    }
    const row = sampleOf(line);
    if (row === undefined) break;
    const isOfFamily = row[0].startsWith(family);
    rows.push({ firstLine: at, lastLine: at, values: [...row, isOfFamily ? help : ''] });
  }
  if (rows.length < FEWEST_SAMPLES) return { table: undefined, end: at };
  return { table: { style: 'metrics', columns: COLUMNS, frame: [], rows }, end: at };
};

function sampleOf(line: string): readonly [string, string, string] | undefined {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) return undefined;
  const close = line[name.length] === '{' ? line.lastIndexOf('}') : name.length - 1;
  if (close < name.length - 1) return undefined;
  const value = line.slice(close + 1).trim();
  if (line[close + 1] !== ' ' || !VALUE.test(value)) return undefined;
  return [name, line.slice(name.length + 1, Math.max(name.length + 1, close)), value];
}
