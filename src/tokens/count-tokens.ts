import { createTokenCounterLoader, type LoadTokenCounter } from './token-counter-loader.ts';

/**
 * Counts the tokens of a text: an integer, 0 for the empty text and at least 1 for any other. Never throws, whatever the
 * text holds, depends on nothing but the text, and takes time in proportion to its length, with a small constant: special
 * tokens such as `<|endoftext|>` are ordinary text, a lone surrogate is U+FFFD, and an unbroken run costs what any other
 * text costs.
 *
 * For `o200k` and `cl100k` the count is exact while the text is no longer than 4,194,304 characters and no pre-token in it
 * (a word, a run of punctuation or of blanks) is longer than 4,096 bytes; a longer pre-token is counted in pieces, which
 * adds less than one token for each. A longer text is counted in 256 evenly spaced samples of 16,384 characters, so that
 * 50 MB take no more than 4 MB do. The other families are estimates from features of the text: within 10 % of the reference
 * counts in total and within 20 % for each kind of text, as docs/token-counts.md shows. What a provider bills is final.
 */
export type TokenCounter = (text: string) => number;

/**
 * Loads the counter of a family on first use (an encoding takes 0.2-0.4 s to import), then keeps it; concurrent first
 * calls share one load. Never rejects: when an encoding cannot be loaded `onFailure` is told, the result is an estimate by
 * character, nothing is kept, and the next call tries again.
 */
export const loadTokenCounter: LoadTokenCounter = createTokenCounterLoader({
  o200k: async () => (await import('gpt-tokenizer/bpeRanks/o200k_base')).default,
  cl100k: async () => (await import('gpt-tokenizer/bpeRanks/cl100k_base')).default,
});
