import type { EncodingForm } from '../strategy.ts';

/**
 * How a JSON text spells what it need not escape. Serializers do so throughout: Python writes `\u00e9` for every
 * character beyond ASCII, PHP writes `\/` for every slash. A text in such a style can be shown plainly and be
 * respelled exactly.
 */
export interface EscapeStyle {
  /** Every character from DEL on was spelled `\uXXXX`, in hexadecimal digits of this case. */
  readonly ascii: 'lower' | 'upper' | undefined;
  /** Every slash was spelled `\/`. */
  readonly slashes: boolean;
}

const PLAIN: EscapeStyle = { ascii: undefined, slashes: false };

/** A JSON text with the escapes of its style resolved. `respell(text, style)` gives the input back. */
export function resolveEscapes(text: string): { readonly text: string; readonly style: EscapeStyle } {
  if (!text.includes('\\u') && !text.includes('\\/')) return { text, style: PLAIN };
  const style = escapeStyle(text);
  if (style.ascii === undefined && !style.slashes) return { text, style };
  let plain = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
    const next = text[at + 1];
    if (next === '/' && style.slashes) {
      plain += `${text.slice(from, at)}/`;
      at += 2;
      from = at;
    } else if (next === 'u') {
      const shown = style.ascii === undefined ? '' : shownCharacters(text, at, style.ascii);
      const end = at + 6 * Math.max(1, shown.length);
      if (shown !== '') {
        plain += text.slice(from, at) + shown;
        from = end;
      }
      at = end;
    } else at += 2;
  }
  return { text: plain + text.slice(from), style };
}

/** Spells a plain JSON text in a style. */
export function respell(text: string, style: EscapeStyle): string {
  const slashed = style.slashes ? text.replaceAll('/', '\\/') : text;
  if (style.ascii === undefined) return slashed;
  const upper = style.ascii === 'upper';
  let spelled = '';
  let from = 0;
  for (let at = 0; at < slashed.length; at++) {
    const code = slashed.charCodeAt(at);
    if (code < 0x7f) continue;
    const digits = code.toString(16).padStart(4, '0');
    spelled += `${slashed.slice(from, at)}\\u${upper ? digits.toUpperCase() : digits}`;
    from = at + 1;
  }
  return spelled + slashed.slice(from);
}

/** The style as entries of an encoding's form: none for the plain style. */
export function escapeStyleForm(style: EscapeStyle): EncodingForm {
  return {
    ...(style.ascii === undefined ? {} : { ascii: style.ascii }),
    ...(style.slashes ? { slashes: true } : {}),
  };
}

/** The style that `escapeStyleForm` noted. */
export function escapeStyleOf(form: EncodingForm | undefined): EscapeStyle {
  const ascii = form?.['ascii'];
  return { ascii: ascii === 'lower' || ascii === 'upper' ? ascii : undefined, slashes: form?.['slashes'] === true };
}

function escapeStyle(text: string): EscapeStyle {
  let bareSlash = false;
  let escapedSlash = false;
  let ascii: EscapeStyle['ascii'];
  let bareCharacter = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x7f) bareCharacter = true;
    else if (code === 0x2f) bareSlash = true;
    else if (code === 0x5c) {
      at++;
      const next = text.charCodeAt(at);
      if (next === 0x2f) escapedSlash = true;
      if (next === 0x75) ascii = digitCase(text.slice(at + 1, at + 5)) ?? ascii ?? 'lower';
    }
  }
  return { ascii: bareCharacter ? undefined : ascii, slashes: escapedSlash && !bareSlash };
}

function digitCase(digits: string): 'lower' | 'upper' | undefined {
  if (digits === digits.toLowerCase()) return digits === digits.toUpperCase() ? undefined : 'lower';
  return 'upper';
}

/** What `\uXXXX` (or a surrogate pair of two) at this position shows, or nothing when it must stay an escape. */
function shownCharacters(text: string, at: number, digitCase: 'lower' | 'upper'): string {
  const code = escapedCode(text, at, digitCase);
  if (code === undefined || code < 0xa0 || isUnreadable(code)) return '';
  if (code < 0xd800 || code > 0xdfff) return String.fromCharCode(code);
  const low = code < 0xdc00 ? escapedCode(text, at + 6, digitCase) : undefined;
  return low !== undefined && low >= 0xdc00 && low <= 0xdfff ? String.fromCharCode(code, low) : '';
}

function escapedCode(text: string, at: number, digitCase: 'lower' | 'upper'): number | undefined {
  if (text[at] !== '\\' || text[at + 1] !== 'u') return undefined;
  const digits = text.slice(at + 2, at + 6);
  const spelled = digitCase === 'upper' ? digits.toUpperCase() : digits.toLowerCase();
  return digits === spelled ? Number.parseInt(digits, 16) : undefined;
}

/** Separators, joiners, direction marks and the byte order mark say more when they are spelled. */
function isUnreadable(code: number): boolean {
  return (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) || code === 0xfeff || code === 0xa0;
}
