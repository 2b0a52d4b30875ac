import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { ESTIMATED_FAMILIES } from '../../../src/tokens/family-weights.ts';

interface ReferenceText {
  readonly kind: string;
  readonly text: string;
  readonly tokens: Readonly<Record<string, number>>;
}

/** Texts made for these tests, none of which the weights were fitted to; bench/token-references counts them. */
const { references, texts } = JSON.parse(
  readFileSync(new URL('../../fixtures/token-references.json', import.meta.url), 'utf8'),
) as { readonly references: Readonly<Record<string, { licence: string }>>; readonly texts: readonly ReferenceText[] };

const MOST_IN_TOTAL = 0.1;
const MOST_BY_KIND = 0.2;

describe.each(ESTIMATED_FAMILIES)('the estimate of %s', (family) => {
  it('has a reference with a licence', () => {
    expect(references[family]?.licence).toMatch(/\w/);
  });

  it(`is within ${MOST_IN_TOTAL} of the reference in total`, async () => {
    const count = await loadTokenCounter(family);
    const estimate = texts.reduce((sum, { text }) => sum + count(text), 0);
    const reference = texts.reduce((sum, { tokens }) => sum + (tokens[family] ?? Number.NaN), 0);
    expect(Math.abs(estimate / reference - 1)).toBeLessThan(MOST_IN_TOTAL);
  });

  it.each(texts.map((text) => [text.kind, text] as const))(
    `is within ${MOST_BY_KIND} of the reference on %s`,
    async (_, { text, tokens }) => {
      const count = await loadTokenCounter(family);
      expect(Math.abs(count(text) / (tokens[family] ?? Number.NaN) - 1)).toBeLessThan(MOST_BY_KIND);
    },
  );

  it('ranks two ways of writing the same rows as the reference does', async () => {
    const count = await loadTokenCounter(family);
    const [json, csv] = ['json', 'csv'].map((kind) => texts.find((text) => text.kind === kind));
    if (json === undefined || csv === undefined) throw new Error('the fixture lacks a kind');
    const ratio = count(csv.text) / count(json.text);
    const reference = (csv.tokens[family] ?? Number.NaN) / (json.tokens[family] ?? Number.NaN);
    expect(Math.abs(ratio / reference - 1)).toBeLessThan(0.1);
  });
});

describe('the estimates for generations of one maker', () => {
  it('are larger for Claude since 4.7 than before, on English and code, and alike on Chinese', async () => {
    const [before, since] = await Promise.all([loadTokenCounter('claude'), loadTokenCounter('claude-4.7')]);
    const textOf = (kind: string): string => texts.find((text) => text.kind === kind)?.text ?? '';
    expect(since(textOf('english')) / before(textOf('english'))).toBeGreaterThan(1.25);
    expect(since(textOf('python')) / before(textOf('python'))).toBeGreaterThan(1.1);
    expect(Math.abs(since(textOf('chinese')) / before(textOf('chinese')) - 1)).toBeLessThan(0.05);
  });
});
