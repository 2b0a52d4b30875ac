import type { Labels } from '../metrics/label-bounds.ts';

/** Values that are kept at once; one more hands over all of them. */
const MOST_VALUES = 10_000;

/**
 * What a histogram is to observe, kept until somebody asks for it: finding a series of prom-client by its labels takes
 * ten times as long as keeping a number.
 */
export class PendingValues {
  private readonly values = new Map<Labels, number[]>();
  private count = 0;
  private readonly write: (labels: Labels, value: number) => void;

  constructor(write: (labels: Labels, value: number) => void) {
    this.write = write;
  }

  /** Labels are told apart by identity. */
  add(labels: Labels, value: number): void {
    const values = this.values.get(labels);
    if (values === undefined) this.values.set(labels, [value]);
    else values.push(value);
    this.count += 1;
    if (this.count >= MOST_VALUES) this.flush();
  }

  clear(): void {
    this.values.clear();
    this.count = 0;
  }

  /** Hands over what has come together since the last time. */
  flush(): void {
    for (const [labels, values] of this.values) for (const value of values) this.write(labels, value);
    this.clear();
  }
}
