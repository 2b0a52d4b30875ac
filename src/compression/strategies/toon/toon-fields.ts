import type { JsonNode, JsonObject } from '../../json/parse-json.ts';
import { writeKey, writeToken } from './toon-token.ts';

/** A column of a TOON table, with columns of its own where every row holds an object there. */
export interface ToonField {
  /** As it stood in the source, with quotes. */
  readonly key: string;
  readonly children: readonly ToonField[] | undefined;
}

/** The columns of rows that all have the same keys in the same order; `undefined` where they have no table. */
export function fieldsOf(rows: readonly JsonNode[]): readonly ToonField[] | undefined {
  const objects: JsonObject[] = [];
  for (const row of rows) {
    if (row.type !== 'object' || row.keys.length === 0) return undefined;
    objects.push(row);
  }
  const keys = objects[0]?.keys ?? [];
  if (keys.length === 0 || new Set(keys).size !== keys.length) return undefined;
  for (const object of objects) {
    if (object.keys.length !== keys.length || object.keys.some((key, index) => key !== keys[index])) return undefined;
  }
  const fields: ToonField[] = [];
  for (const [index, key] of keys.entries()) {
    const values = objects.flatMap((object) => object.values[index] ?? []);
    const isPlain = values.every(isScalar);
    const children = isPlain ? undefined : fieldsOf(values);
    if (!isPlain && children === undefined) return undefined;
    fields.push({ key, children });
  }
  return fields;
}

/** The columns of an object whose entries are the rows of a table: at least two. */
export function entryFieldsOf({ values }: JsonObject): readonly ToonField[] | undefined {
  return values.length < 2 ? undefined : fieldsOf(values);
}

export function isScalar({ type }: JsonNode): boolean {
  return type !== 'array' && type !== 'object';
}

/** The columns as a header names them: `id,price{amount,currency}`. */
export function writeFields(fields: readonly ToonField[]): string {
  return fields
    .map(({ key, children }) => writeKey(key) + (children === undefined ? '' : `{${writeFields(children)}}`))
    .join(',');
}

/** The cells of a row, those of its inner objects in their place. */
export function writeCells(row: JsonNode): string {
  if (row.type === 'object') return row.values.map(writeCells).join(',');
  return row.type === 'array' ? '' : writeToken(row.source);
}
