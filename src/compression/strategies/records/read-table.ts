import { numberEnd, scanJson } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { type ShownField, type ShownShape, readHead } from './read-head.ts';
import { isLiteral } from './cell-text.ts';
import { KIND_NAMES } from './record-kinds.ts';
import { JSON_ROW } from './write-table.ts';

/** The records of a table as JSON texts, each with its key where the table is one of a map's entries. */
export interface ReadRows {
  readonly records: readonly string[];
  readonly keys: readonly string[];
  /** The line behind the table. */
  readonly end: number;
}

export interface TablePlace {
  /** The first line behind the title. */
  readonly start: number;
  readonly rowCount: number;
  readonly order: string;
  readonly hasKeys: boolean;
  /** How many kinds of rows take turns. */
  readonly kindCount?: number;
}

/** Reads what `writeRecords` wrote. Throws on a text that it did not write. */
export function readTable(lines: readonly string[], place: TablePlace): ReadRows {
  const { rowCount, hasKeys } = place;
  const { shapeOf, end } = readHeads(lines, place);
  const records: string[] = [];
  const keys: string[] = [];
  let line = end;
  while (records.length < rowCount) {
    const text = lines[line];
    if (text === undefined) throw new SyntaxError('The table ends before its last row.');
    line++;
    const repeats = repeatCount(text);
    if (text.startsWith(JSON_ROW)) records.push(text.slice(JSON_ROW.length));
    else if (repeats > 0) {
      const last = records.at(-1) ?? '';
      for (let count = 0; count < repeats; count++) {
        records.push(last);
        if (hasKeys) keys.push(keys.at(-1) ?? '');
      }
    } else {
      const { shape, repeated, at } = shapeOf(text);
      const cursor = { text, at, repeated };
      const slots = readCells(shape, { cursor, nested: false });
      if (cursor.at !== text.length) throw new SyntaxError(`A row has more cells than columns, at ${cursor.at}.`);
      if (hasKeys) keys.push(slots.key ?? '""');
      records.push(settle(slots));
    }
  }
  return { records, keys, end: line };
}

interface Head {
  readonly shape: ShownShape;
  readonly repeated: ReadonlyMap<string, string>;
}

interface Heads {
  /** The shape of a row, and where its cells begin. */
  readonly shapeOf: (row: string) => Head & { readonly at: number };
  readonly end: number;
}

function readHeads(lines: readonly string[], { start, order, hasKeys, kindCount = 1 }: TablePlace): Heads {
  if (kindCount === 1) {
    const head = readHead(lines, { start, order, hasKeys });
    return { shapeOf: () => ({ ...head, at: 0 }), end: head.end };
  }
  const orders = order.split('/');
  const heads = new Map<string, Head>();
  let end = start;
  for (const name of KIND_NAMES.slice(0, kindCount)) {
    const own: string[] = [];
    while (lines[end]?.startsWith(`${name} `) === true) own.push(lines[end++]?.slice(2) ?? '');
    heads.set(name, readHead(own, { start: 0, order: orders[heads.size] ?? '', hasKeys }));
  }
  const shapeOf = (row: string): ReturnType<Heads['shapeOf']> => {
    const head = row.charAt(1) === ',' ? heads.get(row.charAt(0)) : undefined;
    if (head === undefined) throw new SyntaxError('A row does not begin with its kind.');
    return { ...head, at: 2 };
  };
  return { shapeOf, end };
}

/** The line that counts further rows like the one above it. */
export function repeatLine(count: number): string {
  return `=${count} more like the row above`;
}

function repeatCount(line: string): number {
  return line.startsWith('=') && line.endsWith(' more like the row above') ? Number.parseInt(line.slice(1), 10) : 0;
}

interface Cursor {
  readonly text: string;
  /** Long values by the names that stand for them. */
  readonly repeated: ReadonlyMap<string, string>;
  at: number;
}

interface Where {
  readonly cursor: Cursor;
  readonly nested: boolean;
}

/** The cells of one record: JSON texts, the cells of inner objects, or nothing. */
interface Slots {
  readonly shape: ShownShape;
  readonly key: string | undefined;
  readonly values: (string | Slots | undefined)[];
}

function readCells(shape: ShownShape, { cursor, nested }: Where, entryKey?: string): Slots {
  const values: (string | Slots | undefined)[] = shape.fields.map(() => undefined);
  let first = true;
  let key = entryKey;
  const separate = (): void => {
    if (!first) expect(cursor, ',');
    first = false;
  };
  if (shape.hasKeys && key === undefined) {
    separate();
    key = readText({ cursor, nested });
  }
  for (const index of shape.cells) {
    const field = shape.fields[index];
    if (field === undefined) continue;
    separate();
    values[index] = readCell(field, { cursor, nested });
  }
  return { shape, key, values };
}

function readCell(field: ShownField, { cursor, nested }: Where): string | Slots | undefined {
  const { text } = cursor;
  const first = text.charCodeAt(cursor.at);
  if (Number.isNaN(first) || first === 0x2c || (nested && first === 0x29)) return undefined;
  const { inner } = field;
  if (inner !== undefined) {
    if (first === 0x28) {
      return readTuple(inner.shape, cursor);
    }
    if (first === 0x5b && text.charCodeAt(cursor.at + 1) === 0x28) return readList(inner.shape, cursor);
    if (first === 0x7b && inner.kind === 'map') {
      const entries = readEntries(inner.shape, cursor);
      if (entries !== undefined) return entries;
    }
  }
  if (first === 0x22 || first === 0x7b || first === 0x5b) return readJson(cursor);
  const bare = readBare({ cursor, nested });
  if (first === 0x2a) {
    const value = repeatedValue(bare, cursor);
    if (inner === undefined || !value.startsWith('(')) return value;
    return readTuple(inner.shape, { text: value, repeated: cursor.repeated, at: 0 });
  }
  if (bare === 'null') return bare;
  return !field.text && isLiteral(bare) ? bare : `"${bare}"`;
}

function repeatedValue(name: string, { repeated }: Cursor): string {
  const value = repeated.get(name);
  if (value === undefined) throw new SyntaxError(`Nothing is called ${name}.`);
  return value;
}

function readTuple(shape: ShownShape, cursor: Cursor, key?: string): Slots {
  expect(cursor, '(');
  const slots = readCells(shape, { cursor, nested: true }, key);
  expect(cursor, ')');
  return slots;
}

function readList(shape: ShownShape, cursor: Cursor): string {
  const items: string[] = [];
  expect(cursor, '[');
  for (;;) {
    items.push(settle(readTuple(shape, cursor)));
    if (cursor.text[cursor.at] !== ',') break;
    cursor.at++;
  }
  expect(cursor, ']');
  return `[${items.join(',')}]`;
}

/** A map of tuples, or nothing when this is a JSON object. */
function readEntries(shape: ShownShape, cursor: Cursor): string | undefined {
  const entries: string[] = [];
  let at = cursor.at + 1;
  for (;;) {
    const key = readEntryKey(cursor.text, at);
    if (key === undefined || cursor.text.charCodeAt(key.end + 1) !== 0x28) {
      if (entries.length === 0) return undefined;
      throw new SyntaxError(`An entry of a map is not a tuple, at ${at}.`);
    }
    cursor.at = key.end + 1;
    entries.push(`${key.source}:${settle(readTuple(shape, cursor, key.source))}`);
    if (cursor.text[cursor.at] !== ',') break;
    at = cursor.at + 1;
  }
  expect(cursor, '}');
  return `{${entries.join(',')}}`;
}

function readEntryKey(text: string, at: number): { readonly source: string; readonly end: number } | undefined {
  if (text[at] === '"') {
    const scanned = scanJson(text, at);
    if (scanned === undefined || text[scanned.end] !== ':') return undefined;
    return { source: text.slice(at, scanned.end), end: scanned.end };
  }
  if (text[at] === '}') return undefined;
  const end = text.indexOf(':', at);
  return end === -1 ? undefined : { source: `"${text.slice(at, end)}"`, end };
}

function readJson(cursor: Cursor): string {
  const scanned = scanJson(cursor.text, cursor.at);
  if (scanned === undefined) throw new SyntaxError(`A cell is not JSON, at ${cursor.at}.`);
  cursor.at = scanned.end;
  return writeJson(scanned.node);
}

function readText({ cursor, nested }: Where): string {
  return cursor.text[cursor.at] === '"' ? readJson(cursor) : `"${readBare({ cursor, nested })}"`;
}

function readBare({ cursor, nested }: Where): string {
  const { text } = cursor;
  const start = cursor.at;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || (nested && code === 0x29)) break;
  }
  cursor.at = at;
  return text.slice(start, at);
}

function expect(cursor: Cursor, character: string): void {
  if (cursor.text[cursor.at] !== character) throw new SyntaxError(`Expected ${character} at ${cursor.at}.`);
  cursor.at++;
}

/** The JSON text of a record, with the columns that are said once or put together from others. */
function settle(record: Slots): string {
  for (const { path, template } of record.shape.composed) {
    const holder = holderOf(record, path);
    const index = path.at(-1);
    if (holder === undefined || index === undefined) continue;
    const own = holder.values[index];
    const framed = template.some((part) => typeof part === 'object' && 'own' in part);
    if (framed && (typeof own !== 'string' || !own.startsWith('"'))) continue;
    const parts = template.map((part) => {
      if (typeof part === 'string') return part;
      if ('own' in part) return typeof own === 'string' ? own.slice(1, -1) : undefined;
      const used = 'key' in part ? record.key : slotAt(record, part.path);
      if (typeof used !== 'string') return undefined;
      return template.length === 1 ? used : textOf(used);
    });
    if (parts.includes(undefined)) continue;
    holder.values[index] = template.length === 1 ? parts.join('') : `"${parts.join('')}"`;
  }
  return writeSlots(record);
}

function textOf(json: string): string | undefined {
  if (json.startsWith('"')) return json.includes('\\') ? undefined : json.slice(1, -1);
  return numberEnd(json, 0) === json.length ? json : undefined;
}

function holderOf(record: Slots, path: readonly number[]): Slots | undefined {
  let holder: Slots | undefined = record;
  for (const index of path.slice(0, -1)) {
    const inner: string | Slots | undefined = holder.values[index];
    if (typeof inner !== 'object') return undefined;
    holder = inner;
  }
  return holder;
}

function slotAt(record: Slots, path: readonly number[]): string | Slots | undefined {
  return holderOf(record, path)?.values[path.at(-1) ?? -1];
}

function writeSlots({ shape, values }: Slots): string {
  let text = '{';
  for (const [index, { key, constant }] of shape.fields.entries()) {
    const value = constant ?? values[index];
    if (value === undefined) continue;
    text += `${text === '{' ? '' : ','}${key}:${typeof value === 'string' ? value : writeSlots(value)}`;
  }
  return `${text}}`;
}
