import type { Decision } from '../decision.ts';
import type { EngineMemo } from '../engine-memo.ts';
import type { ToolResult } from '../read-tool-results.ts';
import { wholeEnd } from '../whole-end.ts';
import { EarlierResults, type EarlierResult } from './earlier-results.ts';
import type { ResultPlace } from './reference.ts';

/** A shorter text says itself sooner than a reference to it does. */
const SHORTEST_TEXT_CHARS = 200;
/** Longer ones are compared as a whole alone. */
const LONGEST_COMPARED_CHARS = 1_000_000;
/** Of longer arguments this much of the beginning and of the end is said: there stand the name and the path's own end. */
const ARGUMENTS_HEAD_CHARS = 30;
const ARGUMENTS_TAIL_CHARS = 60;

/** Follows the tool results of one conversation in order, and knows for each new one which of those before it is like it. */
export class EarlierReader {
  readonly #memo: EngineMemo;
  readonly #results = new EarlierResults();
  /** Tokens of what was said as differing from a result. */
  readonly #differenceTokens = new Map<string, number>();
  #count = 0;

  constructor(memo: EngineMemo) {
    this.#memo = memo;
  }

  findSame(text: string): EarlierResult | undefined {
    return text.length < SHORTEST_TEXT_CHARS ? undefined : this.#results.findSame(text);
  }

  findSameSelection(sentText: string): EarlierResult | undefined {
    return this.#results.findSameSelection(sentText);
  }

  findSimilar(text: string): EarlierResult | undefined {
    return isComparable(text) ? this.#results.findSimilar(this.#memo.traitsOf(text).sketch) : undefined;
  }

  /**
   * What later results cost that were said as differing from this one. Where that comes to much, they have drifted from
   * what they are compared with, and to send one in full makes the next differences small again.
   */
  differenceTokensOf(result: EarlierResult): number {
    return this.#differenceTokens.get(placeOf(result)) ?? 0;
  }

  /** Takes in the next result, what was decided about it, and what is sent for it. */
  read(result: ToolResult, { rewriting, reason, tokensAfter }: Decision, sentText: string | undefined): void {
    const position = this.#count++;
    const reference = rewriting?.reference;
    if (reference !== undefined && reference.manner !== 'same') {
      const place = placeOf(reference);
      this.#differenceTokens.set(place, (this.#differenceTokens.get(place) ?? 0) + tokensAfter);
    }
    const { text, toolName, toolArguments, messageIndex, partIndex, blockIndex } = result;
    if (text === undefined || sentText === undefined || reason === 'own-result') return;
    if (text.length < SHORTEST_TEXT_CHARS) return;
    this.#results.add(
      { text, sentText, rewriting, toolName, toolArguments, position, messageIndex, partIndex, blockIndex },
      isComparable(text) ? this.#memo.traitsOf(text).sketch : [],
    );
  }

  /** How the reader of the next result finds an earlier one. */
  nameOf({ toolName, toolArguments, position }: EarlierResult): string {
    const distance = this.#count - position;
    const call = `${toolName ?? 'a tool'}${toolArguments === '' ? '' : ` ${clip(toolArguments)}`}`;
    return `${inOneLine(call)}, ${distance} tool ${distance === 1 ? 'result' : 'results'} earlier`;
  }
}

function isComparable({ length }: string): boolean {
  return length >= SHORTEST_TEXT_CHARS && length <= LONGEST_COMPARED_CHARS;
}

function placeOf({ messageIndex, partIndex, blockIndex }: ResultPlace): string {
  return `${messageIndex} ${partIndex ?? ''} ${blockIndex ?? ''}`;
}

/** Never between the halves of a surrogate pair. */
function clip(text: string): string {
  if (text.length <= ARGUMENTS_HEAD_CHARS + ARGUMENTS_TAIL_CHARS) return text;
  const head = wholeEnd(text, ARGUMENTS_HEAD_CHARS);
  const tail = wholeEnd(text, text.length - ARGUMENTS_TAIL_CHARS);
  return `${text.slice(0, head)}...${text.slice(tail)}`;
}

/** A reference begins with one line, which its decoder passes over. */
function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
