import { stringValue } from '../../json/string-value.ts';
import { estimateTokens } from '../../strategies/records/estimate-tokens.ts';
import { maskVariables } from '../record-failures.ts';
import { matches, type QueryTerms } from '../record-relevance.ts';
import { readEncoded } from './encoded-text.ts';

/** A value as it is shown. What is left out stands in `<...>` outside of quotes, where no data can stand. */
export interface ShownValue {
  readonly text: string;
  readonly isWhole: boolean;
  /** Of a series, the items that are not shown whole. */
  readonly hidden?: readonly number[];
}

/** A text that is this much longer than allowed is shown whole: what stands in its place costs too. */
const SLACK_TOKENS = 12;
const CHARACTERS_PER_TOKEN = 3.4;
/** Of what is shown of a text without lines, this part is its beginning. */
const HEAD_SHARE = 0.7;
const FEWEST_LINES = 5;
const LONGEST_LINE = 240;
const SHORTEST_LINE = 100;
/** A line may have so many characters for each token that all may have. */
const LINE_CHARACTERS = 2;
const MOST_ASKED_LINES = 6;
/** Lines that tell nothing in particular stand for a text's beginning and end only. */
const MOST_END_TOKENS = 100;
/** Lines by which reports mark what went wrong. */
const TELLING_LINE =
  /error|fail|exception|panic|fatal|expected|received|actual|caused by|assert|denied|refused|timed? ?out|not found|unable to|cannot|no such|invalid/i;

/** A JSON string, or its beginning and its end with a note between them of how much was left out. */
export function clipString(source: string, allowedTokens: number, terms: QueryTerms): ShownValue {
  const tokens = estimateTokens(source);
  const encoded = readEncoded(source.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\/', '/'));
  if (encoded === undefined && tokens <= allowedTokens + SLACK_TOKENS) return { text: source, isWhole: true };
  const text = stringValue(source);
  if (encoded !== undefined) {
    const head = headOf(text, encoded.telling);
    const missing = grouped(text.length - head.length);
    return spell([{ text: head }, { missing: `${missing} more characters of ${encoded.encoding}` }]);
  }
  const lines = text.split('\n');
  return lines.length >= FEWEST_LINES
    ? clipLines(lines, { allowedTokens, terms })
    : spell(clipRun(text, allowedTokens));
}

/** Stretches of a text that are shown, and between them what is said of those that are not. */
type Stretch = { readonly text: string } | { readonly missing: string };

function spell(stretches: readonly Stretch[]): ShownValue {
  let spelled = '';
  let text = '';
  let isWhole = true;
  for (const stretch of stretches) {
    if ('text' in stretch) {
      text += stretch.text;
      continue;
    }
    spelled += `${text === '' ? '' : JSON.stringify(text)}<${stretch.missing}>`;
    text = '';
    isWhole = false;
  }
  if (text !== '' || isWhole) spelled += JSON.stringify(text);
  return { text: spelled, isWhole };
}

function clipRun(text: string, allowedTokens: number): readonly Stretch[] {
  const characters = Math.max(24, Math.round(allowedTokens * CHARACTERS_PER_TOKEN));
  if (text.length <= characters + 40) return [{ text }];
  const head = headOf(text, Math.round(characters * HEAD_SHARE));
  const tail = tailOf(text, characters - head.length);
  const missing = text.length - head.length - tail.length;
  return [{ text: head }, { missing: `${grouped(missing)} characters left out` }, { text: tail }];
}

/** The first characters, up to a blank where one is near, never half of a surrogate pair. */
export function headOf(text: string, length: number): string {
  let end = Math.min(length, text.length);
  const blank = text.lastIndexOf(' ', end);
  if (blank > end - 16 && blank > 0 && end < text.length) end = blank + 1;
  if (isLowSurrogate(text.charCodeAt(end)) && end < text.length) end--;
  return text.slice(0, end);
}

function tailOf(text: string, length: number): string {
  let start = Math.max(0, text.length - length);
  const blank = text.indexOf(' ', start);
  if (blank !== -1 && blank < start + 16) start = blank + 1;
  if (isLowSurrogate(text.charCodeAt(start))) start++;
  return text.slice(start);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The first lines and the last, and between them those that tell of an error or hold what was asked for. */
function clipLines(
  lines: readonly string[],
  { allowedTokens, terms }: { readonly allowedTokens: number; readonly terms: QueryTerms },
): ShownValue {
  const longest = Math.min(LONGEST_LINE, Math.max(SHORTEST_LINE, Math.round(allowedTokens * LINE_CHARACTERS)));
  const costs = lines.map((line) => Math.min(estimateTokens(line), longest / CHARACTERS_PER_TOKEN) + 2);
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index]));
  const asked = filled.filter((index) => matches(lines[index] ?? '', terms).size > 0);
  const telling = distinct(
    filled.filter((index) => TELLING_LINE.test(lines[index] ?? '')),
    lines,
  );
  const kept = new Set<number>();
  let left = allowedTokens;
  const keep = (indexes: readonly number[], least = 0): void => {
    for (const index of indexes) {
      const cost = costs[index] ?? 0;
      if (kept.has(index) || (kept.size > 0 && left - cost < least)) continue;
      kept.add(index);
      left -= cost;
    }
  };
  for (const index of [...filled.slice(0, 1), ...telling.slice(0, 1)]) {
    kept.add(index);
    left -= costs[index] ?? 0;
  }
  keep(filled.slice(-1));
  keep(asked.slice(0, MOST_ASKED_LINES));
  keep(telling);
  keep([...filled.slice(1, 3), ...filled.slice(-2, -1)], Math.max(0, allowedTokens - MOST_END_TOKENS));
  return writeLines(lines, kept, longest);
}

/** The first of lines that differ in numbers only. */
function distinct(indexes: readonly number[], lines: readonly string[]): readonly number[] {
  const seen = new Set<string>();
  return indexes.filter((index) => {
    const template = maskVariables((lines[index] ?? '').slice(0, LONGEST_LINE));
    if (seen.has(template)) return false;
    seen.add(template);
    return true;
  });
}

function writeLines(lines: readonly string[], kept: ReadonlySet<number>, longest: number): ShownValue {
  const stretches: Stretch[] = [];
  let missing = 0;
  const endGap = (): void => {
    if (missing > 0) stretches.push({ missing: `${missing} line${missing === 1 ? '' : 's'} left out` });
    missing = 0;
  };
  for (const [index, line] of lines.entries()) {
    // An empty line is not worth a gap.
    if (!kept.has(index) && (line !== '' || missing > 0 || !kept.has(index - 1))) {
      missing++;
      continue;
    }
    endGap();
    const shown = line.length <= longest ? [{ text: line }] : clipRun(line, longest / CHARACTERS_PER_TOKEN);
    stretches.push(...shown);
    if (index < lines.length - 1) stretches.push({ text: '\n' });
  }
  endGap();
  return spell(stretches);
}

/** `12,480`. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
