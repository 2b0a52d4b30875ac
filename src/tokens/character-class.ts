/** What the split patterns of the encodings ask of a character. Values below 16 are classes, the others are for scanners. */
export const CharacterClass = {
  other: 0,
  mark: 1,
  space: 2,
  newline: 3,
  upper: 4,
  lower: 5,
  caseless: 6,
  number: 7,
  /** A byte that no UTF-8 text holds: it ends every run, so that scans need no bounds check. */
  end: 16,
  /** The first byte of a character outside ASCII: its class needs the whole character. */
  wide: 17,
} as const;

/** The byte to write after the last one of a text. */
export const END_BYTE = 0xff;

const PAGE_SIZE = 256;
const classPages: (Uint8Array | undefined)[] = [];

function classify(character: string): number {
  if (/^[\r\n]$/u.test(character)) return CharacterClass.newline;
  if (/^\s$/u.test(character)) return CharacterClass.space;
  if (/^[\p{Lu}\p{Lt}]$/u.test(character)) return CharacterClass.upper;
  if (/^\p{Ll}$/u.test(character)) return CharacterClass.lower;
  if (/^\p{L}$/u.test(character)) return CharacterClass.caseless;
  if (/^\p{M}$/u.test(character)) return CharacterClass.mark;
  if (/^\p{N}$/u.test(character)) return CharacterClass.number;
  return CharacterClass.other;
}

function buildPage(page: number): Uint8Array {
  return Uint8Array.from({ length: PAGE_SIZE }, (_, index) => classify(String.fromCodePoint(page * PAGE_SIZE + index)));
}

/** The class of a code point, by the Unicode tables of the engine, which the encodings' own patterns use too. */
export function classOfCodePoint(codePoint: number): number {
  const page = codePoint >>> 8;
  const classes = (classPages[page] ??= buildPage(page));
  return classes[codePoint & 0xff] ?? CharacterClass.other;
}

/** The class of each byte that can start a character in UTF-8; `wide` stands for a character of several bytes. */
export const CLASS_OF_BYTE: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === END_BYTE) return CharacterClass.end;
  return byte < 0x80 ? classOfCodePoint(byte) : CharacterClass.wide;
});
