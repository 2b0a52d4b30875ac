/** A line as words and what stands between them: `gaps[0] words[0] gaps[1] ... words[n-1] gaps[n]`. */
export interface SplitLine {
  readonly words: readonly string[];
  readonly gaps: readonly string[];
}

const BREAKS = new Set(' \t\r[](){}<>"\'=,;|'.split('').map((character) => character.charCodeAt(0)));

/** Splits a line at blanks, brackets, quotes, `=`, `,`, `;`, `|`, and at a colon that ends a word. */
export function splitLine(line: string): SplitLine {
  const words: string[] = [];
  const gaps: string[] = [];
  let gapStart = 0;
  let index = 0;
  while (index < line.length) {
    while (index < line.length && isBreak(line, index)) index++;
    if (index === line.length) break;
    gaps.push(line.slice(gapStart, index));
    const wordStart = index;
    while (index < line.length && !isBreak(line, index)) index++;
    words.push(line.slice(wordStart, index));
    gapStart = index;
  }
  gaps.push(line.slice(gapStart));
  return { words, gaps };
}

function isBreak(line: string, index: number): boolean {
  const code = line.charCodeAt(index);
  if (code !== 58) return BREAKS.has(code);
  const next = line.charCodeAt(index + 1);
  return Number.isNaN(next) || BREAKS.has(next);
}

export function hasDigit(word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}
