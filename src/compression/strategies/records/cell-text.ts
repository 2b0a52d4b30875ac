import { numberEnd } from '../../json/parse-json.ts';

/** Between the cells of a row and of a tuple. */
export const DELIMITER = ',';

/** Whether a bare word would read as a number, `true`, `false` or `null`. */
export function isLiteral(text: string): boolean {
  return text === 'true' || text === 'false' || text === 'null' || numberEnd(text, 0) === text.length;
}

/** Where a cell stands. */
export interface CellStyle {
  /** The column holds strings alone. */
  readonly text: boolean;
  /** The cell stands inside of a tuple. */
  readonly nested: boolean;
  /** The value has the rest of its line for itself. */
  readonly line?: boolean;
}

/** Whether text without quotes can stand as a cell and be told from everything else. */
export function isBare(content: string, { text, nested, line = false }: CellStyle): boolean {
  const { length } = content;
  if (length === 0 || isOpening(content.charCodeAt(0)) || content.charCodeAt(length - 1) === 0x20) return false;
  for (let at = 0; at < length; at++) {
    const code = content.charCodeAt(at);
    if ((code === 0x2c && !line) || code === 0x5c || (nested && code === 0x29)) return false;
  }
  return text ? content !== 'null' : !isLiteral(content);
}

/** A space, or what begins a quoted string, a list, an object, a tuple, a name, a placeholder, or a line that is no row. */
function isOpening(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x22 ||
    code === 0x5b ||
    code === 0x7b ||
    code === 0x28 ||
    code === 0x2a ||
    code === 0x3c ||
    code === 0x3d
  );
}

/** A key as a column's name: bare where it is a plain word, its JSON source otherwise. */
export function columnName(key: string): string {
  const name = key.slice(1, -1);
  return isPlainName(name) ? name : key;
}

/** A key before the tuple of a map's entry. Dots are welcome here. */
export function entryName(key: string): string {
  const name = key.slice(1, -1);
  return isPlainName(name.replaceAll('.', '-')) ? name : key;
}

function isPlainName(name: string): boolean {
  if (name === '' || name.startsWith(' ') || name.endsWith(' ')) return false;
  for (let at = 0; at < name.length; at++) if (!isNameCode(name.charCodeAt(at))) return false;
  return true;
}

/** Letters, digits, space, `# $ @ _ - / + % & ~ ! ?` and everything from the Latin letters beyond ASCII on. */
function isNameCode(code: number): boolean {
  if (code >= 0x30 && code <= 0x39) return true;
  if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return true;
  return code > 0xa0 || ' #$@_-/+%&~!?'.includes(String.fromCharCode(code));
}
