import { cellValue, parseCsv } from '../../csv/parse-csv.ts';
import { isLiteral } from '../records/cell-text.ts';
import { plainValue } from './cell-value.ts';
import type { TableSpelling } from './flat-records.ts';

const DIALECT = { separator: ',', isQuoted: true, lineEnd: '\n' } as const;

/**
 * CSV as RFC 4180 has it. A bare cell that reads as a number, `true`, `false` or `null` is that; a string that looks like
 * one, and the empty string, stand in quotes.
 */
export const csvSpelling: TableSpelling = {
  write({ keys, rows }) {
    const lines: string[] = [];
    for (const sources of [keys, ...rows]) {
      const cells: string[] = [];
      for (const source of sources) {
        const cell = source.startsWith('"') ? textCell(source, { isKey: sources === keys }) : source;
        if (cell === undefined) return undefined;
        cells.push(cell);
      }
      lines.push(cells.join(','));
    }
    return lines.join('\n');
  },
  read(text) {
    const [header, ...records] = parseCsv(text, DIALECT) ?? [];
    if (header === undefined) throw new SyntaxError('No CSV.');
    return {
      keys: header.cells.map((cell) => JSON.stringify(cellValue(cell))),
      rows: records.map(({ cells }) => cells.map((cell) => (isLiteral(cell) ? cell : JSON.stringify(cellValue(cell))))),
    };
  },
};

function textCell(source: string, { isKey }: { readonly isKey: boolean }): string | undefined {
  const value = plainValue(source);
  if (value === undefined) return undefined;
  const isMistakable = !isKey && (value === '' || isLiteral(value));
  return isMistakable || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
