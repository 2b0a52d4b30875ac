/** An encoding's tokens in the order of their ranks: as text or, where a token is no whole character, as bytes. */
export type RankedTokens = readonly (string | readonly number[])[];

/** No token has these bytes. */
export const NO_RANK = -1;

const HASH_SEED = 0x811c9dc5;
const HASH_PRIME = 0x01000193;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A hash of `bytes[start, end)`, as a signed integer. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] as number), HASH_PRIME);
  return hash ^ (hash >>> 15);
}

function startsWithByteOrderMark(bytes: Uint8Array, start: number): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte);
}

/** The bytes of all tokens in a row, and where each begins: `offsets` gets one entry more than there are tokens. */
function pack(tokens: RankedTokens, offsets: Int32Array): Uint8Array {
  const encoder = new TextEncoder();
  let length = 0;
  for (const token of tokens) length += typeof token === 'string' ? token.length * 3 : token.length;
  const packed = new Uint8Array(length);
  let at = 0;
  for (const [rank, token] of tokens.entries()) {
    if (typeof token === 'string') at += writeText(token, packed, { at, encoder });
    else {
      packed.set(token, at);
      at += token.length;
    }
    offsets[rank + 1] = at;
  }
  return packed.slice(0, at);
}

/** Writes a token as UTF-8 and returns how many bytes it took. Most are short ASCII, where a loop beats the encoder. */
function writeText(
  token: string,
  packed: Uint8Array,
  target: { readonly at: number; readonly encoder: TextEncoder },
): number {
  for (let index = 0; index < token.length; index++) {
    const code = token.charCodeAt(index);
    if (code > 0x7f) return target.encoder.encodeInto(token, packed.subarray(target.at)).written;
    packed[target.at + index] = code;
  }
  return token.length;
}

/**
 * The tokens of an encoding in one open-addressed table over their packed bytes: a look-up makes no string and no object.
 */
export class Vocabulary {
  private readonly slotMask: number;
  private readonly rankOfSlot: Int32Array;
  private readonly hashOfSlot: Int32Array;
  private readonly offsets: Int32Array;
  private readonly tokenBytes: Uint8Array;
  private readonly rankOfPair = new Int32Array(0x10000).fill(NO_RANK);

  constructor(tokens: RankedTokens) {
    const slotCount = 2 ** Math.ceil(Math.log2(tokens.length * 2));
    this.slotMask = slotCount - 1;
    this.rankOfSlot = new Int32Array(slotCount).fill(NO_RANK);
    this.hashOfSlot = new Int32Array(slotCount);
    this.offsets = new Int32Array(tokens.length + 1);
    const packed = pack(tokens, this.offsets);
    for (let rank = 0; rank < tokens.length; rank++) this.add(rank, packed);
    this.tokenBytes = packed;
  }

  /** The rank of the token that is `bytes[start, end)`, or `NO_RANK`. */
  rankOf(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 2)
      return this.rankOfPair[((bytes[start] as number) << 8) | (bytes[start + 1] as number)] as number;
    return this.rankOfHashed(bytes, start, end, hashBytes(bytes, start, end));
  }

  /** As `rankOf`, for a caller that has the hash already. */
  rankOfHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    let slot = hash & this.slotMask;
    for (;;) {
      const rank = this.rankOfSlot[slot] as number;
      if (rank === NO_RANK) return NO_RANK;
      if (this.hashOfSlot[slot] === hash && this.isToken(rank, bytes, start, end)) return rank;
      slot = (slot + 1) & this.slotMask;
    }
  }

  private isToken(rank: number, bytes: Uint8Array, start: number, end: number): boolean {
    const offset = this.offsets[rank] as number;
    if ((this.offsets[rank + 1] as number) - offset !== end - start) return false;
    const shift = offset - start;
    for (let index = start; index < end; index++) if (bytes[index] !== this.tokenBytes[index + shift]) return false;
    return true;
  }

  private add(rank: number, packed: Uint8Array): void {
    const start = this.offsets[rank] as number;
    const end = this.offsets[rank + 1] as number;
    // gpt-tokenizer's decoder drops a byte order mark, so that it never finds these: leaving them out keeps the counts equal.
    if (startsWithByteOrderMark(packed, start)) return;
    const hash = hashBytes(packed, start, end);
    let slot = hash & this.slotMask;
    while (this.rankOfSlot[slot] !== NO_RANK) slot = (slot + 1) & this.slotMask;
    this.rankOfSlot[slot] = rank;
    this.hashOfSlot[slot] = hash;
    if (end - start === 2) this.rankOfPair[((packed[start] as number) << 8) | (packed[start + 1] as number)] = rank;
  }
}
