import { estimateTokens } from './estimate-tokens.ts';
import { hasDigit } from './mask-line.ts';

/** How many separators deep a beginning is looked for, and how many characters. */
const DEEPEST_CUT = 14;
const LONGEST_PREFIX = 120;
/** What a heading costs besides its text: `# ` and a newline. */
const HEADING_TOKENS = 2;
/** A line that can not stand under a heading costs a mark. */
const BARE_TOKENS = 1;
/** Of the words without digits so many would be saved by a template as well: measured, 0 to 0.5 are alike, 1 is worse. */
const TEMPLATE_SHARE = 0.5;

/**
 * For every line the beginning that it shares with its neighbours, to be said once as a heading, or `undefined` where
 * it has none. All beginnings end at the same, the most thrifty, count of separators: after the date, after the
 * minute, after the name of the host. Where values are to stay whole, they end at a blank behind a time, a number, a
 * bracket or a colon. `undefined` when headings save nothing.
 */
export function sharedPrefixes(
  lines: readonly string[],
  { keepsValuesWhole }: { readonly keepsValuesWhole: boolean },
): readonly (string | undefined)[] | undefined {
  const cuts = lines.map(keepsValuesWhole ? cutsBetweenWords : cutsOf);
  let best: number | undefined;
  let bestGain = lines.length / 2;
  for (let depth = 0; depth < DEEPEST_CUT; depth++) {
    const gain = gainAt(lines, { cuts, depth });
    if (gain > bestGain) {
      best = depth;
      bestGain = gain;
    }
  }
  if (best === undefined) return undefined;
  const depth = best;
  return lines.map((line, index) => prefixAt(line, cuts[index]?.[depth]));
}

/** The ends of the beginnings of a line: after each separator that follows a letter or digit. */
function cutsOf(line: string): readonly number[] {
  const cuts: number[] = [];
  const end = Math.min(line.length, LONGEST_PREFIX);
  for (let index = 1; index < end && cuts.length < DEEPEST_CUT; index++) {
    if (!isWordCode(line.charCodeAt(index)) && isWordCode(line.charCodeAt(index - 1))) cuts.push(index + 1);
  }
  return cuts;
}

/** After the blanks behind words that end with a digit, a bracket or a colon: `[INFO] `, `May  1 `, `10:00:00 `. */
function cutsBetweenWords(line: string): readonly number[] {
  const cuts: number[] = [];
  const end = Math.min(line.length, LONGEST_PREFIX);
  for (let index = 1; index < end && cuts.length < DEEPEST_CUT; index++) {
    if (line.charCodeAt(index) !== BLANK || line.charCodeAt(index + 1) === BLANK) continue;
    const before = line.charCodeAt(index - 1);
    if (before === BLANK || before === CLOSING_BRACKET || before === COLON || (before >= 48 && before <= 57))
      cuts.push(index + 1);
  }
  return cuts;
}

const BLANK = 32;
const CLOSING_BRACKET = 93;
const COLON = 58;

function prefixAt(line: string, cut: number | undefined): string | undefined {
  return cut === undefined ? undefined : line.slice(0, cut);
}

/** Tokens saved by headings that end at this depth. */
function gainAt(
  lines: readonly string[],
  { cuts, depth }: { readonly cuts: readonly (readonly number[])[]; readonly depth: number },
): number {
  let gain = 0;
  let current: string | undefined;
  let saved = 0;
  for (let index = 0; index < lines.length; index++) {
    const prefix = prefixAt(lines[index] ?? '', cuts[index]?.[depth]);
    if (prefix === undefined) {
      gain -= BARE_TOKENS;
      continue;
    }
    if (prefix !== current) {
      current = prefix;
      const tokens = estimateTokens(prefix);
      saved = Math.max(0, tokens - TEMPLATE_SHARE * wordTokens(prefix));
      gain -= tokens + HEADING_TOKENS;
    }
    gain += saved;
  }
  return gain;
}

/** Tokens of words without digits: a template saves those as well. */
function wordTokens(prefix: string): number {
  let tokens = 0;
  for (const word of prefix.split(' ')) if (!hasDigit(word)) tokens += estimateTokens(word);
  return tokens;
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
