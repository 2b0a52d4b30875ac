/** A piece of HTML or XML, between two offsets of the source. Comments, doctypes and instructions are no tokens. */
export interface MarkupToken {
  readonly kind: 'open' | 'close' | 'text';
  /** Of an element, in lower case in HTML; empty for text. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `<br/>`. Elements that HTML never closes are not marked. */
  readonly isSelfClosing: boolean;
  /** Text to be taken as it stands: CDATA, and what is between the tags of a script or a style. */
  readonly isRaw: boolean;
}

export type MarkupLanguage = 'html' | 'xml';

/** Elements whose content is text up to their end tag. */
const RAW_ELEMENTS: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed']);
/** Raw elements in which character references count. */
const ESCAPABLE_ELEMENTS: ReadonlySet<string> = new Set(['textarea', 'title']);

/**
 * Splits markup into tags and text, whatever its faults: what ends nowhere reaches to the end of the source. One pass,
 * never back: linear in the source.
 */
export function markupTokens(source: string, language: MarkupLanguage): readonly MarkupToken[] {
  const tokens: MarkupToken[] = [];
  const quotes = new Map<string, boolean>();
  let textStart = 0;
  let at = source.indexOf('<');
  const addText = (end: number, isRaw = false): void => {
    if (end > textStart) tokens.push({ kind: 'text', name: '', start: textStart, end, isSelfClosing: false, isRaw });
  };
  while (at >= 0) {
    const skipped = endOfDeclaration(source, at);
    if (skipped !== undefined) {
      addText(at);
      textStart = skipped;
      if (source.startsWith('<![CDATA[', at)) {
        textStart = at + 9;
        addText(Math.max(textStart, skipped - 3), true);
        textStart = skipped;
      }
      at = source.indexOf('<', textStart);
      continue;
    }
    const isClose = source[at + 1] === '/';
    const nameStart = at + (isClose ? 2 : 1);
    if (!isNameStart(source.charCodeAt(nameStart))) {
      at = source.indexOf('<', at + 1);
      continue;
    }
    const nameEnd = endOfName(source, nameStart);
    const end = endOfTag(source, nameEnd, quotes);
    if (end === undefined) break;
    addText(at);
    const written = source.slice(nameStart, nameEnd);
    const name = language === 'html' ? written.toLowerCase() : written;
    const isSelfClosing = !isClose && source[end - 2] === '/' && end - 2 >= nameEnd;
    tokens.push({ kind: isClose ? 'close' : 'open', name, start: at, end, isSelfClosing, isRaw: false });
    textStart = end;
    if (language === 'html' && !isClose && RAW_ELEMENTS.has(name)) {
      const rawEnd = endOfRawText(source, end, name);
      addText(rawEnd, !ESCAPABLE_ELEMENTS.has(name));
      textStart = rawEnd;
    }
    at = source.indexOf('<', textStart);
  }
  addText(source.length);
  return tokens;
}

/** Where a comment, CDATA section, doctype or instruction that begins at `at` ends; `undefined` when none begins. */
function endOfDeclaration(source: string, at: number): number | undefined {
  const second = source[at + 1];
  if (second !== '!' && second !== '?') return undefined;
  if (source.startsWith('<!--', at)) return endAfter(source, '-->', at + 4);
  if (source.startsWith('<![CDATA[', at)) return endAfter(source, ']]>', at + 9);
  const end = endAfter(source, '>', at + 2);
  // A doctype can hold declarations: `<!DOCTYPE note [<!ENTITY a "b">]>`.
  return second === '!' && source.slice(at, end).includes('[') ? endAfter(source, ']>', at) : end;
}

function endAfter(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function endOfName(source: string, start: number): number {
  let end = start;
  while (end < source.length && !isNameEnd(source.charCodeAt(end))) end++;
  return end;
}

/** Blanks, `/`, `>`, `=`, `<`. */
function isNameEnd(code: number): boolean {
  return code <= 32 || code === 47 || code === 62 || code === 61 || code === 60;
}

/** The offset behind the `>` of a tag: one within a quoted value does not count. `undefined` when there is none. */
function endOfTag(source: string, from: number, missingQuotes: Map<string, boolean>): number | undefined {
  let index = from;
  let isValue = false;
  while (index < source.length) {
    const code = source.charCodeAt(index);
    if (code === 62) return index + 1;
    if (isValue && (code === 34 || code === 39)) {
      const quote = code === 34 ? '"' : "'";
      // Once there is no closing quote, there is none later either: the search is not repeated.
      const end = missingQuotes.get(quote) === true ? -1 : source.indexOf(quote, index + 1);
      if (end < 0) missingQuotes.set(quote, true);
      else index = end;
      isValue = false;
    } else if (code > 32) {
      isValue = code === 61;
    }
    index++;
  }
  return undefined;
}

function endOfRawText(source: string, from: number, name: string): number {
  for (let at = source.indexOf('</', from); at >= 0; at = source.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (source.slice(at + 2, end).toLowerCase() === name && isNameEnd(source.charCodeAt(end) || 0)) return at;
  }
  return source.length;
}
