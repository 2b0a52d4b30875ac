import { isLaidOut, layoutOf } from '../json/json-layout.ts';
import { type JsonNode, parseJson } from '../json/parse-json.ts';
import { type JsonLines, type TextSlice, textRow } from './json-lines.ts';

/** The first lines tell whether the rest is worth reading. */
const HEAD_LINES = 20;
const LEAST_HEAD_SHARE = 0.5;
/** Of the lines that are not blank so many hold documents, and of the characters so many stand in them. */
const LEAST_LINES_SHARE = 0.5;
const LEAST_CHARS_SHARE = 0.6;
/** Words before a document are a mark of where it came from: a time, a container, a number; they end with a blank. */
const LONGEST_MARK = 160;
const FEWEST_MARKED_KEYS = 3;
const LEAST_MARKED_CHARS_SHARE = 0.65;
/** A hit of a search, and a line of a diff. */
const OTHER_MARK = /^(?:[^\s:\d][^\s:]{0,150}[:-]\d{1,9}[:-]|[-+]\s)/;

/** Documents that stand one on each line, with or without a mark before them; `undefined` when most lines hold none. */
export function readLines(text: string): JsonLines | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  const head = firstFilled(lines);
  for (const isMarked of [false, true]) {
    const known = head.filter((line) => holdsDocument(line, isMarked)).length;
    if (known < 2 || known < head.length * LEAST_HEAD_SHARE) continue;
    const read = readAll(lines, isMarked);
    if (read !== undefined) return read;
  }
  return undefined;
}

function firstFilled(lines: readonly string[]): readonly string[] {
  const filled: string[] = [];
  for (const line of lines) {
    if (line.trim() !== '') filled.push(line);
    if (filled.length === HEAD_LINES) break;
  }
  return filled;
}

function holdsDocument(line: string, isMarked: boolean): boolean {
  const start = documentStart(line, isMarked);
  return start !== undefined && parseJson(line.slice(start)) !== undefined;
}

/** Where a document could begin in a line that ends as one does. */
function documentStart(line: string, isMarked: boolean): number | undefined {
  const last = line.charCodeAt(line.length - (line.endsWith('\r') ? 2 : 1));
  if (!isMarked) {
    const first = line.charCodeAt(0);
    return (first === 0x7b && last === 0x7d) || (first === 0x5b && last === 0x5d) ? 0 : undefined;
  }
  if (last !== 0x7d) return undefined;
  const start = line.slice(0, LONGEST_MARK + 1).indexOf('{"');
  if (start < 1 || !/[\s|→]$/.test(line.slice(0, start))) return undefined;
  return OTHER_MARK.test(line.slice(0, start)) ? undefined : start;
}

function readAll(lines: readonly string[], isMarked: boolean): JsonLines | undefined {
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  const isCrLf = lines.slice(0, lines.length - 1).every((line) => line.endsWith('\r'));
  const rows: JsonNode[] = [];
  const slices: TextSlice[] = [];
  const documents: Document[] = [];
  let at = 0;
  let filled = 0;
  let filledChars = 0;
  let documentChars = 0;
  for (const [index, line] of lines.slice(0, count).entries()) {
    // Behind the last line no line end follows, whatever it ends with.
    const row = isCrLf && index < lines.length - 1 ? line.slice(0, -1) : line;
    slices.push({ start: at, end: at + row.length });
    at += line.length + 1;
    if (row.trim() !== '') filled++;
    filledChars += row.length;
    const start = documentStart(row, isMarked);
    const json = start === undefined ? undefined : parseJson(row.slice(start));
    if (start !== undefined && json !== undefined) {
      if (isMarked && json.type === 'object' && json.keys.length < FEWEST_MARKED_KEYS) return undefined;
      documents.push({ index: rows.length, mark: row.slice(0, start), source: row.slice(start), json });
      documentChars += row.length - start;
    }
    rows.push(textRow(row));
  }
  const leastChars = filledChars * (isMarked ? LEAST_MARKED_CHARS_SHARE : LEAST_CHARS_SHARE);
  if (documents.length < filled * LEAST_LINES_SHARE || documentChars < leastChars) return undefined;
  const layout = layoutOf(documents.find(({ json }) => showsLayout(json))?.source ?? '[]');
  if (layout === undefined) return undefined;
  const tail = isMarked ? commonTail(documents.map(({ mark }) => mark)) : '';
  for (const { index, mark, source, json } of documents) {
    if (!isLaidOut(source, layout)) continue;
    rows[index] = isMarked ? markedRow(mark.slice(0, mark.length - tail.length), json) : json;
  }
  const lineEnd = isCrLf ? '\r\n' : '\n';
  const end = lines.length === count ? '' : lineEnd;
  const shape = isMarked ? 'marked-lines' : 'lines';
  return { rows, slices, form: { shape, layout, gap: lineEnd, end, ...(tail === '' ? {} : { tail }) } };
}

interface Document {
  readonly index: number;
  readonly mark: string;
  readonly source: string;
  readonly json: JsonNode;
}

/** A document with separators, at which layouts differ. */
function showsLayout(json: JsonNode): boolean {
  return json.type === 'object' ? json.keys.length > 0 : json.type === 'array' && json.items.length > 1;
}

/** The blanks and bars in which all marks end. */
function commonTail(marks: readonly string[]): string {
  let tail = /[\s|→]*$/.exec((marks[0] ?? '').slice(-20))?.[0] ?? '';
  for (const mark of marks) while (!mark.endsWith(tail)) tail = tail.slice(1);
  return tail;
}

function markedRow(mark: string, json: JsonNode): JsonNode {
  return { type: 'object', keys: ['"text"', '"json"'], values: [textRow(mark), json] };
}
