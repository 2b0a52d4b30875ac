import type { CodeLanguage } from './code-language.ts';

/**
 * Brackets within brackets, counted wherever they stand: from some thousands on the parser runs out of its stack, which
 * it does not notice.
 */
const DEEPEST = 500;
/** Longer lines are data. */
const LONGEST_LINE = 20_000;
/** Lines on which a string opens or ends: so many, and this share of all, and strings are not what they look like. */
const MOST_ODD_LINES = 300;
const MOST_ODD_SHARE = 0.25;
/** Of more lines than these at least this share differ from all others: of generated code a sixth and more do. */
const REPEATED_LINES = 1_000;
const LEAST_DISTINCT_SHARE = 0.1;
/** Signs of less in one statement: each could begin a list of type arguments, and the parser follows all that might. */
const MOST_LESS = 500;
const WITH_TYPE_ARGUMENTS: ReadonlySet<CodeLanguage> = new Set([
  'c-sharp',
  'cpp',
  'java',
  'php',
  'rust',
  'tsx',
  'typescript',
]);

const LINE_FEED = 0x0a;

/**
 * Whether a text is what nobody writes, and what can cost a parser time and memory out of all proportion: too deep, too
 * long in one line, a string without an end on line after line, or the same lines again and again.
 */
export function isUnlikeSource(text: string, language: CodeLanguage): boolean {
  const countsLess = WITH_TYPE_ARGUMENTS.has(language);
  let depth = 0;
  let less = 0;
  let lineStart = 0;
  let lines = 1;
  let quotes = 0;
  let apostrophes = 0;
  let oddLines = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case LINE_FEED:
        if (index - lineStart > LONGEST_LINE) return true;
        lineStart = index + 1;
        lines++;
        oddLines += (quotes % 2) | (apostrophes % 2);
        quotes = 0;
        apostrophes = 0;
        break;
      case 0x22: // "
        quotes++;
        break;
      case 0x27: // '
        apostrophes++;
        break;
      case 0x28: // (
      case 0x5b: // [
        depth++;
        break;
      case 0x7b: // {
        depth++;
        less = 0;
        break;
      case 0x29: // )
      case 0x5d: // ]
        if (depth > 0) depth--;
        break;
      case 0x7d: // }
        if (depth > 0) depth--;
        less = 0;
        break;
      case 0x3b: // ;
        less = 0;
        break;
      case 0x3c: // <
        less++;
        break;
      case 0x3e: // >
        if (less > 0) less--;
        break;
      default:
        continue;
    }
    if (depth > DEEPEST || (countsLess && less > MOST_LESS)) return true;
  }
  if (text.length - lineStart > LONGEST_LINE) return true;
  if (oddLines > MOST_ODD_LINES && oddLines > lines * MOST_ODD_SHARE) return true;
  return lines > REPEATED_LINES && new Set(text.split('\n')).size < lines * LEAST_DISTINCT_SHARE;
}
