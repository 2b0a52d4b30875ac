/** Buckets of a window: an amount is forgotten up to this part of the window too early, never too late. */
const MOST_BUCKETS = 60;

interface Bucket {
  /** Bucket number since the epoch. */
  readonly index: number;
  readonly sums: Map<number, number>;
}

/** What `save` gives: bucket number, then slots and sums. */
type SavedBuckets = readonly (readonly [index: number, sums: readonly (readonly [slot: number, sum: number])[]])[];

/**
 * Sums over a rolling window, by slot, in a ring of at most 60 buckets that begin at multiples of their width since the
 * epoch. Adding takes constant time; memory is bounded by buckets and slots, whatever is added.
 */
export class BucketWindow {
  private buckets: Bucket[] = [];
  private readonly bucketMs: number;
  private readonly bucketCount: number;

  constructor(windowMs: number) {
    this.bucketMs = Math.max(1, Math.ceil(windowMs / MOST_BUCKETS));
    this.bucketCount = Math.max(1, Math.floor(windowMs / this.bucketMs));
  }

  add(slot: number, amount: number, nowMs: number): void {
    this.forget(nowMs);
    const index = this.indexAt(nowMs);
    let bucket = this.buckets.at(-1);
    if (bucket === undefined || bucket.index < index) {
      bucket = { index, sums: new Map() };
      this.buckets.push(bucket);
    }
    bucket.sums.set(slot, (bucket.sums.get(slot) ?? 0) + amount);
  }

  sum(slot: number, nowMs: number): number {
    this.forget(nowMs);
    let sum = 0;
    for (const { sums } of this.buckets) sum += sums.get(slot) ?? 0;
    return sum;
  }

  /** All slots that hold something. */
  sums(nowMs: number): Map<number, number> {
    this.forget(nowMs);
    const total = new Map<number, number>();
    for (const { sums } of this.buckets) {
      for (const [slot, sum] of sums) total.set(slot, (total.get(slot) ?? 0) + sum);
    }
    return total;
  }

  /** When the oldest bucket leaves the window. */
  nextExpiryMs(nowMs: number): number | undefined {
    this.forget(nowMs);
    const oldest = this.buckets[0];
    return oldest === undefined ? undefined : (oldest.index + this.bucketCount) * this.bucketMs;
  }

  save(): SavedBuckets {
    return this.buckets.map(({ index, sums }) => [index, [...sums]]);
  }

  /** Takes over what was saved by a window of the same length; returns whether it was that. */
  load(saved: unknown): boolean {
    if (!isSavedBuckets(saved) || saved.length > this.bucketCount) return false;
    if (saved.some(([index], position) => position > 0 && index <= (saved[position - 1]?.[0] ?? 0))) return false;
    this.buckets = saved.map(([index, sums]) => ({ index, sums: new Map(sums) }));
    return true;
  }

  private indexAt(nowMs: number): number {
    return Math.floor(nowMs / this.bucketMs);
  }

  private forget(nowMs: number): void {
    const oldestIndex = this.indexAt(nowMs) - this.bucketCount + 1;
    while ((this.buckets[0]?.index ?? Infinity) < oldestIndex) this.buckets.shift();
  }
}

function isSavedBuckets(saved: unknown): saved is SavedBuckets {
  return (
    Array.isArray(saved) &&
    saved.every(
      (bucket: unknown) =>
        Array.isArray(bucket) &&
        bucket.length === 2 &&
        Number.isSafeInteger(bucket[0]) &&
        Array.isArray(bucket[1]) &&
        bucket[1].every(
          (entry: unknown) => Array.isArray(entry) && entry.length === 2 && entry.every((one) => Number.isFinite(one)),
        ),
    )
  );
}
