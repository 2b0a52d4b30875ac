/** The slot holds no such key. */
export const NOT_REMEMBERED = 0;

/**
 * Remembers the token counts of byte strings, in a direct-mapped table whose size never changes: a newcomer takes the
 * slot of whoever held it. A hit compares every byte, so that a remembered count is always that key's own.
 */
export class PreTokenMemo {
  private readonly slots: number;
  private readonly maxKeyBytes: number;
  private readonly hashes: Int32Array;
  private readonly lengths: Uint16Array;
  private readonly counts: Uint16Array;
  private readonly keys: Uint8Array;

  /** `slots` is a power of two; the keys take `slots * maxKeyBytes` bytes. */
  constructor(size: { readonly slots: number; readonly maxKeyBytes: number }) {
    this.slots = size.slots;
    this.maxKeyBytes = size.maxKeyBytes;
    this.hashes = new Int32Array(size.slots);
    this.lengths = new Uint16Array(size.slots);
    this.counts = new Uint16Array(size.slots);
    this.keys = new Uint8Array(size.slots * size.maxKeyBytes);
  }

  /** The count remembered for `bytes[start, end)` with that hash, or `NOT_REMEMBERED`. */
  get(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slot = hash & (this.slots - 1);
    if (this.hashes[slot] !== hash || this.lengths[slot] !== end - start) return NOT_REMEMBERED;
    const shift = slot * this.maxKeyBytes - start;
    for (let index = start; index < end; index++) if (this.keys[index + shift] !== bytes[index]) return NOT_REMEMBERED;
    return this.counts[slot] as number;
  }

  /** Remembers `count` for `bytes[start, end)`, which is no longer than `maxKeyBytes`. */
  set(bytes: Uint8Array, start: number, end: number, entry: { readonly hash: number; readonly count: number }): void {
    const slot = entry.hash & (this.slots - 1);
    this.hashes[slot] = entry.hash;
    this.lengths[slot] = end - start;
    this.counts[slot] = entry.count;
    const shift = slot * this.maxKeyBytes - start;
    for (let index = start; index < end; index++) this.keys[index + shift] = bytes[index] as number;
  }
}
