import o200kRanks from 'gpt-tokenizer/bpeRanks/o200k_base';
import { describe, expect, it } from 'vitest';
import { createTokenCounterLoader } from '../../../src/tokens/token-counter-loader.ts';
import type { RankedTokens } from '../../../src/tokens/vocabulary.ts';
import { sampleTexts } from './sample-texts.ts';

function sourceThatFails(failures: number): {
  readonly calls: () => number;
  readonly load: () => Promise<RankedTokens>;
} {
  let calls = 0;
  return {
    calls: () => calls,
    load: async () => {
      calls++;
      if (calls <= failures) throw new Error('cannot import');
      return o200kRanks;
    },
  };
}

describe('the loader of token counters', () => {
  it('imports an encoding once for concurrent first calls and for the families over it', async () => {
    const source = sourceThatFails(0);
    const load = createTokenCounterLoader({ o200k: source.load, cl100k: source.load });
    await Promise.all([load('o200k'), load('o200k'), load('claude'), load('gemini')]);
    await load('o200k');
    expect(source.calls()).toBe(1);
  });

  it('imports nothing before the first call', () => {
    const source = sourceThatFails(0);
    createTokenCounterLoader({ o200k: source.load, cl100k: source.load });
    expect(source.calls()).toBe(0);
  });

  it('gives an estimate when the import fails, and tries again on the next call', async () => {
    const source = sourceThatFails(1);
    const load = createTokenCounterLoader({ o200k: source.load, cl100k: source.load });
    const failures: unknown[] = [];
    const [estimate, other] = await Promise.all([load('o200k', (error) => failures.push(error)), load('o200k')]);
    expect(failures).toEqual([new Error('cannot import')]);
    expect(source.calls()).toBe(1);
    expect(other('some text')).toBe(estimate('some text'));
    const exact = await load('o200k');
    expect(source.calls()).toBe(2);
    expect(exact('Hello world')).toBe(2);
    for (const text of Object.values(sampleTexts)) {
      expect(estimate(text) / exact(text)).toBeGreaterThan(0.3);
      expect(estimate(text) / exact(text)).toBeLessThan(2.5);
    }
    expect(estimate('')).toBe(0);
    expect(estimate('a')).toBe(1);
  });

  it('takes an encoding of an unknown form for a failed load', async () => {
    const broken = async (): Promise<RankedTokens> => JSON.parse('{"tokens":[]}') as RankedTokens;
    const load = createTokenCounterLoader({ o200k: broken, cl100k: broken });
    expect((await load('mistral'))('four letters')).toBeGreaterThan(0);
  });
});
