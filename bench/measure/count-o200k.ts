import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

const PIECE_CHARS = 4_000;
const LONGEST_RUN_CHARS = 600;
const RUN_PIECE_CHARS = 200;
const plainText = { disallowedSpecial: new Set<string>() };

/**
 * Tokens of o200k, by gpt-tokenizer and not by the counter of the package that is measured. In pieces of at most 4,000
 * characters that end with a line or a word, which adds about 0.3 %, since its time grows with the square of an unbroken run.
 */
export function countO200k(text: string): number {
  let tokens = 0;
  let start = 0;
  while (start < text.length) {
    const end = pieceEnd(text, start);
    tokens += countPiece(text.slice(start, end));
    start = end;
  }
  return tokens;
}

function pieceEnd(text: string, start: number): number {
  const end = start + PIECE_CHARS;
  if (end >= text.length) return text.length;
  const line = text.lastIndexOf('\n', end);
  if (line > start + PIECE_CHARS / 2) return line;
  const word = text.lastIndexOf(' ', end);
  return word > start + PIECE_CHARS / 4 ? word : end;
}

function countPiece(piece: string): number {
  if (longestRun(piece) <= LONGEST_RUN_CHARS) return countTokens(piece, plainText);
  let tokens = 0;
  for (let at = 0; at < piece.length; at += RUN_PIECE_CHARS) {
    tokens += countTokens(piece.slice(at, at + RUN_PIECE_CHARS), plainText);
  }
  return tokens;
}

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    run = text.charCodeAt(at) <= 0x20 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
