import type { LanguageModelV2Usage, LanguageModelV3Usage } from '@ai-sdk/provider';
import type { LanguageModelUsage } from 'ai';
import type { LanguageModelUsage as LanguageModelUsage6 } from 'ai6';
import { describe, expect, it } from 'vitest';
import { addUsage, normalizeUsage, type TokenUsage } from '../../../src/tokens/normalize-usage.ts';

const full: TokenUsage = {
  inputTokens: 1_200,
  outputTokens: 300,
  cacheReadTokens: 900,
  cacheWriteTokens: 100,
  reasoningTokens: 250,
};
const unknown: TokenUsage = {
  inputTokens: undefined,
  outputTokens: undefined,
  cacheReadTokens: undefined,
  cacheWriteTokens: undefined,
  reasoningTokens: undefined,
};

describe('normalising a usage', () => {
  it('reads a flat usage of a model of spec v2, whose input includes what was cached', () => {
    const usage: LanguageModelV2Usage = {
      inputTokens: 1_200,
      outputTokens: 300,
      totalTokens: 1_500,
      reasoningTokens: 250,
      cachedInputTokens: 900,
    };
    expect(normalizeUsage(usage)).toEqual({ ...full, cacheWriteTokens: undefined });
  });

  it('reads a nested usage of a model of spec v3 or v4', () => {
    const usage: LanguageModelV3Usage = {
      inputTokens: { total: 1_200, noCache: 200, cacheRead: 900, cacheWrite: 100 },
      outputTokens: { total: 300, text: 50, reasoning: 250 },
    };
    expect(normalizeUsage(usage)).toEqual(full);
  });

  it('reads the usage of an AI SDK 7 result', () => {
    const usage: LanguageModelUsage = {
      inputTokens: 1_200,
      inputTokenDetails: { noCacheTokens: 200, cacheReadTokens: 900, cacheWriteTokens: 100 },
      outputTokens: 300,
      outputTokenDetails: { textTokens: 50, reasoningTokens: 250 },
      totalTokens: 1_500,
    };
    expect(normalizeUsage(usage)).toEqual(full);
  });

  it('reads the usage of an AI SDK 6 result, and its deprecated fields where the details are unknown', () => {
    const usage: LanguageModelUsage6 = {
      inputTokens: 1_200,
      inputTokenDetails: { noCacheTokens: undefined, cacheReadTokens: undefined, cacheWriteTokens: undefined },
      outputTokens: 300,
      outputTokenDetails: { textTokens: undefined, reasoningTokens: undefined },
      totalTokens: 1_500,
      reasoningTokens: 250,
      cachedInputTokens: 900,
    };
    expect(normalizeUsage(usage)).toEqual({ ...full, cacheWriteTokens: undefined });
  });

  it('keeps zero apart from unknown', () => {
    expect(normalizeUsage({ inputTokens: 0, cachedInputTokens: -0 })).toEqual({
      ...unknown,
      inputTokens: 0,
      cacheReadTokens: 0,
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '12', 12n, true, null, [5], {}])(
    'takes %s for unknown',
    (value) => {
      expect(normalizeUsage({ inputTokens: value, outputTokens: 7 })).toEqual({ ...unknown, outputTokens: 7 });
      expect(normalizeUsage({ inputTokens: { total: value }, outputTokens: { total: 7 } })).toEqual({
        ...unknown,
        outputTokens: 7,
      });
    },
  );

  it('does not derive a total that was not given', () => {
    expect(normalizeUsage({ inputTokens: { noCache: 5, cacheRead: 6, cacheWrite: 0 } })).toEqual({
      ...unknown,
      cacheReadTokens: 6,
      cacheWriteTokens: 0,
    });
  });

  it.each([undefined, null, 5, 'usage', [], {}, { inputTokens: undefined }, { inputTokens: {} }, { totalTokens: 9 }])(
    'is undefined when nothing is known: %j',
    (usage) => {
      expect(normalizeUsage(usage)).toBeUndefined();
    },
  );
});

describe('adding usages', () => {
  it('sums what both know', () => {
    expect(addUsage(full, full)).toEqual({
      inputTokens: 2_400,
      outputTokens: 600,
      cacheReadTokens: 1_800,
      cacheWriteTokens: 200,
      reasoningTokens: 500,
    });
  });

  it('takes unknown and known for the known, and leaves unknown what neither knows', () => {
    expect(addUsage({ ...full, cacheWriteTokens: undefined }, { ...unknown, inputTokens: 10 })).toEqual({
      ...full,
      inputTokens: 1_210,
      cacheWriteTokens: undefined,
    });
    expect(addUsage(unknown, unknown)).toEqual(unknown);
  });

  it('takes a usage that is undefined for one of which nothing is known', () => {
    expect(addUsage(undefined, full)).toBe(full);
    expect(addUsage(full, undefined)).toBe(full);
    expect(addUsage(undefined, undefined)).toBeUndefined();
  });
});
