/**
 * JSON with nothing lost: numbers and strings keep their source text, objects keep the order of their keys and the
 * keys that come twice.
 */
export type JsonNode = JsonScalar | JsonArray | JsonObject;

export interface JsonScalar {
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** As it stood in the source, quotes and escapes included. */
  readonly source: string;
}

export interface JsonArray {
  readonly type: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonObject {
  readonly type: 'object';
  /** As they stood in the source, quotes and escapes included. */
  readonly keys: readonly string[];
  readonly values: readonly JsonNode[];
}

/** Deeper nesting than this is refused. */
export const DEEPEST_JSON = 200;

const TRUE: JsonScalar = { type: 'boolean', source: 'true' };
const FALSE: JsonScalar = { type: 'boolean', source: 'false' };
const NULL: JsonScalar = { type: 'null', source: 'null' };

/** The tree of a JSON text, or `undefined` when it is not one JSON document, or nested deeper than 200 levels. */
export function parseJson(text: string): JsonNode | undefined {
  const start = skipSpace(text, 0);
  const parsed = scanJson(text, start);
  if (parsed === undefined || skipSpace(text, parsed.end) !== text.length) return undefined;
  return parsed.node;
}

/** Reads what stands in place of a value and begins with `<`, or says no. */
export type ReadMark = (text: string, start: number) => { readonly node: JsonNode; readonly end: number } | undefined;

/** The JSON value that begins at exactly this position of a text, and the position behind it. */
export function scanJson(
  text: string,
  start: number,
  readMark?: ReadMark,
): { readonly node: JsonNode; readonly end: number } | undefined {
  const cursor = { at: start, readMark };
  const node = readValue(text, cursor, 0);
  return node === undefined ? undefined : { node, end: cursor.at };
}

interface Cursor {
  at: number;
  readonly readMark: ReadMark | undefined;
}

function readValue(text: string, cursor: Cursor, depth: number): JsonNode | undefined {
  const code = text.charCodeAt(cursor.at);
  if (code === 0x22) {
    const source = readString(text, cursor);
    return source === undefined ? undefined : { type: 'string', source };
  }
  if (code === 0x7b) return depth === DEEPEST_JSON ? undefined : readObject(text, cursor, depth + 1);
  if (code === 0x5b) return depth === DEEPEST_JSON ? undefined : readArray(text, cursor, depth + 1);
  if (code === 0x74) return readWord(text, cursor, TRUE);
  if (code === 0x66) return readWord(text, cursor, FALSE);
  if (code === 0x6e) return readWord(text, cursor, NULL);
  if (code === 0x3c && cursor.readMark !== undefined) {
    const mark = cursor.readMark(text, cursor.at);
    cursor.at = mark?.end ?? cursor.at;
    return mark?.node;
  }
  const end = numberEnd(text, cursor.at);
  if (end === undefined) return undefined;
  const source = text.slice(cursor.at, end);
  cursor.at = end;
  return { type: 'number', source };
}

function readObject(text: string, cursor: Cursor, depth: number): JsonObject | undefined {
  const keys: string[] = [];
  const values: JsonNode[] = [];
  cursor.at = skipSpace(text, cursor.at + 1);
  if (text.charCodeAt(cursor.at) === 0x7d) {
    cursor.at++;
    return { type: 'object', keys, values };
  }
  for (;;) {
    const key = text.charCodeAt(cursor.at) === 0x22 ? readString(text, cursor) : undefined;
    if (key === undefined) return undefined;
    cursor.at = skipSpace(text, cursor.at);
    if (text.charCodeAt(cursor.at) !== 0x3a) return undefined;
    cursor.at = skipSpace(text, cursor.at + 1);
    const value = readValue(text, cursor, depth);
    if (value === undefined) return undefined;
    keys.push(key);
    values.push(value);
    cursor.at = skipSpace(text, cursor.at);
    const code = text.charCodeAt(cursor.at);
    if (code === 0x2c) cursor.at = skipSpace(text, cursor.at + 1);
    else if (code === 0x7d) {
      cursor.at++;
      return { type: 'object', keys, values };
    } else return undefined;
  }
}

function readArray(text: string, cursor: Cursor, depth: number): JsonArray | undefined {
  const items: JsonNode[] = [];
  cursor.at = skipSpace(text, cursor.at + 1);
  if (text.charCodeAt(cursor.at) === 0x5d) {
    cursor.at++;
    return { type: 'array', items };
  }
  for (;;) {
    const item = readValue(text, cursor, depth);
    if (item === undefined) return undefined;
    items.push(item);
    cursor.at = skipSpace(text, cursor.at);
    const code = text.charCodeAt(cursor.at);
    if (code === 0x2c) cursor.at = skipSpace(text, cursor.at + 1);
    else if (code === 0x5d) {
      cursor.at++;
      return { type: 'array', items };
    } else return undefined;
  }
}

function readWord(text: string, cursor: Cursor, word: JsonScalar): JsonScalar | undefined {
  if (!text.startsWith(word.source, cursor.at)) return undefined;
  cursor.at += word.source.length;
  return word;
}

function readString(text: string, cursor: Cursor): string | undefined {
  const start = cursor.at;
  const { length } = text;
  for (let at = start + 1; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      cursor.at = at + 1;
      return text.slice(start, at + 1);
    }
    if (code < 0x20) return undefined;
    if (code === 0x5c) {
      at++;
      const escape = text.charCodeAt(at);
      if (escape === 0x75) {
        for (let digit = 1; digit <= 4; digit++) if (!isHexDigit(text.charCodeAt(at + digit))) return undefined;
        at += 4;
      } else if (!isSimpleEscape(escape)) return undefined;
    }
  }
  return undefined;
}

function isSimpleEscape(code: number): boolean {
  return (
    code === 0x22 ||
    code === 0x5c ||
    code === 0x2f ||
    code === 0x62 ||
    code === 0x66 ||
    code === 0x6e ||
    code === 0x72 ||
    code === 0x74
  );
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

/** Where the JSON string, number or word that begins at this position ends, or `undefined` when none does. */
export function scalarEnd(text: string, start: number): number | undefined {
  const code = text.charCodeAt(start);
  if (code === 0x5b || code === 0x7b) return undefined;
  return scanJson(text, start)?.end;
}

/** Where the JSON number that begins at this position ends, or `undefined` when none does. */
export function numberEnd(text: string, start: number): number | undefined {
  let at = start;
  if (text.charCodeAt(at) === 0x2d) at++;
  if (text.charCodeAt(at) === 0x30) at++;
  else {
    const digits = skipDigits(text, at);
    if (digits === at) return undefined;
    at = digits;
  }
  if (text.charCodeAt(at) === 0x2e) {
    const digits = skipDigits(text, at + 1);
    if (digits === at + 1) return undefined;
    at = digits;
  }
  const code = text.charCodeAt(at);
  if (code === 0x65 || code === 0x45) {
    at++;
    const sign = text.charCodeAt(at);
    if (sign === 0x2b || sign === 0x2d) at++;
    const digits = skipDigits(text, at);
    if (digits === at) return undefined;
    at = digits;
  }
  return at;
}

function skipDigits(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) at++;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}
