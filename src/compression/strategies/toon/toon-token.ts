import { scanJson } from '../../json/parse-json.ts';
import { isLiteral } from '../records/cell-text.ts';

/** A scalar as TOON spells it: strings that could be mistaken in quotes, everything else as it stood in the JSON. */
export function writeToken(source: string): string {
  if (!source.startsWith('"')) return source;
  const content = source.slice(1, -1);
  return isBare(content) ? content : source;
}

/** A key as TOON spells it: bare when it is a word with dots. */
export function writeKey(source: string): string {
  const name = source.slice(1, -1);
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : source;
}

/** Where reading goes on in a line. */
export interface LineCursor {
  readonly text: string;
  at: number;
}

/** The JSON source of the scalar at the cursor, which ends before a comma or with the line. */
export function readToken(cursor: LineCursor): string {
  const { text, at } = cursor;
  if (text[at] === '"') return readQuoted(cursor);
  const comma = text.indexOf(',', at);
  cursor.at = comma === -1 ? text.length : comma;
  const bare = text.slice(at, cursor.at);
  return isLiteral(bare) ? bare : `"${bare}"`;
}

/** The JSON source of the key at the cursor, which ends before `:`, `[`, `{`, `}` or a comma. */
export function readKey(cursor: LineCursor): string {
  const { text, at } = cursor;
  if (text[at] === '"') return readQuoted(cursor);
  while (cursor.at < text.length && !':[{},'.includes(text.charAt(cursor.at))) cursor.at++;
  return `"${text.slice(at, cursor.at)}"`;
}

function readQuoted(cursor: LineCursor): string {
  const { text, at } = cursor;
  const scanned = scanJson(text, at);
  if (scanned === undefined) throw new SyntaxError(`A string is not JSON, at ${at}.`);
  cursor.at = scanned.end;
  return text.slice(at, scanned.end);
}

/** The quoting rules of TOON 4 (https://github.com/toon-format/spec), for the comma as delimiter. */
function isBare(content: string): boolean {
  if (content === '' || content === 'true' || content === 'false' || content === 'null') return false;
  const first = content.charCodeAt(0);
  if (first === SPACE || first === MINUS || first === HASH || content.endsWith(' ')) return false;
  for (let at = 0; at < content.length; at++) if (isMark(content.charCodeAt(at))) return false;
  const looksNumeric = first === PLUS || (first >= 0x30 && first <= 0x39);
  return !looksNumeric || !/^\+?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(content);
}

const SPACE = 0x20;
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** `"`, `,`, `:`, `[`, `\`, `]`, `{` and `}`. */
function isMark(code: number): boolean {
  if (code < 0x5b) return code === 0x22 || code === 0x2c || code === 0x3a;
  return code <= 0x5d || code === 0x7b || code === 0x7d;
}
