import type { JsonNode } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { type CellStyle, DELIMITER, columnName, entryName, isBare } from './cell-text.ts';
import { longSource, repeatedValues } from './repeated-values.ts';
import { type Field, type Layout, PLAIN_CELL, type RecordShape, type Role, type TemplatePart } from './record-shape.ts';

/** Begins the line of a record that has no columns. */
export const JSON_ROW = '=json ';

/** Begin the line of what holds for every row, or for every one that is not written as JSON. */
export const SAME = 'same in every row: ';
export const SAME_BUT_JSON = 'same in every row not in JSON: ';

/** What a table is made of, line by line. */
export interface TableText {
  /** What holds for every row, and the column names. */
  readonly head: readonly string[];
  /** One per record. */
  readonly rows: readonly string[];
  /** In what order the keys of each shape stood, for `readTable`. Empty when as shown. */
  readonly order: string;
}

/** Writes records that were laid out. A record that is not a row stands as `=json {...}`. */
export function writeTable(records: readonly JsonNode[], { shape, isRow }: Layout): TableText {
  const names = new Map<Field, string>();
  collectNames({ shape, path: '' }, names);
  const constants: string[] = [];
  const derived: Derived[] = [];
  collectHead({ shape, path: '' }, { names, constants, derived });
  const head: string[] = [];
  if (constants.length > 0) {
    const label = isRow.includes(false) || hasJsonObjects(shape) ? SAME_BUT_JSON : SAME;
    head.push(label + constants.join(DELIMITER));
  }
  const inOrder = inDependencyOrder(derived);
  for (const { path, template } of inOrder) head.push(`${path}=${spellTemplate(template, names)}`);
  const values = repeatedValues(shape, plainTuple);
  for (const [source, name] of values)
    head.push(`${name}=${writeString(source, { text: false, nested: false, line: true })}`);
  const columns = shape.fields.filter(isCell).map((field) => columnHead(field, names));
  head.push(`columns: ${(shape.keys === undefined ? columns : ['key', ...columns]).join(DELIMITER)}`);
  let next = 0;
  const rows = records.map((record, index) => {
    if (isRow[index] !== true) return JSON_ROW + writeJson(record);
    return cellsOf(shape, { row: next++, nested: false, repeated: values }).join(DELIMITER);
  });
  const places = new Map(inOrder.map(({ field }, place) => [field, place]));
  const orders: string[] = [];
  collectOrders(shape, { places, orders });
  return { head, rows, order: orders.join(';').replace(/;+$/, '') };
}

/** Whether an object that could have been a tuple is written as JSON. */
function hasJsonObjects(shape: RecordShape): boolean {
  return shape.fields.some(({ inner, values }) => {
    if (inner === undefined) return false;
    const isJson = values.some((value, row) => inner.starts[row] === -1 && isFilled(value));
    return isJson || hasJsonObjects(inner.shape);
  });
}

function isFilled(value: JsonNode | undefined): boolean {
  if (value?.type === 'object') return value.keys.length > 0;
  return value?.type === 'array' && value.items.length > 0;
}

interface Derived {
  readonly field: Field;
  readonly path: string;
  readonly template: readonly TemplatePart[];
}

interface Part {
  readonly shape: RecordShape;
  readonly path: string;
}

function isCell({ role }: Field): boolean {
  return role.type === 'cell';
}

/** Names as templates use them: paths from the record that they belong to. */
function collectNames({ shape, path }: Part, names: Map<Field, string>): void {
  for (const field of shape.fields) {
    const name = path + columnName(field.key);
    names.set(field, name);
    const { inner } = field;
    if (inner !== undefined)
      collectNames({ shape: inner.shape, path: inner.kind === 'group' ? `${name}.` : '' }, names);
  }
}

interface Head {
  readonly names: ReadonlyMap<Field, string>;
  readonly constants: string[];
  readonly derived: Derived[];
}

const INNER_PATH = { group: '.', list: '[].', map: '{}.' } as const;

function collectHead({ shape, path }: Part, head: Head): void {
  for (const field of shape.fields) {
    const { role, inner, values } = field;
    const name = path + columnName(field.key);
    if (role.type === 'constant') head.constants.push(`${name}=${writeValue(values[0], { role: PLAIN_CELL })}`);
    if (role.type === 'derived') head.derived.push({ field, path: name, template: role.template });
    if (inner !== undefined) collectHead({ shape: inner.shape, path: name + INNER_PATH[inner.kind] }, head);
  }
}

/** Whatever a template uses comes before it. */
function inDependencyOrder(derived: readonly Derived[]): readonly Derived[] {
  const byField = new Map(derived.map((entry) => [entry.field, entry]));
  const ordered = new Set<Derived>();
  const visit = (field: Field): void => {
    const entry = byField.get(field);
    const template = templateOf(field);
    for (const part of template) if (typeof part === 'object' && 'field' in part) visit(part.field);
    if (entry !== undefined) ordered.add(entry);
  };
  for (const { field } of derived) visit(field);
  return [...ordered];
}

function templateOf({ role }: Field): readonly TemplatePart[] {
  if (role.type === 'derived') return role.template;
  return role.type === 'cell' ? (role.frame?.template ?? []) : [];
}

function spellTemplate(template: readonly TemplatePart[], names: ReadonlyMap<Field, string>): string {
  return template
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('own' in part) return '{}';
      return 'key' in part ? '{key}' : `{${names.get(part.field) ?? ''}}`;
    })
    .join('');
}

function columnHead(field: Field, names: ReadonlyMap<Field, string>): string {
  const { inner, role } = field;
  const name = columnName(field.key);
  if (inner !== undefined) {
    const columns = inner.shape.fields.filter(isCell).map((column) => columnHead(column, names));
    const tuple = `(${columns.join(DELIMITER)})`;
    if (inner.kind === 'group') return name + tuple;
    return inner.kind === 'list' ? `${name}[${tuple}]` : `${name}{key:${tuple}}`;
  }
  if (role.type !== 'cell') return name;
  if (role.frame !== undefined) return `${name}=${spellTemplate(role.frame.template, names)}`;
  return role.text ? `${name}:text` : name;
}

interface Place {
  readonly row: number;
  readonly nested: boolean;
  /** Names of long values. */
  readonly repeated: ReadonlyMap<string, string>;
}

function cellsOf(shape: RecordShape, { row, nested, repeated }: Place): string[] {
  const cells: string[] = [];
  const key = shape.keys?.[row];
  if (key !== undefined && !nested) cells.push(writeString(key, { text: true, nested }));
  for (const field of shape.fields) if (isCell(field)) cells.push(writeCell(field, { row, nested, repeated }));
  return cells;
}

function writeTuple(shape: RecordShape, place: Place): string {
  return `(${cellsOf(shape, place).join(DELIMITER)})`;
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** The tuple of an inner object without names in it. */
function plainTuple({ inner }: Field, row: number): string {
  if (inner === undefined) return '';
  return writeTuple(inner.shape, { row: inner.starts[row] ?? 0, nested: true, repeated: NO_NAMES });
}

function writeCell(field: Field, { row, nested, repeated }: Place): string {
  const { inner, values, role } = field;
  const value = values[row];
  const start = inner?.starts[row] ?? -1;
  if (value === undefined) return '';
  if (inner === undefined || start === -1) {
    const isNamed = repeated.size > 0 && role.type === 'cell' && role.frame === undefined;
    const source = isNamed ? longSource(value) : undefined;
    return (source === undefined ? undefined : repeated.get(source)) ?? writeValue(value, { role, nested, row });
  }
  const { shape, kind } = inner;
  const tuple = (index: number): string => writeTuple(shape, { row: start + index, nested: true, repeated });
  if (kind === 'group') {
    const name = repeated.size === 0 ? undefined : repeated.get(plainTuple(field, row));
    return name ?? tuple(0);
  }
  if (value.type === 'array') return `[${value.items.map((_item, index) => tuple(index)).join(DELIMITER)}]`;
  if (value.type !== 'object') return '';
  return `{${value.keys.map((key, index) => `${entryName(key)}:${tuple(index)}`).join(DELIMITER)}}`;
}

interface Written {
  readonly role: Role;
  readonly nested?: boolean;
  readonly row?: number;
}

function writeValue(value: JsonNode | undefined, { role, nested = false, row = 0 }: Written): string {
  if (value === undefined) return '';
  if (value.type !== 'string') return writeJson(value);
  const own = role.type === 'cell' ? role.frame?.own[row] : undefined;
  const source = own === undefined ? value.source : `"${own}"`;
  return writeString(source, { text: role.type === 'cell' && role.text, nested });
}

function writeString(source: string, style: CellStyle): string {
  if (!source.startsWith('"')) return source;
  const content = source.slice(1, -1);
  return isBare(content, style) ? content : source;
}

interface Orders {
  /** The place of each column among those that are put together from others. */
  readonly places: ReadonlyMap<Field, number>;
  readonly orders: string[];
}

/** Per shape, for each key in its original order, its place in the order in which readers meet them. */
function collectOrders(shape: RecordShape, { places, orders }: Orders): void {
  const shown = [
    ...shape.fields.filter(isCell),
    ...shape.fields.filter(({ role }) => role.type === 'constant'),
    ...shape.fields
      .filter(({ role }) => role.type === 'derived')
      .sort((left, right) => (places.get(left) ?? 0) - (places.get(right) ?? 0)),
  ];
  const shownAt = new Map(shown.map((field, place) => [field, place]));
  orders.push(writeRuns(shape.fields.map((field) => shownAt.get(field) ?? 0)));
  for (const { inner } of shown) if (inner !== undefined) collectOrders(inner.shape, { places, orders });
}

/** `0,1,2,5,3,4` as `0-2,5,3-4`, and nothing for numbers that are in order. */
function writeRuns(numbers: readonly number[]): string {
  if (numbers.every((number, index) => number === index)) return '';
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
