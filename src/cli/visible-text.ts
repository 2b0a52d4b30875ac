/** Control and format characters, line separators and halves of surrogate pairs: what a reader does not see. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const TAB = 0x09;
/** What joins and parts letters and emoji is part of their spelling. */
const ZERO_WIDTH_NON_JOINER = 0x200c;
const ZERO_WIDTH_JOINER = 0x200d;
const DELETE = 0x7f;
/** The block of pictures of control characters begins here: U+241B stands for escape. */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = 0x2421;

/**
 * One line of foreign text as it can be shown: no character in it steers a terminal, turns the order of the others round,
 * or hides. Controls become their pictures (`␛[31m`), whatever else is unseen its number (`\u{202e}`). Tabs stay.
 */
export function visibleText(line: string): string {
  return line.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === TAB || code === ZERO_WIDTH_NON_JOINER || code === ZERO_WIDTH_JOINER) return character;
    if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
    return code === DELETE ? String.fromCodePoint(DELETE_PICTURE) : `\\u{${code.toString(16)}}`;
  });
}
