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
  const last = content.charCodeAt(content.length - 1);
  if (first === 0x20 || first === 0x2d || first === 0x23 || last === 0x20) return false;
  for (let at = 0; at < content.length; at++) if (MARKS.has(content.charCodeAt(at))) return false;
  return !/^\+?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(content);
}

/** `"`, `,`, `:`, `[`, `\`, `]`, `{` and `}`. */
const MARKS: ReadonlySet<number> = new Set([0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d]);
