import { scanJson } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { columnName, isLiteral } from './cell-text.ts';
import { SAME, SAME_BUT_JSON } from './write-table.ts';

/** Columns as a table's head tells them, in the original order of the keys. */
export interface ShownShape {
  fields: ShownField[];
  /** The columns that have cells, in the order of the cells. */
  cells: number[];
  /** Columns of this record and of the objects in it that are put together, whatever they use coming first. */
  composed: readonly Composed[];
  readonly hasKeys: boolean;
}

export interface ShownField {
  /** JSON source, with quotes. */
  readonly key: string;
  readonly text: boolean;
  readonly constant: string | undefined;
  readonly inner: { readonly kind: 'group' | 'list' | 'map'; readonly shape: ShownShape } | undefined;
  readonly template: string | undefined;
  readonly isFramed: boolean;
}

export interface Composed {
  /** Indexes of fields, from the record inwards. */
  readonly path: readonly number[];
  readonly template: readonly ShownPart[];
}

export type ShownPart = string | { readonly own: true } | { readonly key: true } | { readonly path: readonly number[] };

export interface HeadPlace {
  readonly start: number;
  readonly order: string;
  readonly hasKeys: boolean;
}

const COLUMNS = 'columns: ';

/** Reads the lines between a table's title and its first row. Throws on what `writeTable` did not write. */
export function readHead(
  lines: readonly string[],
  { start, order, hasKeys }: HeadPlace,
): { readonly shape: ShownShape; readonly repeated: ReadonlyMap<string, string>; readonly end: number } {
  let end = start;
  while (lines[end]?.startsWith(COLUMNS) !== true) {
    if (end >= lines.length) throw new SyntaxError('The table has no line of columns.');
    end++;
  }
  const cursor = { text: lines[end]?.slice(COLUMNS.length) ?? '', at: 0 };
  if (hasKeys) {
    expect(cursor, 'key');
    if (cursor.at < cursor.text.length) expect(cursor, ',');
  }
  const shape = readColumns(cursor, hasKeys);
  if (cursor.at !== cursor.text.length) throw new SyntaxError(`The columns end early, at ${cursor.at}.`);
  const repeated = new Map<string, string>();
  for (const line of lines.slice(start, end)) {
    if (line.startsWith('*')) readRepeated(line, repeated);
    else readDefinitions(shape, line);
  }
  const orders = order.split(';');
  reorder(shape, { orders, next: 0 });
  compose(shape);
  return { shape, repeated, end: end + 1 };
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readColumns(cursor: Cursor, hasKeys: boolean): ShownShape {
  const fields: ShownField[] = [];
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ')') {
    if (fields.length > 0) expect(cursor, ',');
    fields.push(readColumn(cursor));
  }
  return { fields, cells: fields.map((_field, index) => index), composed: [], hasKeys };
}

function readColumn(cursor: Cursor): ShownField {
  const column = {
    key: readName(cursor),
    text: false,
    constant: undefined,
    inner: undefined,
    template: undefined,
    isFramed: false,
  };
  const { text } = cursor;
  if (text.startsWith('(', cursor.at)) return { ...column, inner: { kind: 'group', shape: readInner(cursor, '(') } };
  if (text.startsWith('[(', cursor.at)) {
    const inner = { kind: 'list', shape: readInner(cursor, '[(') } as const;
    expect(cursor, ']');
    return { ...column, inner };
  }
  if (text.startsWith('{key:(', cursor.at)) {
    const inner = { kind: 'map', shape: readInner(cursor, '{key:(') } as const;
    expect(cursor, '}');
    return { ...column, inner };
  }
  if (text.startsWith(':text', cursor.at)) {
    cursor.at += ':text'.length;
    return { ...column, text: true };
  }
  if (text[cursor.at] !== '=') return column;
  const start = cursor.at + 1;
  let at = start;
  while (at < text.length && text[at] !== ',' && text[at] !== ')') at++;
  cursor.at = at;
  return { ...column, text: true, template: text.slice(start, at), isFramed: true };
}

function readInner(cursor: Cursor, opening: string): ShownShape {
  expect(cursor, opening);
  const shape = readColumns(cursor, opening.startsWith('{'));
  expect(cursor, ')');
  return shape;
}

/** A column's name as the source of its key. */
function readName(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  if (text[start] === '"') {
    const scanned = scanJson(text, start);
    if (scanned === undefined) throw new SyntaxError(`A name is not JSON, at ${start}.`);
    cursor.at = scanned.end;
    return text.slice(start, scanned.end);
  }
  let at = start;
  while (at < text.length && !',()[]{}=:.'.includes(text.charAt(at))) at++;
  cursor.at = at;
  return `"${text.slice(start, at)}"`;
}

/** Constants are many on one line; a column that is put together has a line of its own. */
function readDefinitions(shape: ShownShape, line: string): void {
  const label = [SAME, SAME_BUT_JSON].find((start) => line.startsWith(start)) ?? '';
  const isSame = label !== '';
  const cursor = { text: line, at: label.length };
  while (cursor.at < line.length) {
    const { holder, key } = readPath(shape, cursor);
    expect(cursor, '=');
    const field = { key, text: false, constant: undefined, inner: undefined, template: undefined, isFramed: false };
    if (!isSame) {
      holder.fields.push({ ...field, template: line.slice(cursor.at) });
      return;
    }
    holder.fields.push({ ...field, constant: readConstant(cursor) });
    if (cursor.at < line.length) expect(cursor, ',');
  }
}

function readPath(shape: ShownShape, cursor: Cursor): { readonly holder: ShownShape; readonly key: string } {
  let holder = shape;
  let key = readName(cursor);
  for (;;) {
    const step = ['.', '[].', '{}.'].find((path) => cursor.text.startsWith(path, cursor.at));
    if (step === undefined) return { holder, key };
    const inner = holder.fields.find((field) => field.key === key)?.inner;
    if (inner === undefined) throw new SyntaxError(`No column holds ${key}.`);
    holder = inner.shape;
    cursor.at += step.length;
    key = readName(cursor);
  }
}

/** `*1=...`: JSON, a tuple or text, and the name that stands for it in cells. */
function readRepeated(line: string, repeated: Map<string, string>): void {
  const name = line.slice(0, line.indexOf('='));
  const value = line.slice(name.length + 1);
  const isJson = /^["{[(]/.test(value);
  repeated.set(name, isJson ? value : `"${value}"`);
}

function readConstant(cursor: Cursor): string {
  const first = cursor.text[cursor.at];
  if (first === '"' || first === '{' || first === '[') {
    const scanned = scanJson(cursor.text, cursor.at);
    if (scanned === undefined) throw new SyntaxError(`A value is not JSON, at ${cursor.at}.`);
    cursor.at = scanned.end;
    return writeJson(scanned.node);
  }
  const start = cursor.at;
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ',') cursor.at++;
  const bare = cursor.text.slice(start, cursor.at);
  return isLiteral(bare) ? bare : `"${bare}"`;
}

/** Puts the columns back into the order of the keys. */
function reorder(shape: ShownShape, state: { readonly orders: readonly string[]; next: number }): void {
  const runs = state.orders[state.next++] ?? '';
  const shown = shape.fields;
  for (const { inner } of shown) if (inner !== undefined) reorder(inner.shape, state);
  if (runs === '') return;
  const places = runs.split(',').flatMap((run) => {
    const [first = 0, last = first] = run.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_place, index) => first + index);
  });
  const fields = places.flatMap((place) => shown[place] ?? []);
  if (fields.length !== shown.length) throw new SyntaxError('The order of the keys does not fit the columns.');
  const at = new Map(places.map((place, index) => [place, index]));
  shape.fields = fields;
  shape.cells = shape.cells.map((place) => at.get(place) ?? place);
}

function expect(cursor: Cursor, expected: string): void {
  if (!cursor.text.startsWith(expected, cursor.at)) throw new SyntaxError(`Expected ${expected} at ${cursor.at}.`);
  cursor.at += expected.length;
}

interface Named {
  readonly field: ShownField;
  readonly path: readonly number[];
}

/** Finds what templates mean, and an order in which whatever they use comes first. */
function compose(shape: ShownShape): void {
  const names = new Map<string, Named>();
  collectNames({ shape, path: [], prefix: '' }, names);
  const composed = new Set<Composed>();
  const visited = new Set<string>();
  const visit = (name: string): void => {
    const named = names.get(name);
    if (named?.field.template === undefined || visited.has(name)) return;
    visited.add(name);
    const { template, uses } = readTemplate(named.field, { names, hasKeys: shape.hasKeys });
    for (const used of uses) visit(used);
    composed.add({ path: named.path, template });
  };
  for (const name of names.keys()) visit(name);
  shape.composed = [...composed];
}

function collectNames(
  { shape, path, prefix }: { shape: ShownShape; path: readonly number[]; prefix: string },
  names: Map<string, Named>,
): void {
  for (const [index, field] of shape.fields.entries()) {
    const name = prefix + columnName(field.key);
    const inner = field.inner;
    if (inner === undefined) names.set(name, { field, path: [...path, index] });
    else if (inner.kind === 'group') {
      collectNames({ shape: inner.shape, path: [...path, index], prefix: `${name}.` }, names);
    } else compose(inner.shape);
  }
}

interface Scope {
  readonly names: ReadonlyMap<string, Named>;
  readonly hasKeys: boolean;
}

/** Braces around a column's name mean its text, empty braces in the line of columns the cell; all others are text. */
function readTemplate(
  { template: text = '', isFramed }: ShownField,
  { names, hasKeys }: Scope,
): { readonly template: readonly ShownPart[]; readonly uses: readonly string[] } {
  const template: ShownPart[] = [];
  const uses: string[] = [];
  let from = 0;
  let open = text.indexOf('{');
  while (open !== -1) {
    const close = text.indexOf('}', open);
    if (close === -1) break;
    const name = text.slice(open + 1, close);
    const part = partNamed(name, { names, hasKeys, isFramed });
    if (part === undefined) {
      open = text.indexOf('{', open + 1);
      continue;
    }
    if (open > from) template.push(text.slice(from, open));
    template.push(part);
    uses.push(name);
    from = close + 1;
    open = text.indexOf('{', from);
  }
  if (from < text.length) template.push(text.slice(from));
  return { template, uses };
}

function partNamed(name: string, { names, hasKeys, isFramed }: Scope & { isFramed: boolean }): ShownPart | undefined {
  const named = names.get(name);
  if (named !== undefined) return { path: named.path };
  if (name === '' && isFramed) return { own: true };
  return name === 'key' && hasKeys ? { key: true } : undefined;
}
