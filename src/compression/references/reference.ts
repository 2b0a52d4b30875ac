import type { Rewriting } from '../decision.ts';
import type { ReferenceManner } from './reference-text.ts';

/** The earlier result that a rewritten one refers to, and how. */
export interface Reference {
  readonly manner: ReferenceManner;
  /** Where the earlier result stands in the messages. */
  readonly messageIndex: number;
  readonly partIndex?: number | undefined;
  readonly blockIndex?: number | undefined;
  /**
   * The text that was sent for it, which stands in the same prompt. Not enumerable, so that a decision can be logged
   * without it: after a way through JSON it has to be taken from the messages that were sent.
   */
  readonly text: string;
  /** How that text turns back into the original of the earlier result; `undefined` where it is the original. */
  readonly rewriting: Rewriting | undefined;
}

export function createReference({ text, ...place }: Reference): Reference {
  const reference = { ...place, text };
  Object.defineProperty(reference, 'text', { value: text, enumerable: false });
  return Object.freeze(reference);
}
