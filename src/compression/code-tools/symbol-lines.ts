import { isPath } from './search-lines.ts';
import type { SearchLine } from './search-lines.ts';

const LONGEST_LINE = 2_000;

/**
 * Reads what lists symbols with their places: `NAME  kind  path:12  rest`, a tags file's `name<TAB>path<TAB>/^...$/`, and
 * the columns `name kind 12 path text` of `ctags -x`.
 */
export function readSymbolLines(lines: readonly string[]): readonly SearchLine[] {
  return lines.map((line) => readSymbol(line) ?? { role: 'other', contentStart: 0 });
}

function readSymbol(line: string): SearchLine | undefined {
  if (line.startsWith('!_TAG_') || line.length > LONGEST_LINE || line === '' || line.startsWith(' ')) return undefined;
  const tagged = TAGGED.exec(line);
  if (tagged !== null) return { role: 'hit', path: tagged[1], contentStart: 0 };
  const words = line.trimEnd().split(BLANKS, 6);
  for (const word of words.slice(1, 4)) {
    const colon = word.lastIndexOf(':');
    const path = word.slice(0, colon);
    const number = word.slice(colon + 1);
    if (colon > 0 && DIGITS.test(number) && isPath(path)) return { role: 'hit', path, number, contentStart: 0 };
  }
  const [, kind, number, path] = words;
  const isColumns = kind !== undefined && KIND.test(kind) && DIGITS.test(number ?? '') && isPath(path ?? '');
  return isColumns ? { role: 'hit', path, number, contentStart: 0 } : undefined;
}

const TAGGED = /^[^\t]{1,200}\t([^\t]{1,400})\t(?:\/[\^]|\d+;)/;
const BLANKS = /\s+/;
const DIGITS = /^\d{1,9}$/;
const KIND = /^[a-z]{1,20}$/;
