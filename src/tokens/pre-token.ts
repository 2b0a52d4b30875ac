import { CharacterClass, CLASS_OF_BYTE, classOfCodePoint, END_BYTE } from './character-class.ts';

const { other, mark, space, newline, upper, lower, caseless, number, end, wide } = CharacterClass;

/** Which split pattern: `o200k` breaks words at a change of case, `cl100k` does not. */
export type SplitPattern = 'o200k' | 'cl100k';

/** Finds the end of the pre-token that starts at `start`, in UTF-8 bytes that an `END_BYTE` follows. */
export type FindPreTokenEnd = (bytes: Uint8Array, start: number) => number;

const SPACE = 0x20;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LETTERS = { d: 0x64, e: 0x65, l: 0x6c, m: 0x6d, r: 0x72, s: 0x73, t: 0x74, v: 0x76 };
const TO_LOWER_CASE = 0x20;

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

function widthAt(bytes: Uint8Array, index: number): number {
  const byte = byteAt(bytes, index);
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

function classOfWide(bytes: Uint8Array, index: number): number {
  const first = byteAt(bytes, index);
  const second = byteAt(bytes, index + 1) & 0x3f;
  if (first < 0xe0) return classOfCodePoint(((first & 0x1f) << 6) | second);
  const third = byteAt(bytes, index + 2) & 0x3f;
  if (first < 0xf0) return classOfCodePoint(((first & 0x0f) << 12) | (second << 6) | third);
  const fourth = byteAt(bytes, index + 3) & 0x3f;
  return classOfCodePoint(((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth);
}

function classAt(bytes: Uint8Array, index: number): number {
  const narrow = CLASS_OF_BYTE[byteAt(bytes, index)] as number;
  return narrow === wide ? classOfWide(bytes, index) : narrow;
}

/** Skips the ASCII characters of one class, which is most of any tool's output, before the general loops look closer. */
function skipAscii(bytes: Uint8Array, start: number, characterClass: number): number {
  let index = start;
  while (CLASS_OF_BYTE[byteAt(bytes, index)] === characterClass) index++;
  return index;
}

function isLetter(characterClass: number): boolean {
  return characterClass >= upper && characterClass <= caseless;
}

/** The end of `'s`, `'ll` and the like at `index`, or `index` itself. */
function endOfContraction(bytes: Uint8Array, index: number): number {
  if (byteAt(bytes, index) !== APOSTROPHE) return index;
  const first = byteAt(bytes, index + 1) | TO_LOWER_CASE;
  if (first === LETTERS.s || first === LETTERS.d || first === LETTERS.m || first === LETTERS.t) return index + 2;
  if (first !== LETTERS.l && first !== LETTERS.v && first !== LETTERS.r) return index;
  const second = byteAt(bytes, index + 2) | TO_LOWER_CASE;
  return second === (first === LETTERS.l ? LETTERS.l : LETTERS.e) ? index + 3 : index;
}

/** The end of a word of capitals, then small letters, where letters without case and marks are both; or `start` when there is none. */
function endOfCasedWord(bytes: Uint8Array, start: number): number {
  let index = start;
  let endOfLastCaseless = -1;
  let characterClass = classAt(bytes, index);
  while (characterClass === upper || characterClass === caseless || characterClass === mark) {
    index += widthAt(bytes, index);
    if (characterClass !== upper) endOfLastCaseless = index;
    characterClass = classAt(bytes, index);
  }
  if (characterClass !== lower) return endOfLastCaseless === -1 ? index : endOfLastCaseless;
  index = skipAscii(bytes, index, lower);
  characterClass = classAt(bytes, index);
  while (characterClass === lower || characterClass === caseless || characterClass === mark) {
    index += widthAt(bytes, index);
    characterClass = classAt(bytes, index);
  }
  return index;
}

function endOfLetters(bytes: Uint8Array, start: number): number {
  let index = start;
  while (isLetter(classAt(bytes, index))) index += widthAt(bytes, index);
  return index;
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let index = start;
  for (let digits = 0; digits < 3 && classAt(bytes, index) === number; digits++) index += widthAt(bytes, index);
  return index;
}

function endOfPunctuation(bytes: Uint8Array, start: number, pattern: SplitPattern): number {
  let index = start;
  for (let c = classAt(bytes, index); c === other || c === mark; c = classAt(bytes, index))
    index += widthAt(bytes, index);
  return endOfTrail(bytes, index, pattern === 'o200k' ? SLASH : END_BYTE);
}

/** Skips the newlines that belong to the punctuation before them, and among them the byte `also`. */
function endOfTrail(bytes: Uint8Array, start: number, also: number): number {
  let index = start;
  for (;;) {
    const byte = byteAt(bytes, index);
    if (CLASS_OF_BYTE[byte] !== newline && (byte !== also || also === END_BYTE)) return index;
    index++;
  }
}

function endOfWhiteSpace(bytes: Uint8Array, start: number, pattern: SplitPattern): number {
  let index = skipAscii(bytes, start, space);
  let startOfLast = Math.max(start, index - 1);
  let endOfLastNewline = -1;
  let characterClass = classAt(bytes, index);
  while (characterClass === space || characterClass === newline) {
    startOfLast = index;
    index += widthAt(bytes, index);
    if (characterClass === newline) endOfLastNewline = index;
    characterClass = classAt(bytes, index);
  }
  if (characterClass === end && pattern === 'cl100k') return index;
  if (endOfLastNewline !== -1) return endOfLastNewline;
  return characterClass === end || startOfLast === start ? index : startOfLast;
}

function endOfCommon(bytes: Uint8Array, start: number, pattern: SplitPattern): number {
  const first = classAt(bytes, start);
  if (first === number) return endOfNumber(bytes, start);
  if (first === other || first === mark) return endOfPunctuation(bytes, start, pattern);
  if (byteAt(bytes, start) === SPACE) {
    const next = classAt(bytes, start + 1);
    if (next === other || next === mark) return endOfPunctuation(bytes, start + 1, pattern);
  }
  return endOfWhiteSpace(bytes, start, pattern);
}

/**
 * One pre-token of o200k, as its pattern says: a word with at most one character before it that is neither letter, digit
 * nor newline; up to three digits; punctuation with the newlines after it; or white space.
 */
export const endOfO200kPreToken: FindPreTokenEnd = (bytes, start) => {
  const first = classAt(bytes, start);
  if (isLetter(first)) return endOfContraction(bytes, endOfCasedWord(bytes, start));
  if (first !== number && first !== newline) {
    const wordStart = start + widthAt(bytes, start);
    const wordEnd = endOfCasedWord(bytes, wordStart);
    // A mark before capitals alone is a word by itself: the pattern's first alternative, without a prefix, takes it.
    const isWord = wordEnd > wordStart && (first !== mark || hasOtherThanCapitals(bytes, wordStart, wordEnd));
    if (isWord) return endOfContraction(bytes, wordEnd);
    if (first === mark) return endOfContraction(bytes, endOfCasedWord(bytes, start));
  }
  return endOfCommon(bytes, start, 'o200k');
};

function hasOtherThanCapitals(bytes: Uint8Array, start: number, wordEnd: number): boolean {
  for (let index = start; index < wordEnd; index += widthAt(bytes, index)) {
    if (classAt(bytes, index) !== upper) return true;
  }
  return false;
}

/** One pre-token of cl100k, as its pattern says: words whatever their case, and contractions on their own. */
export const endOfCl100kPreToken: FindPreTokenEnd = (bytes, start) => {
  const contractionEnd = endOfContraction(bytes, start);
  if (contractionEnd > start) return contractionEnd;
  const first = classAt(bytes, start);
  if (isLetter(first)) return endOfLetters(bytes, start);
  if (first !== number && first !== newline) {
    const wordStart = start + widthAt(bytes, start);
    const wordEnd = endOfLetters(bytes, wordStart);
    if (wordEnd > wordStart) return wordEnd;
  }
  return endOfCommon(bytes, start, 'cl100k');
};
