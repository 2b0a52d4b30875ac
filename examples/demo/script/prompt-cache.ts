import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** The smallest prefix that OpenAI keeps, and the steps in which it is kept, in tokens. */
const SMALLEST_TOKENS = 1_024;
const STEP_TOKENS = 128;

export interface PromptTokens {
  readonly inputTokens: number;
  /** Tokens of the parts that the prompt before began with as well, as a provider would have them in its cache. */
  readonly cachedTokens: number;
}

/** Counts a prompt as a provider that caches prefixes bills it: each call is compared with the one before. */
export function createPromptCache(): (promptParts: readonly string[]) => PromptTokens {
  let before: readonly string[] = [];
  return (promptParts) => {
    const firstChange = promptParts.findIndex((part, index) => part !== before[index]);
    const tokens = promptParts.map(countText);
    const kept = sum(tokens.slice(0, firstChange === -1 ? undefined : firstChange));
    before = promptParts;
    return {
      inputTokens: sum(tokens),
      cachedTokens: kept < SMALLEST_TOKENS ? 0 : kept - (kept % STEP_TOKENS),
    };
  };
}

/** Tokens of a text. `<|endoftext|>` and its like are ordinary text. */
export function countText(text: string): number {
  return countTokens(text, { disallowedSpecial: new Set() });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
