import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalizeUsage, type TokenUsage } from '../../../src/tokens/normalize-usage.ts';

/** What providers said, what their packages reported of it, and what that is to us. */
interface UsageFixture {
  readonly provider: string;
  readonly cases: readonly {
    readonly name: string;
    readonly billed: { readonly inputTokens?: number; readonly outputTokens?: number };
    readonly reports: readonly {
      readonly by: readonly string[];
      readonly usage: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      readonly normalized: Partial<TokenUsage> | null;
    }[];
  }[];
}

const FOLDER = new URL('../../fixtures/usage/', import.meta.url);

const fixtures = readdirSync(FOLDER).map(
  (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as UsageFixture,
);

const reports = fixtures.flatMap(({ provider, cases }) =>
  cases.flatMap(({ name, billed, reports: seen }) =>
    seen.map((report) => ({ title: `${provider}, ${name}, ${report.by.join(', ')}`, billed, ...report })),
  ),
);

const UNKNOWN: TokenUsage = {
  inputTokens: undefined,
  outputTokens: undefined,
  cacheReadTokens: undefined,
  cacheWriteTokens: undefined,
  reasoningTokens: undefined,
};

/** Where a report says what we read. */
const PLACES = [
  ['inputTokens', 'total', 'inputTokens'],
  ['inputTokens', 'cacheRead', 'cacheReadTokens'],
  ['inputTokens', 'cacheWrite', 'cacheWriteTokens'],
  ['outputTokens', 'total', 'outputTokens'],
  ['outputTokens', 'reasoning', 'reasoningTokens'],
] as const;

describe.each(reports)('the usage of $title', ({ usage, normalized, billed }) => {
  const expected = { ...UNKNOWN, ...normalized };

  it('is what was billed, with cached and reasoning tokens as parts of it', () => {
    expect(normalizeUsage(usage)).toEqual(normalized === null ? undefined : expected);
    const {
      inputTokens = 0,
      outputTokens = 0,
      cacheReadTokens = 0,
      cacheWriteTokens = 0,
      reasoningTokens = 0,
    } = expected;
    // A package may say zero of what the provider did not say; it may not say another number.
    expect(inputTokens).toBe(billed.inputTokens ?? 0);
    expect(outputTokens).toBe(billed.outputTokens ?? 0);
    expect(cacheReadTokens + cacheWriteTokens).toBeLessThanOrEqual(inputTokens);
    expect(reasoningTokens).toBeLessThanOrEqual(outputTokens);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '12', 12n, true, null, [5], {}, undefined])(
    'is unknown where it is %s, and there alone',
    (wrong) => {
      for (const [side, key, field] of PLACES) {
        const changed = normalizeUsage({ ...usage, [side]: { ...usage[side], [key]: wrong } });
        expect(changed ?? UNKNOWN).toEqual({ ...expected, [field]: undefined });
      }
    },
  );

  it('is zero where it is zero', () => {
    for (const [side, key, field] of PLACES) {
      const changed = normalizeUsage({ ...usage, [side]: { ...usage[side], [key]: 0 } });
      expect(changed).toEqual({ ...expected, [field]: 0 });
    }
  });
});

it('is told of every provider', () => {
  expect(fixtures.map(({ provider }) => provider.split(',')[0])).toEqual(
    expect.arrayContaining(['Amazon Bedrock', 'Anthropic', 'Gemini', 'Groq', 'Mistral', 'Ollama', 'Vertex AI']),
  );
});
