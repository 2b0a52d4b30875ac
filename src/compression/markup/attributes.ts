import { decodeReferences } from './character-references.ts';
import type { MarkupToken } from './markup-tokens.ts';

/** More attributes of one tag are not read. */
const MOST_ATTRIBUTES = 200;

/** Shared: of a million tags without attributes, a map each takes more room than all else that is known of them. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** The attributes of an open tag, by name as written; of two of a name the first. Values are decoded. */
export function attributesOf(source: string, tag: MarkupToken): ReadonlyMap<string, string> {
  let index = tag.start + 1 + tag.name.length;
  const end = tag.end - 1;
  if (index >= end) return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  while (index < end && attributes.size < MOST_ATTRIBUTES) {
    while (index < end && isSkipped(source.charCodeAt(index))) index++;
    const nameStart = index;
    while (index < end && !isSkipped(source.charCodeAt(index)) && source.charCodeAt(index) !== 61) index++;
    const name = source.slice(nameStart, index);
    while (index < end && source.charCodeAt(index) <= 32) index++;
    let value = '';
    if (source.charCodeAt(index) === 61 && index < end) {
      index++;
      while (index < end && source.charCodeAt(index) <= 32) index++;
      const quote = source[index];
      const closing = quote === '"' || quote === "'" ? closingQuote(source, { quote, index, end }) : -1;
      const valueStart = closing < 0 ? index : index + 1;
      if (closing < 0) while (index < end && source.charCodeAt(index) > 32) index++;
      else index = closing + 1;
      value = source.slice(valueStart, closing < 0 ? index : closing);
    }
    if (name !== '' && !attributes.has(name)) attributes.set(name, decodeReferences(value));
  }
  return attributes;
}

function closingQuote(
  source: string,
  { quote, index, end }: { readonly quote: string; readonly index: number; readonly end: number },
): number {
  for (let at = index + 1; at < end; at++) if (source[at] === quote) return at;
  return -1;
}

/** Blanks and `/`. */
function isSkipped(code: number): boolean {
  return code <= 32 || code === 47;
}
