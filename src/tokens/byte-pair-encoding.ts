import { BytePairMerge, MAX_MERGED_BYTES } from './byte-pair-merge.ts';
import { END_BYTE } from './character-class.ts';
import { endOfCl100kPreToken, endOfO200kPreToken, type FindPreTokenEnd, type SplitPattern } from './pre-token.ts';
import { NOT_REMEMBERED, PreTokenMemo } from './pre-token-memo.ts';
import { hashBytes, NO_RANK, type RankedTokens, Vocabulary } from './vocabulary.ts';

/** Is told of each pre-token of a text, in turn. */
export interface PreTokenVisitor {
  /** `bytes[start, end)` makes `tokens` tokens; `rank` is that of its token when it is one, otherwise negative. */
  visit(bytes: Uint8Array, start: number, end: number, tokens: number, rank: number): void;
}

const SHORT_MEMO = { slots: 8_192, maxKeyBytes: 32 };
const LONG_MEMO = { slots: 2_048, maxKeyBytes: 256 };
const FIRST_BUFFER_BYTES = 65_536;
const KEPT_BUFFER_BYTES = 1_048_576;

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/**
 * Counts the tokens of a text by an encoding's own split pattern and merges. Special tokens are ordinary text and a lone
 * surrogate is U+FFFD. The count is exact while no pre-token is longer than 4,096 bytes; a longer one is cut there, between
 * characters. Time is in proportion to the text, whatever it holds. Counts of recent pre-tokens are remembered in a table
 * of fixed size (0.9 MB), which never changes an answer.
 */
export class BytePairEncoding {
  private readonly vocabulary: Vocabulary;
  private readonly merge: BytePairMerge;
  private readonly findEnd: FindPreTokenEnd;
  private readonly encoder = new TextEncoder();
  private readonly shortMemo = new PreTokenMemo(SHORT_MEMO);
  private readonly longMemo = new PreTokenMemo(LONG_MEMO);
  private buffer = new Uint8Array(FIRST_BUFFER_BYTES);
  /** Of the last pre-token that was looked up. */
  private rank = NO_RANK;

  constructor(tokens: RankedTokens, pattern: SplitPattern) {
    this.vocabulary = new Vocabulary(tokens);
    this.merge = new BytePairMerge(this.vocabulary);
    this.findEnd = pattern === 'o200k' ? endOfO200kPreToken : endOfCl100kPreToken;
  }

  /** The tokens of `text`. */
  count(text: string): number {
    const { bytes, length } = this.encode(text);
    const { findEnd } = this;
    let total = 0;
    for (let start = 0; start < length;) {
      const end = findEnd(bytes, start);
      total += this.countPreToken(bytes, start, end);
      start = end;
    }
    return total;
  }

  /** Shows each pre-token of `text` to `visitor`. */
  visit(text: string, visitor: PreTokenVisitor): void {
    const { bytes, length } = this.encode(text);
    const { findEnd } = this;
    for (let start = 0; start < length;) {
      const end = findEnd(bytes, start);
      this.rank = NO_RANK;
      const tokens = this.countPreToken(bytes, start, end);
      visitor.visit(bytes, start, end, tokens, this.rank);
      start = end;
    }
  }

  private encode(text: string): { readonly bytes: Uint8Array; readonly length: number } {
    const capacity = text.length * 3 + 1;
    let bytes = this.buffer;
    if (capacity > bytes.length) {
      bytes = new Uint8Array(Math.max(capacity, Math.min(capacity * 2, KEPT_BUFFER_BYTES)));
      if (bytes.length <= KEPT_BUFFER_BYTES) this.buffer = bytes;
    }
    const length = this.encoder.encodeInto(text, bytes).written;
    bytes[length] = END_BYTE;
    return { bytes, length };
  }

  private countPreToken(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 1) return 1;
    if (end - start > LONG_MEMO.maxKeyBytes) return this.countInRuns(bytes, start, end);
    const hash = hashBytes(bytes, start, end);
    this.rank = this.vocabulary.rankOfHashed(bytes, start, end, hash);
    if (this.rank !== NO_RANK) return 1;
    const memo = end - start <= SHORT_MEMO.maxKeyBytes ? this.shortMemo : this.longMemo;
    const remembered = memo.get(bytes, start, end, hash);
    if (remembered !== NOT_REMEMBERED) return remembered;
    const count = this.merge.count(bytes, start, end);
    memo.set(bytes, start, end, { hash, count });
    return count;
  }

  private countInRuns(bytes: Uint8Array, start: number, end: number): number {
    let total = 0;
    for (let from = start; from < end;) {
      let to = Math.min(end, from + MAX_MERGED_BYTES);
      while (to < end && isContinuation(bytes[to] as number)) to--;
      total += this.vocabulary.rankOf(bytes, from, to) === NO_RANK ? this.merge.count(bytes, from, to) : 1;
      from = to;
    }
    return total;
  }
}
