import type { Labels } from '../metrics/label-bounds.ts';
import type { SampleWriter } from '../metrics/recorders.ts';

interface Sum {
  readonly labels: Labels;
  value: number;
  isMoved: boolean;
}

/**
 * What a metric is to be moved by, added up until somebody asks for it. Finding a series of prom-client by its labels
 * takes twenty times as long as adding to a number, and a counter moves far more often than it is scraped.
 */
export class PendingSums {
  /** As long as somebody writes to them: sinks come and go, and a metric stays. */
  private readonly sums = new WeakMap<Labels, Sum>();
  private moved: Sum[] = [];

  /** Adds to a series. Labels are told apart by identity. */
  adder(labels: Labels): SampleWriter {
    const sum = this.sumOf(labels);
    return (value) => this.move(sum, sum.value + value);
  }

  /** Puts a value in place of what was there. */
  setter(labels: Labels): SampleWriter {
    const sum = this.sumOf(labels);
    return (value) => this.move(sum, value);
  }

  clear(): void {
    for (const sum of this.moved) {
      sum.value = 0;
      sum.isMoved = false;
    }
    this.moved = [];
  }

  /** Hands over what has come together since the last time. */
  flush(write: (labels: Labels, value: number) => void): void {
    for (const { labels, value } of this.moved) write(labels, value);
    this.clear();
  }

  private move(sum: Sum, value: number): void {
    sum.value = value;
    if (sum.isMoved) return;
    sum.isMoved = true;
    this.moved.push(sum);
  }

  private sumOf(labels: Labels): Sum {
    const sum = this.sums.get(labels) ?? { labels, value: 0, isMoved: false };
    this.sums.set(labels, sum);
    return sum;
  }
}
