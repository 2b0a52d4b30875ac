/** Of longer lines the head alone is the shape. */
const LONGEST_HEAD = 1_000;

/** Stands for what varies. */
export const HOLE = '<*>';

/**
 * A line without what varies from one event to the next: words with digits (times, numbers, ids, addresses, hex) are
 * one sign, files before a line number too, blanks are one blank. Codes that name a kind of failure stay: `E1001`,
 * `TS6258`, `ORA-00942`, and a status of three digits such as `502` behind a quote or `status`.
 */
export function shapeOf(line: string): string {
  const text = line.length <= LONGEST_HEAD ? line : line.slice(0, LONGEST_HEAD);
  let shape = '';
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    const start = index;
    index++;
    if (isBlank(code)) {
      while (index < text.length && isBlank(text.charCodeAt(index))) index++;
      if (shape !== '') shape += ' ';
      continue;
    }
    if (!isWordCode(code)) {
      shape += text[start];
      continue;
    }
    let digits = code >= 48 && code <= 57 ? 1 : 0;
    while (index < text.length && isWordCode(text.charCodeAt(index))) {
      const next = text.charCodeAt(index);
      if (next >= 48 && next <= 57) digits++;
      index++;
    }
    const word = text.slice(start, index);
    if (digits === 0) {
      shape += isFileBeforeLine(text, index) ? fileShape(shape) : word;
      continue;
    }
    if (isCode(word) || isStatus(text, start, index)) shape += word;
    else if (!shape.endsWith(HOLE)) shape += HOLE;
  }
  return shape.trimEnd();
}

/** `...Main.java` of `src/Main.java:12:` loses its folders too. */
function fileShape(shape: string): string {
  return shape.endsWith(HOLE) ? '' : HOLE;
}

/** Whether `:12` follows a word that ends like a file's name. */
function isFileBeforeLine(text: string, end: number): boolean {
  if (text[end] !== ':') return false;
  const next = text.charCodeAt(end + 1);
  return next >= 48 && next <= 57;
}

/** A few capitals and a few digits: `E1001`, `ORA-00942`, `TS6258`. */
function isCode(word: string): boolean {
  return /^[A-Z]{1,5}-?\d{2,5}$/.test(word);
}

/** A status of three digits from 400 to 599, alone between a quote or `=` and a blank. */
function isStatus(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (end - start !== 3 || (first !== 52 && first !== 53)) return false;
  const before = text.slice(Math.max(0, start - 2), start);
  return before === '" ' || before.endsWith('=') || before === ': ';
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

/** Letters, digits, `_`, `-`, `.`, and all that is not ASCII. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 45 && code <= 57 && code !== 47) ||
    code === 95 ||
    code >= 128
  );
}
