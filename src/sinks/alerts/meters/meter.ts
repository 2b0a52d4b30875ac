/** What an event adds to a meter. */
export interface Sample {
  readonly amount: number;
  /** What the amount is a part of, for ratios. */
  readonly total?: number;
  /** What is counted apart, for repeats. */
  readonly key?: string;
}

/**
 * The value that an alert watches, as it adds up. A function of what was added and when, never of when it was asked; times
 * are engine time in epoch milliseconds and never run backwards.
 */
export interface Meter {
  add(sample: Sample, nowMs: number): void;
  /** `undefined` is no data, which is not 0. */
  value(nowMs: number): number | undefined;
  /** The next moment after `nowMs` at which the value may be another though nothing is added. */
  nextChangeMs(nowMs: number): number | undefined;
  /** All that it knows, as plain JSON. */
  save(): unknown;
}

/** How to make a meter. */
export interface MeterKind {
  create(nowMs: number): Meter;
  /** One that was saved; `undefined` when that is not what this kind saves. */
  load(saved: unknown): Meter | undefined;
}
