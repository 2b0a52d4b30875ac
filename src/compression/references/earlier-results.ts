import type { Rewriting } from '../decision.ts';
import { FEWEST_SHARED, type LineSketch } from './line-sketch.ts';

/** A tool result earlier in the same conversation. */
export interface EarlierResult {
  /** What the tool returned. */
  readonly text: string;
  /** What was sent for it. */
  readonly sentText: string;
  /** How `sentText` came of `text`; `undefined` where they are the same. */
  readonly rewriting: Rewriting | undefined;
  readonly toolName: string | undefined;
  readonly toolArguments: string;
  /** Its place among the tool results of the conversation, from 0. */
  readonly position: number;
  readonly messageIndex: number;
  readonly partIndex: number | undefined;
  readonly blockIndex: number | undefined;
}

/**
 * The tool results that came before, as they can be referred to: by what they were, by what was sent for them, and by
 * what they share with another. Each look-up costs the same, however many there are.
 */
export class EarlierResults {
  readonly #byText = new Map<string, EarlierResult>();
  readonly #bySelection = new Map<string, EarlierResult>();
  readonly #byHash = new Map<number, EarlierResult>();

  add(result: EarlierResult, sketch: LineSketch): void {
    const { text, sentText, rewriting } = result;
    // The model would have to ask for what was left out: such a result says only what it shows.
    if (rewriting?.leftOut !== undefined) {
      if (rewriting.reference === undefined && !this.#bySelection.has(sentText))
        this.#bySelection.set(sentText, result);
      return;
    }
    if (this.#byText.has(text)) return;
    this.#byText.set(text, result);
    // What a text shares with another is best said of one that a reader need not put together first.
    if (rewriting?.reference !== undefined) return;
    // Later results take the place of earlier ones: the latest reading of a file is the most like the next.
    for (const hash of sketch) this.#byHash.set(hash, result);
  }

  /** The first result with the same text of which the model knows all. */
  findSame(text: string): EarlierResult | undefined {
    return this.#byText.get(text);
  }

  /** The first result for which the same was sent, with something left out. */
  findSameSelection(sentText: string): EarlierResult | undefined {
    return this.#bySelection.get(sentText);
  }

  /** The result, sent in full, that shares most with a text of this sketch, if any shares much. */
  findSimilar(sketch: LineSketch): EarlierResult | undefined {
    const votes = new Map<EarlierResult, number>();
    for (const hash of sketch) {
      const result = this.#byHash.get(hash);
      if (result !== undefined) votes.set(result, (votes.get(result) ?? 0) + 1);
    }
    let best: EarlierResult | undefined;
    let most = FEWEST_SHARED - 1;
    for (const [result, count] of votes) {
      if (count > most || (count === most && best !== undefined && result.position > best.position)) {
        best = result;
        most = count;
      }
    }
    return best;
  }
}
