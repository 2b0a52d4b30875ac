import type { Labels } from '../metrics/label-bounds.ts';
import type { SampleWriter } from '../metrics/recorders.ts';

/** Values that are kept at once; one more is written at once: all of them would hold the process up for 10 to 30 ms. */
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

  /** Adds to a series. Labels are told apart by identity. */
  adder(labels: Labels): SampleWriter {
    const values = this.values.get(labels) ?? [];
    this.values.set(labels, values);
    return (value) => {
      if (this.count >= MOST_VALUES) {
        this.write(labels, value);
        return;
      }
      values.push(value);
      this.count += 1;
    };
  }

  clear(): void {
    for (const values of this.values.values()) values.length = 0;
    this.count = 0;
  }

  /** Hands over what has come together since the last time. */
  flush(): void {
    for (const [labels, values] of this.values) for (const value of values) this.write(labels, value);
    this.clear();
  }
}
