import { BytePairEncoding } from './byte-pair-encoding.ts';
import type { TokenCounter } from './count-tokens.ts';
import { createEstimate, encodingOf, estimateByCharacters, isEstimatedFamily } from './estimate-tokens.ts';
import type { TokenFamily } from './families.ts';
import { countBySamples, EXACT_LIMIT_CHARACTERS } from './long-text.ts';
import type { SplitPattern } from './pre-token.ts';
import type { RankedTokens } from './vocabulary.ts';

/** Imports the ranked tokens of each encoding. */
export type EncodingSources = Readonly<Record<SplitPattern, () => Promise<RankedTokens>>>;

/** Loads the counter of a family. `onFailure` is told why the result is an estimate, where it should have been exact. */
export type LoadTokenCounter = (family: TokenFamily, onFailure?: (error: unknown) => void) => Promise<TokenCounter>;

/** A `loadTokenCounter` over the given sources: one load per encoding, kept once it has succeeded. */
export function createTokenCounterLoader(sources: EncodingSources): LoadTokenCounter {
  const encodings = new Map<SplitPattern, Promise<BytePairEncoding>>();
  const counters = new Map<TokenFamily, TokenCounter>();

  async function importEncoding(pattern: SplitPattern): Promise<BytePairEncoding> {
    return new BytePairEncoding(await sources[pattern](), pattern);
  }

  function loadEncoding(pattern: SplitPattern): Promise<BytePairEncoding> {
    const known = encodings.get(pattern);
    if (known !== undefined) return known;
    const loading = importEncoding(pattern);
    encodings.set(pattern, loading);
    return loading;
  }

  return async (family, onFailure) => {
    const known = counters.get(family);
    if (known !== undefined) return known;
    const pattern = encodingOf(family);
    const loading = loadEncoding(pattern);
    try {
      const encoding = await loading;
      const counter = counters.get(family) ?? counterOf(encoding, family);
      counters.set(family, counter);
      return counter;
    } catch (error) {
      onFailure?.(error);
      if (encodings.get(pattern) === loading) encodings.delete(pattern);
      return estimateByCharacters;
    }
  };
}

function counterOf(encoding: BytePairEncoding, family: TokenFamily): TokenCounter {
  const count: TokenCounter = isEstimatedFamily(family)
    ? createEstimate(encoding, family)
    : (text) => encoding.count(text);
  return (text) => (text.length <= EXACT_LIMIT_CHARACTERS ? count(text) : countBySamples(text, count));
}
