import type { CompressionEnd, Savings } from '../events/event.ts';

export const NO_SAVINGS: Savings = { tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 };

/**
 * Adds what one prompt saved. A prompt that was only measured went out as it was, and a second attempt sends what the
 * first was counted for: neither adds anything.
 */
export function addSavings(savings: Savings, compression: CompressionEnd): Savings {
  if (compression.mode !== 'optimize' || compression.isRetry) return savings;
  const tokensBefore = savings.tokensBefore + compression.tokensBefore;
  const tokensAfter = savings.tokensAfter + compression.tokensAfter;
  return { tokensBefore, tokensAfter, tokensSaved: tokensBefore - tokensAfter };
}
