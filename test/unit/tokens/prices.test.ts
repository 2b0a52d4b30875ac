import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenUsage } from '../../../src/tokens/normalize-usage.ts';
import { costByPrices, isPrices, savedCost, type Prices } from '../../../src/tokens/prices.ts';

const PRICES: Prices = {
  'gpt-5*': { input: 1, output: 10, cacheRead: 0.1 },
  'gpt-5-mini*': { input: 0.2, output: 2 },
  'gpt-5-mini-special': { input: 50, output: 50 },
  '*opus*': { input: 15, output: 75, cacheRead: 1.5, cacheWrite: 20 },
};
const costOf = costByPrices(PRICES);

function usageOf(counts: Partial<TokenUsage>): TokenUsage {
  const unknown = { cacheReadTokens: undefined, cacheWriteTokens: undefined, reasoningTokens: undefined };
  return { inputTokens: 1_000_000, outputTokens: 0, ...unknown, ...counts };
}

const cost = (model: string | undefined, counts: Partial<TokenUsage> = {}) =>
  costOf({ provider: 'any', model, usage: usageOf(counts) });

describe('the price of a model', () => {
  test.each([
    ['gpt-5', 1],
    ['gpt-5.1-codex', 1],
    ['gpt-5-mini', 0.2],
    ['gpt-5-mini-2026-01-01', 0.2],
    ['gpt-5-mini-special', 50],
    ['anthropic/claude-opus-4', 15],
    ['gpt-4o', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%s is the one under its name, else that of the pattern that says most', (model, expected) => {
    expect(cost(model)).toBe(expected);
    // And once more, remembered.
    expect(cost(model)).toBe(expected);
  });

  test('does not depend on the order in which patterns are written', () => {
    const turned = costByPrices(Object.fromEntries(Object.entries(PRICES).toReversed()));
    for (const model of ['gpt-5', 'gpt-5-mini', 'x-opus']) {
      expect(turned({ provider: 'any', model, usage: usageOf({}) })).toBe(cost(model));
    }
  });
});

describe('the cost of a call', () => {
  test('is that of every token at the price of its kind', () => {
    const counts = { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 600, cacheWriteTokens: 300 };
    expect(cost('claude-opus-4', counts)).toBeCloseTo((100 * 15 + 600 * 1.5 + 300 * 20 + 100 * 75) / 1e6, 12);
  });

  test('takes cached tokens for plain input where they have no price of their own', () => {
    expect(cost('gpt-5-mini', { cacheReadTokens: 400_000, cacheWriteTokens: 100_000 })).toBeCloseTo(0.2, 12);
  });

  test('is not known without a price or a complete usage, and unknown is not zero', () => {
    expect(cost('gpt-4o')).toBeUndefined();
    expect(cost(undefined)).toBeUndefined();
    expect(cost('gpt-5', { inputTokens: undefined })).toBeUndefined();
    expect(cost('gpt-5', { outputTokens: undefined })).toBeUndefined();
    expect(costOf({ provider: 'any', model: 'gpt-5', usage: undefined })).toBeUndefined();
    expect(cost('gpt-5', { inputTokens: 0 })).toBe(0);
  });

  test('is never negative and always a number, whatever a provider says of its cache', () => {
    const count = fc.oneof(fc.nat({ max: 10_000_000 }), fc.constant(undefined));
    const usage = fc.record({
      inputTokens: fc.nat({ max: 10_000_000 }),
      outputTokens: fc.nat({ max: 10_000_000 }),
      cacheReadTokens: count,
      cacheWriteTokens: count,
      reasoningTokens: count,
    });
    const saved = fc.record({ fresh: fc.nat({ max: 1_000_000 }), repeated: fc.nat({ max: 1_000_000 }) });
    fc.assert(
      fc.property(usage, saved, fc.constantFrom('gpt-5', 'gpt-5-mini', 'claude-opus-4'), (used, less, model) => {
        const call = { provider: 'any', model, usage: used };
        const plain = costOf(call) ?? Number.NaN;
        expect(plain).toBeGreaterThanOrEqual(0);
        expect(savedCost(costOf, call, less)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the cost that a call saved', () => {
  const saved = { fresh: 100_000, repeated: 200_000 };
  const of = (model: string, counts: Partial<TokenUsage>) =>
    savedCost(costOf, { provider: 'any', model, usage: usageOf(counts) }, saved);

  test('is that of plain input, where the call read nothing from the cache', () => {
    expect(of('gpt-5', {})).toBeCloseTo(0.3, 12);
    expect(of('gpt-5', { cacheReadTokens: 0 })).toBeCloseTo(0.3, 12);
  });

  test('is that of cache reads for what earlier calls had sent, where the call read from the cache', () => {
    expect(of('gpt-5', { cacheReadTokens: 1 })).toBeCloseTo(0.1 + 0.02, 12);
  });

  test('is not known where the cost is not known', () => {
    expect(of('gpt-4o', {})).toBeUndefined();
    expect(of('gpt-5', { inputTokens: undefined })).toBeUndefined();
  });

  test('goes by the user’s own function, as steps of a price by length', () => {
    const stepped = ({ usage }: { usage: TokenUsage | undefined }) =>
      (usage?.inputTokens ?? 0) * ((usage?.inputTokens ?? 0) > 200_000 ? 2 : 1);
    const call = { provider: 'any', model: 'any', usage: usageOf({ inputTokens: 150_000 }) };
    expect(savedCost(stepped, call, { fresh: 100_000, repeated: 0 })).toBe(250_000 * 2 - 150_000);
  });
});

test.each([
  [{ 'gpt-5': { input: 1, output: 2 } }, true],
  [{ 'gpt-5': { input: 1, output: 2, cacheRead: undefined } }, true],
  [{}, true],
  [{ 'gpt-5': { input: 1 } }, false],
  [{ 'gpt-5': { input: -1, output: 1 } }, false],
  [{ 'gpt-5': { input: Number.NaN, output: 1 } }, false],
  [{ 'gpt-5': { input: 1, output: 1, cached: 1 } }, false],
  [{ 'gpt-5': 1 }, false],
  [[], false],
  [null, false],
])('prices %j are sound: %s', (prices, isSound) => {
  expect(isPrices(prices) === undefined).toBe(isSound);
});
