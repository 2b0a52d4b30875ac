import type { Labels } from '../metrics/label-bounds.ts';

/**
 * What a metric is to be moved by, added up until somebody asks for it. Finding a series of prom-client by its labels
 * takes twenty times as long as adding to a number, and a counter moves far more often than it is scraped.
 */
export class PendingSums {
  private readonly sums = new Map<Labels, { value: number }>();

  /** Labels are told apart by identity. */
  add(labels: Labels, value: number): void {
    const sum = this.sums.get(labels);
    if (sum === undefined) this.sums.set(labels, { value });
    else sum.value += value;
  }

  /** In place of what was there. */
  put(labels: Labels, value: number): void {
    this.sums.set(labels, { value });
  }

  clear(): void {
    this.sums.clear();
  }

  /** Hands over what has come together since the last time. */
  flush(write: (labels: Labels, value: number) => void): void {
    for (const [labels, { value }] of this.sums) write(labels, value);
    this.sums.clear();
  }
}
