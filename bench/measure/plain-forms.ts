import { decode, encode } from '@toon-format/toon';
import { isJson } from './is-json.ts';

/** What a program could send in place of a JSON document without any of our code. */
export interface PlainForm {
  readonly name: 'minified' | 'toon' | 'csv' | 'markdown';
  readonly text: string;
  /** Whether the text alone gives the document back: every value and key, their order, and the spelling of numbers. */
  readonly isFaithful: boolean;
}

/** The plain forms of a JSON text: always minified, TOON where it can be, tables where there is one list of flat records. */
export function plainForms(json: string): readonly PlainForm[] {
  const value: unknown = JSON.parse(json);
  const minified = minify(json);
  // What a parse and a print change was not the value alone: a number's digits, a key that came twice.
  const isPrintable = JSON.stringify(value) === minified;
  const forms: PlainForm[] = [{ name: 'minified', text: minified, isFaithful: true }];
  const toon = toonText(value);
  if (toon !== undefined) forms.push({ name: 'toon', text: toon, isFaithful: isPrintable && toonSays(toon, minified) });
  const table = findTable(value);
  if (table === undefined) return forms;
  const { head, columns, rows } = table;
  const isFaithful = isPrintable && rows.every((row) => isTold(row, columns));
  const fitsLines = columns.every(fitsLine) && rows.every((row) => Object.values(row).every(fitsLine));
  return [
    ...forms,
    { name: 'csv', text: [...head, ...csvTable(table)].join('\n'), isFaithful },
    { name: 'markdown', text: [...head, ...markdownTable(table)].join('\n'), isFaithful: isFaithful && fitsLines },
  ];
}

/** A JSON text without white space between its tokens: what stands in strings stays. */
export function minify(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\[^])*")|[ \t\r\n]+/g, '$1');
}

/** TOON has no lone surrogates. */
function toonText(value: unknown): string | undefined {
  try {
    return encode(value);
  } catch {
    return undefined;
  }
}

function toonSays(toon: string, minified: string): boolean {
  try {
    return JSON.stringify(decode(toon)) === minified;
  } catch {
    return false;
  }
}

type Scalar = string | number | boolean | null;
type FlatRecord = Readonly<Record<string, Scalar>>;

interface Table {
  /** What stands before it: the rest of the object that held it, and its key. */
  readonly head: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly FlatRecord[];
}

/** The document as a table, or the only table in an object. */
function findTable(value: unknown): Table | undefined {
  if (isTable(value)) return { head: [], columns: columnsOf(value), rows: value };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const [found, ...others] = Object.entries(value).filter(([, held]) => isTable(held));
  if (found === undefined || others.length > 0) return undefined;
  const [key, rows] = found;
  const rest = Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  const head = Object.keys(rest).length === 0 ? [] : [JSON.stringify(rest)];
  const title = /^[\w $@/+-]+$/.test(key) && key.trim() === key ? key : JSON.stringify(key);
  return { head: [...head, `${title}:`], columns: columnsOf(rows), rows };
}

function isTable(value: unknown): value is readonly FlatRecord[] {
  return Array.isArray(value) && value.length > 0 && value.every(isFlat) && columnsOf(value).length > 0;
}

function isFlat(value: unknown): value is FlatRecord {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).every((held) => held === null || typeof held !== 'object');
}

function columnsOf(rows: readonly FlatRecord[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/**
 * Whether a row's cells can mean nothing else. An empty cell may be null, an empty text or a key that is missing; a text
 * such as `12` or `true` reads as a number or a boolean.
 */
function isTold(row: FlatRecord, columns: readonly string[]): boolean {
  const entries = Object.entries(row);
  if (entries.length !== columns.length) return false;
  return entries.every(([key, value], index) => {
    if (key !== columns[index] || value === null || value === '') return false;
    return typeof value !== 'string' || !isJson(value);
  });
}

/** A row of Markdown is one line, and blanks at the ends of a cell are not part of it. */
function fitsLine(value: Scalar): boolean {
  return typeof value !== 'string' || (!/[\r\n]/.test(value) && value.trim() === value);
}

/** As RFC 4180 has it: quotes where a cell holds a comma, a quote or a line break, and nowhere else. */
function csvTable({ columns, rows }: Table): readonly string[] {
  const cell = (value: Scalar | undefined): string => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((cells) =>
    cells.map(cell).join(','),
  );
}

function markdownTable({ columns, rows }: Table): readonly string[] {
  const line = (cells: readonly (Scalar | undefined)[]): string =>
    `| ${cells
      .map((value) =>
        String(value ?? '')
          .replaceAll('|', '\\|')
          .replaceAll(/\r?\n/g, '<br>'),
      )
      .join(' | ')} |`;
  const rule = `|${columns.map(() => '---').join('|')}|`;
  return [line(columns), rule, ...rows.map((row) => line(columns.map((column) => row[column])))];
}
