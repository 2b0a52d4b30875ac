import { NO_RANK, type Vocabulary } from './vocabulary.ts';

/** The longest run of bytes that is merged as one. Longer pre-tokens are cut into such runs, which keeps the work linear. */
export const MAX_MERGED_BYTES = 4_096;

/** Up to here a scan for the lowest rank is as quick as the heap; at 192 bytes the heap takes half the time. */
const SCAN_LIMIT_BYTES = 48;
const NEVER = 0x7fffffff;
const POSITION_RANGE = 2 ** 13;

/**
 * Merges byte pairs, lowest rank first and leftmost among equals, and counts what is left. Holds scratch space, so one
 * instance serves one synchronous caller; what it returns depends on the bytes alone.
 */
export class BytePairMerge {
  private readonly vocabulary: Vocabulary;
  private readonly starts = new Int32Array(MAX_MERGED_BYTES + 2);
  private readonly ranks = new Int32Array(MAX_MERGED_BYTES + 2);
  private readonly previous = new Int32Array(MAX_MERGED_BYTES + 2);
  private readonly heap = new Float64Array(3 * MAX_MERGED_BYTES + 8);
  private heapSize = 0;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** How many tokens `bytes[start, end)` makes; `end - start` is 1 to `MAX_MERGED_BYTES`. */
  count(bytes: Uint8Array, start: number, end: number): number {
    return end - start <= SCAN_LIMIT_BYTES ? this.countByScan(bytes, start, end) : this.countByHeap(bytes, start, end);
  }

  private rankOrNever(bytes: Uint8Array, start: number, end: number): number {
    const rank = this.vocabulary.rankOf(bytes, start, end);
    return rank === NO_RANK ? NEVER : rank;
  }

  private countByScan(bytes: Uint8Array, start: number, end: number): number {
    const { starts, ranks } = this;
    let parts = end - start;
    for (let part = 0; part <= parts; part++) starts[part] = start + part;
    for (let part = 0; part < parts - 1; part++) ranks[part] = this.rankOrNever(bytes, start + part, start + part + 2);
    for (;;) {
      let lowest = NEVER;
      let at = -1;
      for (let part = 0; part < parts - 1; part++) {
        const rank = ranks[part] as number;
        if (rank < lowest) {
          lowest = rank;
          at = part;
        }
      }
      if (at === -1) return parts;
      parts--;
      for (let part = at + 1; part <= parts; part++) starts[part] = starts[part + 1] as number;
      for (let part = at; part < parts - 1; part++) ranks[part] = ranks[part + 1] as number;
      const partStart = starts[at] as number;
      const partEnd = starts[at + 1] as number;
      if (at < parts - 1) ranks[at] = this.rankOrNever(bytes, partStart, starts[at + 2] as number);
      if (at > 0) ranks[at - 1] = this.rankOrNever(bytes, starts[at - 1] as number, partEnd);
    }
  }

  /** The same merges with a heap of (rank, position), whose stale entries are skipped: n log n instead of n squared. */
  private countByHeap(bytes: Uint8Array, start: number, end: number): number {
    const { starts: next, ranks, previous } = this;
    const length = end - start;
    this.heapSize = 0;
    for (let part = 0; part < length; part++) {
      next[part] = part + 1;
      previous[part] = part - 1;
      this.setRank(part, part + 2 <= length ? this.rankOrNever(bytes, start + part, start + part + 2) : NEVER);
    }
    let parts = length;
    while (this.heapSize > 0) {
      const entry = this.pop();
      const part = entry % POSITION_RANGE;
      if (ranks[part] !== (entry - part) / POSITION_RANGE) continue;
      const merged = next[part] as number;
      const after = next[merged] as number;
      next[part] = after;
      previous[after] = part;
      ranks[merged] = NEVER;
      parts--;
      this.setRank(
        part,
        after < length ? this.rankOrNever(bytes, start + part, start + (next[after] as number)) : NEVER,
      );
      const before = previous[part] as number;
      if (before >= 0) this.setRank(before, this.rankOrNever(bytes, start + before, start + after));
    }
    return parts;
  }

  private setRank(part: number, rank: number): void {
    this.ranks[part] = rank;
    if (rank !== NEVER) this.push(rank * POSITION_RANGE + part);
  }

  private push(entry: number): void {
    const { heap } = this;
    let at = this.heapSize++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as number;
      if (above <= entry) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  private pop(): number {
    const { heap } = this;
    const top = heap[0] as number;
    const last = heap[--this.heapSize] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.heapSize) break;
      if (child + 1 < this.heapSize && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= last) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
