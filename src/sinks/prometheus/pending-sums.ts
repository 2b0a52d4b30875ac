import type { Labels } from '../metrics/label-bounds.ts';
import type { SampleWriter } from '../metrics/recorders.ts';

interface Sum {
  value: number;
  isMoved: boolean;
}

/**
 * What a metric is to be moved by, added up until somebody asks for it. Finding a series of prom-client by its labels
 * takes twenty times as long as adding to a number, and a counter moves far more often than it is scraped.
 */
export class PendingSums {
  private readonly sums = new Map<Labels, Sum>();

  /** Adds to a series. Labels are told apart by identity. */
  adder(labels: Labels): SampleWriter {
    const sum = this.sumOf(labels);
    return (value) => {
      sum.value += value;
      sum.isMoved = true;
    };
  }

  /** Puts a value in place of what was there. */
  setter(labels: Labels): SampleWriter {
    const sum = this.sumOf(labels);
    return (value) => {
      sum.value = value;
      sum.isMoved = true;
    };
  }

  clear(): void {
    for (const sum of this.sums.values()) {
      sum.value = 0;
      sum.isMoved = false;
    }
  }

  /** Hands over what has come together since the last time. */
  flush(write: (labels: Labels, value: number) => void): void {
    for (const [labels, { value, isMoved }] of this.sums) if (isMoved) write(labels, value);
    this.clear();
  }

  private sumOf(labels: Labels): Sum {
    const sum = this.sums.get(labels) ?? { value: 0, isMoved: false };
    this.sums.set(labels, sum);
    return sum;
  }
}
