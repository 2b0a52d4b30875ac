import type { JsonNode, JsonObject } from '../../json/parse-json.ts';
import { sameJson } from '../../json/same-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { mergeKeys } from './merge-keys.ts';

/** Records laid out in columns. */
export interface RecordShape {
  readonly rowCount: number;
  readonly fields: readonly Field[];
  /** For the entries of a map: their keys as they stood in the source. */
  readonly keys?: readonly string[] | undefined;
}

/** One key of the records. */
export interface Field {
  /** As it stood in the source, with quotes. */
  readonly key: string;
  /** One per row, `undefined` where the record has no such key. */
  readonly values: readonly (JsonNode | undefined)[];
  readonly inner?: InnerRecords | undefined;
  /** How the column is written; decided after the layout. */
  role: Role;
}

/** Records inside of a column: one object per row, a list of them, or a map to them. */
export interface InnerRecords {
  readonly kind: 'group' | 'list' | 'map';
  readonly shape: RecordShape;
  /** Per row the first inner row, or -1 where the value is written as JSON. */
  readonly starts: readonly number[];
}

/** A piece of a column's template: literal text, the row's own cell, or the text of another column of the record. */
export type TemplatePart = string | { readonly own: true } | { readonly field: Field } | { readonly key: true };

export type Role =
  | {
      readonly type: 'cell';
      /** Whether everything that is not quoted and not `null` is a string. */
      readonly text: boolean;
      /** What the cell's text stands in: a template with exactly one own part, and that part per row. */
      readonly frame?: { readonly template: readonly TemplatePart[]; readonly own: readonly (string | undefined)[] };
    }
  | { readonly type: 'constant' }
  /** Put together from other columns of the same record. */
  | { readonly type: 'derived'; readonly template: readonly TemplatePart[] };

export const PLAIN_CELL: Role = { type: 'cell', text: false };

/** What an empty cell costs against a token, and a cell's brackets. */
const EMPTY_CELL = 0.3;
const MOST_FIELDS = 1_000;
/** A tuple wider than this is hard to read by counting; a map that names its entries is preferred. */
const WIDEST_GROUP = 16;

export interface Layout {
  readonly shape: RecordShape;
  /** Whether the record at this index is a row of the shape; the others are written as JSON. */
  readonly isRow: readonly boolean[];
}

/** Lays records out in columns, or says no when that does not pay. */
export function layOut(records: readonly JsonNode[], keys?: readonly string[]): Layout | undefined {
  return planLayout(records, keys)?.build();
}

interface Plan<Built> {
  /** Estimated tokens won by saying keys once. */
  readonly gain: number;
  readonly columnCount: number;
  /** Whether every record is a row. */
  readonly complete: boolean;
  build(): Built;
}

function planLayout(records: readonly JsonNode[], keys?: readonly string[]): Plan<Layout> | undefined {
  const objects = records.filter((record) => record.type === 'object');
  if (objects.length === 0) return undefined;
  const merged = mergeKeys(objects);
  const columnCount = merged.order.length;
  if (columnCount > MOST_FIELDS) return undefined;
  const isRow = records.map((record) => record.type === 'object' && merged.fits(record));
  const rows = objects.filter((object) => merged.fits(object));
  const gain = keyGain(rows, merged.order);
  if (gain <= 0) return undefined;
  return {
    gain,
    columnCount,
    complete: rows.length === records.length,
    build: () => ({
      shape: {
        rowCount: rows.length,
        fields: fieldsOf(rows, merged.order),
        keys: keys?.filter((_key, index) => isRow[index]),
      },
      isRow,
    }),
  };
}

/** Tokens of the keys that are no longer repeated, less the header and the empty cells. */
function keyGain(rows: readonly JsonObject[], order: readonly string[]): number {
  const costs = new Map(order.map((key) => [key, estimateTokens(key.slice(1, -1)) + 1]));
  let gain = 0;
  let present = 0;
  for (const { keys } of rows) {
    present += keys.length;
    for (const key of keys) gain += costs.get(key) ?? 0;
  }
  for (const cost of costs.values()) gain -= cost;
  return gain - (order.length * rows.length - present) * EMPTY_CELL;
}

function fieldsOf(rows: readonly JsonObject[], order: readonly string[]): readonly Field[] {
  const positions = new Map(order.map((key, position) => [key, position]));
  const columns = order.map((): (JsonNode | undefined)[] => Array.from({ length: rows.length }));
  for (const [row, { keys, values }] of rows.entries()) {
    for (const [index, key] of keys.entries()) {
      const column = columns[positions.get(key) ?? -1];
      if (column !== undefined) column[row] = values[index];
    }
  }
  return order.map((key, position) => {
    const values = columns[position] ?? [];
    return { key, values, inner: isConstant(values) ? undefined : innerRecords(values), role: PLAIN_CELL };
  });
}

/** Whether a column is there in every row, of at least two, and always says the same. */
export function isConstant(values: readonly (JsonNode | undefined)[]): boolean {
  const first = values[0];
  if (first === undefined || values.length < 2) return false;
  return values.every((value) => value !== undefined && sameJson(first, value));
}

/** Only the better of the plans is built: building each would cost a power of the depth. */
function innerRecords(values: readonly (JsonNode | undefined)[]): InnerRecords | undefined {
  const group = planGroup(values);
  const entries = planPool('map', values);
  if (entries !== undefined && (group === undefined || group.columnCount > WIDEST_GROUP || entries.gain > group.gain)) {
    return entries.build();
  }
  const items = planPool('list', values);
  return (items !== undefined && items.gain > (group?.gain ?? 0) ? items : group)?.build();
}

function planGroup(values: readonly (JsonNode | undefined)[]): Plan<InnerRecords> | undefined {
  const rows: number[] = [];
  const objects: JsonObject[] = [];
  for (const [row, value] of values.entries()) {
    if (value?.type !== 'object' || value.keys.length === 0) continue;
    rows.push(row);
    objects.push(value);
  }
  const plan = planLayout(objects);
  if (plan === undefined) return undefined;
  const build = (): InnerRecords => {
    const { shape, isRow } = plan.build();
    const starts = values.map(() => -1);
    let next = 0;
    for (const [index, row] of rows.entries()) if (isRow[index]) starts[row] = next++;
    return { kind: 'group', shape, starts };
  };
  return { ...plan, build };
}

/** The records of all rows in one shape. A row with any that does not fit is written as JSON. */
function planPool(kind: 'list' | 'map', values: readonly (JsonNode | undefined)[]): Plan<InnerRecords> | undefined {
  const candidates = values.map((value) => {
    const records = recordsOf(kind, value);
    return records.every(({ type }) => type === 'object') ? records : [];
  });
  const merged = mergeKeys(candidates.flat().filter((record) => record.type === 'object'));
  const pool: JsonNode[] = [];
  const keys: string[] = [];
  const starts = candidates.map((records, row) => {
    if (records.length === 0) return -1;
    if (!records.every((record) => record.type === 'object' && merged.fits(record))) return -1;
    const value = values[row];
    const start = pool.length;
    for (const record of records) pool.push(record);
    if (value?.type === 'object') for (const key of value.keys) keys.push(key);
    return start;
  });
  const plan = planLayout(pool, kind === 'map' ? keys : undefined);
  if (plan?.complete !== true) return undefined;
  return { ...plan, build: () => ({ kind, shape: plan.build().shape, starts }) };
}

function recordsOf(kind: 'list' | 'map', value: JsonNode | undefined): readonly JsonNode[] {
  if (value === undefined) return [];
  if (kind === 'list') return value.type === 'array' ? value.items : [];
  return value.type === 'object' ? value.values : [];
}
