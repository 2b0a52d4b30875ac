import type { Labels } from '../metrics/label-bounds.ts';
import type { SampleWriter } from '../metrics/recorders.ts';

/** Values that are kept at once; one more is written at once: all of them would hold the process up for 10 to 30 ms. */
const MOST_VALUES = 10_000;

/**
 * What a histogram is to observe, kept until somebody asks for it: finding a series of prom-client by its labels takes
 * ten times as long as keeping a number.
 */
export class PendingValues {
  private kept: { readonly labels: Labels; readonly value: number }[] = [];
  private readonly write: (labels: Labels, value: number) => void;

  constructor(write: (labels: Labels, value: number) => void) {
    this.write = write;
  }

  adder(labels: Labels): SampleWriter {
    return (value) => {
      if (this.kept.length >= MOST_VALUES) this.write(labels, value);
      else this.kept.push({ labels, value });
    };
  }

  clear(): void {
    this.kept = [];
  }

  /** Hands over what has come together since the last time. */
  flush(): void {
    for (const { labels, value } of this.kept) this.write(labels, value);
    this.clear();
  }
}
