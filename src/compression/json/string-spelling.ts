/**
 * How a JSON string spells what it need not escape, as a few characters: `u` or `U` when every character beyond ASCII is
 * `\uXXXX` in digits of this case, else those of U+2028 and U+2029 that are; `/` when slashes are escaped; and every
 * ASCII character that is spelled `\u00XX`, such as `<>&` by Go. Empty for what `JSON.stringify` writes.
 */
export type StringSpelling = string;

/** More of them than this are chance, not a style. */
const MOST_ESCAPED = 12;

/** The value and the spelling of a JSON string, or `undefined` when it is spelled now one way and now another. */
export function readString(source: string): { readonly value: string; readonly spelling: StringSpelling } | undefined {
  if (!source.includes('\\')) {
    const value = source.slice(1, -1);
    return spellString(value, '') === source ? { value, spelling: '' } : undefined;
  }
  const value: unknown = JSON.parse(source);
  if (typeof value !== 'string') return undefined;
  const spelling = spellingOf(source);
  return spelling !== undefined && spellString(value, spelling) === source ? { value, spelling } : undefined;
}

/** The JSON string that says a value in a spelling. */
export function spellString(value: string, spelling: StringSpelling): string {
  const plain = JSON.stringify(value);
  if (spelling === '') return plain;
  const isAscii = spelling.includes('u') || spelling.includes('U');
  const isUpper = spelling.includes('U');
  let spelled = '';
  let from = 0;
  for (let at = 1; at < plain.length - 1; at++) {
    const code = plain.charCodeAt(at);
    if (code === 0x5c) {
      const next = plain.charAt(at + 1);
      const isQuote = next === '"' && spelling.includes('"');
      if (isQuote || (next === 'u' && isUpper)) {
        const escape = isQuote ? unicodeEscape(0x22, isUpper) : `\\u${plain.slice(at + 2, at + 6).toUpperCase()}`;
        spelled += plain.slice(from, at) + escape;
        from = at + (isQuote ? 2 : 6);
      }
      at += next === 'u' ? 5 : 1;
      continue;
    }
    const isEscaped = code >= 0x7f ? isAscii || spelling.includes(plain.charAt(at)) : isNamed(code, spelling);
    if (!isEscaped) continue;
    spelled += plain.slice(from, at) + (code === 0x2f ? '\\/' : unicodeEscape(code, isUpper));
    from = at + 1;
  }
  return spelled + plain.slice(from);
}

/** Letters of a spelling that are marks are never spelled themselves. */
function isNamed(code: number, spelling: StringSpelling): boolean {
  return code !== 0x75 && code !== 0x55 && spelling.includes(String.fromCharCode(code));
}

function unicodeEscape(code: number, isUpper: boolean): string {
  const digits = code.toString(16).padStart(4, '0');
  return `\\u${isUpper ? digits.toUpperCase() : digits}`;
}

function spellingOf(source: string): StringSpelling | undefined {
  const escaped = new Set<string>();
  let isAscii = false;
  let isUpper = false;
  for (let at = source.indexOf('\\'); at !== -1; at = source.indexOf('\\', at)) {
    const next = source.charAt(at + 1);
    if (next === '/') escaped.add('/');
    if (next !== 'u') {
      at += 2;
      continue;
    }
    const digits = source.slice(at + 2, at + 6);
    if (digits !== digits.toLowerCase()) isUpper = true;
    const code = Number.parseInt(digits, 16);
    if (code === 0x2028 || code === 0x2029) escaped.add(String.fromCharCode(code));
    else if (code >= 0x7f) isAscii = true;
    else if (code >= 0x20) escaped.add(String.fromCharCode(code));
    if (escaped.size > MOST_ESCAPED) return undefined;
    at += 6;
  }
  return (isAscii ? (isUpper ? 'U' : 'u') : isUpper ? 'U' : '') + [...escaped].sort().join('');
}
