import type { Decision } from './decision.ts';
import { EarlierResults, type EarlierResult } from './earlier-results.ts';
import type { EngineMemo, TextTraits } from './engine-memo.ts';
import type { ToolResult } from './read-tool-results.ts';

/** An earlier result, as it is named to the reader of a later one. */
export interface NamedResult {
  readonly text: string;
  readonly name: string;
  /** Stands for its text in the keys of the memo. */
  readonly number: number;
}

/** A shorter text says itself sooner than a reference to it does. */
const SHORTEST_TEXT_CHARS = 200;
const LONGEST_ARGUMENTS_CHARS = 80;

/**
 * Follows the tool results of one conversation in order, and knows of each new one which of those before it is like it.
 * What was left out of an earlier result can not be referred to: the model would have to ask for it all the same.
 */
export class EarlierReader {
  readonly #memo: EngineMemo;
  readonly #results = new EarlierResults();
  #count = 0;

  constructor(memo: EngineMemo) {
    this.#memo = memo;
  }

  findSimilar(text: string): NamedResult | undefined {
    if (text.length < SHORTEST_TEXT_CHARS) return undefined;
    const found = this.#results.findSimilar(text, this.#traitsOf(text).sketch);
    if (found === undefined) return undefined;
    return { text: found.text, name: this.#nameOf(found), number: this.#traitsOf(found.text).number };
  }

  /** Takes in the next result, and what was decided about it. */
  read({ text, toolName, toolArguments }: ToolResult, { rewriting, reason }: Decision): void {
    const position = this.#count++;
    if (text === undefined || text.length < SHORTEST_TEXT_CHARS || reason === 'own-result') return;
    const isShownInFull = rewriting?.leftOut === undefined;
    if (!isShownInFull && rewriting?.strategy !== 'earlier-result') return;
    const call = `${toolName ?? 'a tool'}${toolArguments === '' ? '' : ` ${clip(toolArguments)}`}`;
    this.#results.add({ text, name: call, position, isShownInFull }, this.#traitsOf(text).sketch);
  }

  #traitsOf(text: string): TextTraits {
    return this.#memo.traitsOf(text);
  }

  #nameOf({ name, position }: EarlierResult): string {
    const distance = this.#count - position;
    return `${name}, ${distance} tool ${distance === 1 ? 'result' : 'results'} earlier`;
  }
}

/** Never between the halves of a surrogate pair. */
function clip(text: string): string {
  if (text.length <= LONGEST_ARGUMENTS_CHARS) return text;
  const last = text.charCodeAt(LONGEST_ARGUMENTS_CHARS - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? LONGEST_ARGUMENTS_CHARS - 1 : LONGEST_ARGUMENTS_CHARS;
  return `${text.slice(0, end)}...`;
}
