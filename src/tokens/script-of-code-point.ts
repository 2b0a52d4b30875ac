/** Scripts and kinds of symbols that tokenizers treat alike, beyond ASCII. */
export const SCRIPTS = [
  'latin',
  'mark',
  'greek',
  'cyrillic',
  'hebrew',
  'arabic',
  'devanagari',
  'bengali',
  'indic',
  'thai',
  'otherAlphabet',
  'blank',
  'latinSign',
  'generalPunctuation',
  'symbol',
  'pictograph',
  'box',
  'block',
  'braille',
  'ideographicMark',
  'kana',
  'han',
  'hangul',
  'fullWidth',
  'otherPlane0',
  'emoji',
  'flag',
  'skinTone',
  'otherAstral',
] as const;

export type Script = (typeof SCRIPTS)[number];

/** Where each script begins, in the order of code points; it ends where the next one begins. */
const STARTS: readonly (readonly [codePoint: number, script: Script])[] = [
  [0x80, 'latinSign'],
  [0xa0, 'blank'],
  [0xa1, 'latinSign'],
  [0xc0, 'latin'],
  [0x250, 'otherAlphabet'],
  [0x300, 'mark'],
  [0x370, 'greek'],
  [0x400, 'cyrillic'],
  [0x530, 'otherAlphabet'],
  [0x590, 'hebrew'],
  [0x600, 'arabic'],
  [0x780, 'otherAlphabet'],
  [0x900, 'devanagari'],
  [0x980, 'bengali'],
  [0xa00, 'indic'],
  [0xe00, 'thai'],
  [0xe80, 'otherAlphabet'],
  [0x1e00, 'latin'],
  [0x1f00, 'greek'],
  [0x2000, 'blank'],
  [0x200b, 'mark'],
  [0x2010, 'generalPunctuation'],
  [0x2028, 'blank'],
  [0x202a, 'mark'],
  [0x202f, 'blank'],
  [0x2030, 'generalPunctuation'],
  [0x2070, 'symbol'],
  [0x2500, 'box'],
  [0x2580, 'block'],
  [0x25a0, 'symbol'],
  [0x2600, 'pictograph'],
  [0x27c0, 'symbol'],
  [0x2800, 'braille'],
  [0x2900, 'symbol'],
  [0x2e80, 'otherPlane0'],
  [0x3000, 'blank'],
  [0x3001, 'ideographicMark'],
  [0x3040, 'kana'],
  [0x3100, 'otherPlane0'],
  [0x3400, 'han'],
  [0xa000, 'otherPlane0'],
  [0xac00, 'hangul'],
  [0xd7b0, 'otherPlane0'],
  [0xf900, 'han'],
  [0xfb00, 'otherPlane0'],
  [0xfe00, 'mark'],
  [0xfe10, 'otherPlane0'],
  [0xff00, 'fullWidth'],
  [0xff66, 'kana'],
  [0xffa0, 'fullWidth'],
  [0xfff0, 'otherPlane0'],
  [0x1_0000, 'otherAstral'],
  [0x1_f000, 'emoji'],
  [0x1_f1e6, 'flag'],
  [0x1_f200, 'emoji'],
  [0x1_f3fb, 'skinTone'],
  [0x1_f400, 'emoji'],
  [0x1_fb00, 'otherAstral'],
  [0x2_0000, 'otherAstral'],
];

const START_OF_RANGE = Uint32Array.from(STARTS, ([codePoint]) => codePoint);
const SCRIPT_OF_RANGE = Uint8Array.from(STARTS, ([, script]) => SCRIPTS.indexOf(script));

/** The index in `SCRIPTS` of a code point from U+0080 on. */
export function scriptOfCodePoint(codePoint: number): number {
  let low = 0;
  let high = START_OF_RANGE.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((START_OF_RANGE[middle] as number) <= codePoint) low = middle;
    else high = middle - 1;
  }
  return SCRIPT_OF_RANGE[low] as number;
}
