import type { PreTokenVisitor } from './byte-pair-encoding.ts';
import { WEIGHTS } from './family-weights.ts';
import { SCRIPTS, scriptOfCodePoint } from './script-of-code-point.ts';

/** What is counted of a text: a row of the weights. */
export type Feature = keyof typeof WEIGHTS;

export const FEATURES = Object.keys(WEIGHTS) as readonly Feature[];

function indexOf(feature: Feature): number {
  return FEATURES.indexOf(feature);
}

/** Kinds of ASCII punctuation: tokenizers have long tokens for runs of some, and none for others. */
const PUNCTUATION_KINDS = [
  ['Quote', `"'\``],
  ['Bracket', '{}[]()'],
  ['Angle', '<>'],
  ['Separator', ',:;'],
  ['Dot', '.'],
  ['Slash', '/\\'],
  ['Dash', '-_'],
  ['Pipe', '|'],
  ['Equals', '='],
  ['Star', '*#'],
  ['Other', ''],
] as const;
const OTHER_PUNCTUATION = PUNCTUATION_KINDS.length - 1;
const KIND_OF_PUNCTUATION = Uint8Array.from({ length: 128 }, (_, byte) => {
  const kind = PUNCTUATION_KINDS.findIndex(([, characters]) => characters.includes(String.fromCharCode(byte)));
  return kind === -1 ? OTHER_PUNCTUATION : kind;
});

/** Below these ranks of the encoding a word is more and more rare; a rare word is split by smaller vocabularies. */
const RANK_LIMITS = [4_000, 16_000, 50_000, 100_000] as const;
/** A word of so many letters is rarely split, however rare it is. */
const SHORT_WORD_LETTERS = 3;
const SHORT_BLANK_RUN = 16;
const SHORT_REPEAT = 8;

const byte = { tab: 0x09, newline: 0x0a, carriageReturn: 0x0d, space: 0x20, wide: 0x80 };
const ByteKind = { blank: 0, newline: 1, digit: 2, upper: 3, lower: 4, punctuation: 5, wide: 6 };
const { blank, newline, digit, upper, lower, punctuation, wide } = ByteKind;

const KIND_OF_BYTE = Uint8Array.from({ length: 256 }, (_, value) => {
  if (value >= byte.wide) return wide;
  if (value === byte.newline || value === byte.carriageReturn) return newline;
  if (value === byte.space || (value >= byte.tab && value < byte.carriageReturn)) return blank;
  const character = String.fromCharCode(value);
  if (/[0-9]/.test(character)) return digit;
  if (/[A-Z]/.test(character)) return upper;
  return /[a-z]/.test(character) ? lower : punctuation;
});

function isLetter(kind: number | undefined): boolean {
  return kind === upper || kind === lower;
}

const wordAfter = Uint16Array.from(PUNCTUATION_KINDS, ([kind]) => indexOf(`wordAfter${kind}`));
const inRun = Uint16Array.from(PUNCTUATION_KINDS, ([kind]) => indexOf(`run${kind}`));
const charactersOf = Uint16Array.from(SCRIPTS, (script) => indexOf(`${script}Characters`));
const tokensOf = Uint16Array.from(SCRIPTS, (script) => indexOf(`${script}Tokens`));
const at = Object.fromEntries(FEATURES.map((feature, index) => [feature, index])) as Readonly<Record<Feature, number>>;
const FIRST_SYMBOL = SCRIPTS.indexOf('blank');

/** Counts what a text is made of: words, digits, blanks, punctuation and the scripts beyond ASCII. */
export class FeatureTally implements PreTokenVisitor {
  /** How often each of `FEATURES` was seen. */
  readonly counts = new Float64Array(FEATURES.length);

  visit(bytes: Uint8Array, start: number, end: number, tokens: number, rank: number): void {
    for (let index = start; index < end; index++) {
      if ((bytes[index] as number) >= byte.wide) return this.addWide(bytes, start, end, tokens);
    }
    const first = KIND_OF_BYTE[bytes[start] as number];
    if (first === digit) return this.add(at.digits1 + end - start - 1);
    if (isLetter(first)) {
      this.add(at.wordAlone);
      return this.addWord(bytes, start, end, tokens, rank);
    }
    if (end - start > 1 && isLetter(KIND_OF_BYTE[bytes[start + 1] as number])) {
      this.add(featureOfPrefix(bytes[start] as number));
      return this.addWord(bytes, start + 1, end, tokens, rank);
    }
    const isPunctuation =
      first === punctuation ||
      (first === blank && end - start > 1 && KIND_OF_BYTE[bytes[start + 1] as number] === punctuation);
    if (isPunctuation) this.addPunctuation(bytes, start, end, tokens);
    else this.addBlanks(bytes, start, end, tokens);
  }

  private add(feature: number, times = 1): void {
    this.counts[feature] = (this.counts[feature] as number) + times;
  }

  private addWord(bytes: Uint8Array, start: number, end: number, tokens: number, rank: number): void {
    let capitals = 0;
    let others = 0;
    for (let index = start; index < end; index++) {
      const kind = KIND_OF_BYTE[bytes[index] as number];
      if (kind === upper) capitals++;
      else if (kind !== lower) others++;
    }
    if (others > 0) this.add(at.contraction);
    const letters = end - start - others;
    if (capitals === 1 && letters === 1) return this.add(at.singleCapital);
    if (capitals === letters) return this.addUnusualCase(at.capitalWord, letters, tokens);
    const isTitle = capitals === 1 && KIND_OF_BYTE[bytes[start] as number] === upper;
    if (capitals > 0 && !isTitle) return this.addUnusualCase(at.mixedWord, letters, tokens);
    if (isTitle) this.add(at.titleCase);
    if (tokens > 1) {
      this.add(at.splitWord);
      this.add(at.splitWordTokens, tokens);
      return this.add(at.splitWordLetters, letters);
    }
    let rankClass = 0;
    while (rankClass < RANK_LIMITS.length && rank >= (RANK_LIMITS[rankClass] as number)) rankClass++;
    this.add(at.wordOfRank0 + 2 * rankClass);
    if (letters > SHORT_WORD_LETTERS) this.add(at.lettersOfRank0 + 2 * rankClass, letters - SHORT_WORD_LETTERS);
  }

  /** Rows: the word, its letters, the word when it is split, and its tokens then. */
  private addUnusualCase(row: number, letters: number, tokens: number): void {
    this.add(row + 1, letters);
    if (tokens === 1) return this.add(row);
    this.add(row + 2);
    this.add(row + 3, tokens);
  }

  private addBlanks(bytes: Uint8Array, start: number, end: number, tokens: number): void {
    let newlines = 0;
    let tabs = 0;
    let returns = 0;
    for (let index = start; index < end; index++) {
      const value = bytes[index];
      if (value === byte.newline) newlines++;
      else if (value === byte.carriageReturn) returns++;
      else if (value === byte.tab) tabs++;
    }
    if (returns > 0) this.add(at.carriageReturn, returns);
    const spaces = end - start - newlines - tabs - returns;
    if (newlines > 0) {
      this.add(at.newline);
      this.add(at.moreNewlines, newlines - 1);
      if (spaces + tabs > 0) this.add(at.blanksBeforeNewline);
    } else if (tabs > 0) this.add(at.tabRun);
    else if (spaces === 1) return this.add(at.space);
    else if (spaces > 1) this.add(at.spaceRun);
    this.add(at.tabs, tabs);
    this.add(at.moreBlankTokens, tokens - 1);
    this.add(at.spacesUpTo16, Math.min(SHORT_BLANK_RUN, spaces));
    this.add(at.spacesBeyond16, Math.max(0, spaces - SHORT_BLANK_RUN));
  }

  private addPunctuation(bytes: Uint8Array, start: number, end: number, tokens: number): void {
    const isSpaced = bytes[start] === byte.space;
    const from = isSpaced ? start + 1 : start;
    let until = end;
    let newlines = 0;
    while (until > from && KIND_OF_BYTE[bytes[until - 1] as number] === newline) {
      if (bytes[--until] === byte.newline) newlines++;
    }
    if (until < end) {
      this.add(at.newlineAfterPunctuation);
      this.add(at.moreNewlinesAfterPunctuation, Math.max(0, newlines - 1));
    }
    if (until - from === 1) return this.add(isSpaced ? at.spacedPunctuation : at.punctuation);
    this.add(isSpaced ? at.spacedPunctuationRun : at.punctuationRun);
    this.add(at.punctuationRunTokens, tokens);
    let previous = 0;
    let repeats = 0;
    for (let index = from; index < until; index++) {
      const value = bytes[index] as number;
      if (value === previous) repeats++;
      else this.add(inRun[KIND_OF_PUNCTUATION[value] as number] as number);
      previous = value;
    }
    this.add(at.repeats, Math.min(SHORT_REPEAT, repeats));
    this.add(at.repeatsBeyond8, Math.max(0, repeats - SHORT_REPEAT));
  }

  private addWide(bytes: Uint8Array, start: number, end: number, tokens: number): void {
    let script = 0;
    let ascii = 0;
    for (let index = start; index < end;) {
      const value = bytes[index] as number;
      if (value < byte.wide) {
        ascii++;
        index++;
        continue;
      }
      script = scriptOfCodePoint(codePointAt(bytes, index));
      this.add(charactersOf[script] as number);
      index += widthOf(value);
    }
    this.add(tokensOf[script] as number, tokens);
    const isSpaced = bytes[start] === byte.space;
    if (isSpaced) this.add(script >= FIRST_SYMBOL ? at.wideSymbolSpace : at.wideSpace);
    this.add(at.wideAscii, isSpaced ? ascii - 1 : ascii);
  }
}

function featureOfPrefix(value: number): number {
  if (value === byte.space) return at.wordAfterSpace;
  return value === byte.tab ? at.wordAfterTab : (wordAfter[KIND_OF_PUNCTUATION[value] as number] as number);
}

function widthOf(firstByte: number): number {
  if (firstByte < 0xe0) return 2;
  return firstByte < 0xf0 ? 3 : 4;
}

function codePointAt(bytes: Uint8Array, index: number): number {
  const first = bytes[index] as number;
  const second = (bytes[index + 1] as number) & 0x3f;
  if (first < 0xe0) return ((first & 0x1f) << 6) | second;
  const third = (bytes[index + 2] as number) & 0x3f;
  if (first < 0xf0) return ((first & 0x0f) << 12) | (second << 6) | third;
  return ((first & 0x07) << 18) | (second << 12) | (third << 6) | ((bytes[index + 3] as number) & 0x3f);
}
