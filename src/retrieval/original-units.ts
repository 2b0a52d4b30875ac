import { readJsonLines } from '../compression/json-lines/read-json-lines.ts';
import { jsonRows } from './json-rows.ts';

export { partNames, readPart } from '../compression/read-part.ts';
export { splitPartId } from '../compression/envelopes/part-id.ts';

/** An original, cut into what is counted. */
export interface Units {
  readonly name: 'lines' | 'rows';
  readonly total: number;
  at(number: number): string;
  /** As a reader gets several in a row. */
  show(units: readonly string[]): string;
}

export function linesOf(text: string): Units {
  const lines = text.split('\n');
  return {
    name: 'lines',
    total: lines.length,
    at: (number) => lines[number - 1] ?? '',
    show: (units) => units.join('\n'),
  };
}

/** The rows of a JSON document with a list, or of a text of many documents; `undefined` for a text without rows. */
export function rowsOf(text: string): Units | undefined {
  const list = jsonRows(text);
  const documents = list === undefined ? readJsonLines(text) : undefined;
  const slices = list?.rows ?? documents?.slices;
  if (slices === undefined) return undefined;
  const isArray = list?.kind === 'array' || documents?.form.shape === 'arrays';
  return {
    name: 'rows',
    total: slices.length,
    at: (number) => {
      const row = slices[number - 1];
      return row === undefined ? '' : text.slice(row.start, row.end);
    },
    show: (units) => {
      if (isArray) return `[${units.join(',\n')}]`;
      return list === undefined
        ? units.join(documents?.form.shape === 'events' ? '\n\n' : '\n')
        : `{${units.join(',\n')}}`;
    },
  };
}
