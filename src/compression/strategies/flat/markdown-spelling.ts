import { scanJson } from '../../json/parse-json.ts';
import { isLiteral } from '../records/cell-text.ts';
import { plainValue } from './cell-value.ts';
import type { TableSpelling } from './flat-records.ts';

/**
 * A Markdown table. A cell that reads as a number, `true`, `false` or `null` is that; a string that looks like one, has
 * blanks at its ends or breaks the line stands as JSON.
 */
export const markdownSpelling: TableSpelling = {
  write({ keys, rows }) {
    const lines: string[] = [];
    for (const sources of [keys, ...rows]) {
      const cells: string[] = [];
      for (const source of sources) {
        const cell = source.startsWith('"') ? textCell(source, { isKey: sources === keys }) : source;
        if (cell === undefined) return undefined;
        cells.push(cell.replaceAll('|', '\\|'));
      }
      lines.push(`| ${cells.join(' | ')} |`);
      if (sources === keys) lines.push(`|${keys.map(() => '---').join('|')}|`);
    }
    return lines.join('\n');
  },
  read(text) {
    const [header, , ...lines] = text.split('\n');
    return {
      keys: cellsOf(header ?? '').map((cell) => readText(cell)),
      rows: lines.map((line) => cellsOf(line).map((cell) => (isLiteral(cell) ? cell : readText(cell)))),
    };
  },
};

function textCell(source: string, { isKey }: { readonly isKey: boolean }): string | undefined {
  const value = plainValue(source);
  if (value === undefined) return undefined;
  const isMistakable = value.trim() !== value || isJsonString(value) || (!isKey && (value === '' || isLiteral(value)));
  return isMistakable || hasControls(value) ? source : value;
}

function isJsonString(text: string): boolean {
  return text.startsWith('"') && scanJson(text, 0)?.end === text.length;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}

function readText(cell: string): string {
  return isJsonString(cell) ? cell : JSON.stringify(cell);
}

/** Every bar of a cell has a backslash before it, every other bar a blank. */
function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('| ') || !line.endsWith(' |')) throw new SyntaxError('No row of a table.');
  return line
    .slice(2, -2)
    .split(' | ')
    .map((cell) => cell.replaceAll('\\|', '|'));
}
