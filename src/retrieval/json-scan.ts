/** Reading JSON text in place, so that no number and no escape is ever rewritten. The text is known to be JSON. */

export const QUOTE = 34;
const BACKSLASH = 92;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_ARRAY = 91;
export const CLOSE_ARRAY = 93;
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;

/** Where something stands in a text: from `start` up to, and without, `end`. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Whether a text is one JSON document that is a list or an object. */
export function isJsonDocument(text: string): boolean {
  const first = text.charCodeAt(skipSpace(text, 0));
  if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) return false;
  try {
    // Only whether it parses: what it gives is never read, for it rounds large numbers.
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Behind the closing quote. */
export function endOfString(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  }
  return index + 1;
}

/** Behind a number or a word. */
export function endOfScalar(text: string, from: number): number {
  let index = from + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isSpace(code) || code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT) break;
    index += 1;
  }
  return index;
}

/** Behind the value that begins here, however deep it is. */
export function endOfValue(text: string, from: number): number {
  let depth = 0;
  let index = from;
  do {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth += 1;
      index += 1;
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      depth -= 1;
      index += 1;
    } else if (isSpace(code) || code === COMMA || code === COLON) index += 1;
    else index = endOfScalar(text, index);
  } while (depth > 0 && index < text.length);
  return index;
}

export function skipSpace(text: string, from: number): number {
  let index = from;
  while (index < text.length && isSpace(text.charCodeAt(index))) index += 1;
  return index;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
