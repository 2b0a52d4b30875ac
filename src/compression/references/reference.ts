import type { Rewriting } from '../decision.ts';
import type { ReferenceManner } from './reference-text.ts';

/** Where a tool result stands in the messages. */
export interface ResultPlace {
  readonly messageIndex: number;
  readonly partIndex?: number | undefined;
  readonly blockIndex?: number | undefined;
}

/** The earlier result that a rewritten one refers to, and how. */
export interface Reference extends ResultPlace {
  readonly manner: ReferenceManner;
  /** How the text that was sent for the earlier result came of its original; `undefined` where it is the original. */
  readonly rewriting: Rewriting | undefined;
  /**
   * The text that was sent for the earlier result, which stands in the same prompt. No property of the object's own, so
   * that a decision can be logged without it: after a way through JSON it has to be taken from the messages that were
   * sent.
   */
  readonly text: string;
}

/** A reference that holds on to its text, and does not show it to what lists properties. */
export class HeldReference implements Reference {
  readonly manner: ReferenceManner;
  readonly messageIndex: number;
  readonly partIndex: number | undefined;
  readonly blockIndex: number | undefined;
  readonly rewriting: Rewriting | undefined;
  readonly #text: string;

  constructor({ manner, messageIndex, partIndex, blockIndex, rewriting, text }: Reference) {
    this.manner = manner;
    this.messageIndex = messageIndex;
    this.partIndex = partIndex;
    this.blockIndex = blockIndex;
    this.rewriting = rewriting;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }
}
