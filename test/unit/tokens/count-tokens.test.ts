import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { ESTIMATED_FAMILIES } from '../../../src/tokens/family-weights.ts';
import type { TokenFamily } from '../../../src/tokens/families.ts';
import { sampleTexts } from './sample-texts.ts';

const plainText = { disallowedSpecial: new Set<string>() };
const families: readonly TokenFamily[] = ['o200k', 'cl100k', ...ESTIMATED_FAMILIES];

describe.each([
  ['o200k', countO200k],
  ['cl100k', countCl100k],
] as const)('the counter of %s', (family, countReference) => {
  it.each(Object.entries(sampleTexts))('counts %s exactly', async (_, text) => {
    const count = await loadTokenCounter(family);
    expect(count(text)).toBe(countReference(text, plainText));
  });

  it.each([
    ['letters', 'loremipsumdolor'.repeat(40)],
    ['Chinese characters', '天地玄黄宇宙洪荒'.repeat(50)],
    ['spaces', `${' '.repeat(700)}x`],
    ['mixed punctuation', '-=+*/'.repeat(100)],
  ])('counts an unbroken run of some hundred %s exactly', async (_, text) => {
    const count = await loadTokenCounter(family);
    expect(count(text)).toBe(countReference(text, plainText));
  });

  it('is off by less than one token for each 4,096 bytes of a longer run', async () => {
    const count = await loadTokenCounter(family);
    const tenThousand = 'a'.repeat(10_000);
    expect(Math.abs(count(tenThousand) - countReference(tenThousand, plainText))).toBeLessThan(3);
  });

  it('gives every text the same count whatever was counted before', async () => {
    const count = await loadTokenCounter(family);
    const texts = Object.values(sampleTexts);
    const forwards = texts.map((text) => count(text));
    for (let index = 0; index < 30_000; index++) count(`key_${index}_${(index * 2_654_435_761) % 1_000_003}`);
    expect(texts.toReversed().map((text) => count(text))).toEqual(forwards.toReversed());
  });
});

describe.each(families)('the counter of %s, as of every family,', (family) => {
  it('counts nothing for the empty text and at least one token for any other', async () => {
    const count = await loadTokenCounter(family);
    expect(count('')).toBe(0);
    for (const text of ['a', ' ', '\n', '\0', '\ud800', '中', '😀', '1']) expect(count(text)).toBeGreaterThanOrEqual(1);
  });

  it('returns whole numbers and takes special tokens and lone surrogates for text', async () => {
    const count = await loadTokenCounter(family);
    for (const text of Object.values(sampleTexts)) expect(Number.isSafeInteger(count(text))).toBe(true);
    for (const special of ['<|endoftext|>', '<|begin_of_text|>', '[INST]', '<start_of_turn>'])
      expect(count(special)).toBeGreaterThan(1);
    expect(count('天地玄黄宇宙洪荒日月盈昃'.repeat(10_000))).toBeGreaterThan(60_000);
  });

  it('is loaded once', async () => {
    const [first, second] = await Promise.all([loadTokenCounter(family), loadTokenCounter(family)]);
    expect(second).toBe(first);
  });
});

describe('a text above the exact limit', () => {
  const line = '{"id": 17, "城市": "東京", "mood": "😀", "path": "/var/log/app.log"}\n';

  it('is estimated within one percent when it is even', async () => {
    const count = await loadTokenCounter('o200k');
    const copies = Math.ceil(5_000_000 / line.length);
    const text = line.repeat(copies);
    expect(Math.abs(count(text) / (count(line) * copies) - 1)).toBeLessThan(0.01);
  });

  it('is counted the same each time, in samples that split no surrogate pair', async () => {
    const count = await loadTokenCounter('o200k');
    const text = `x${'😀 '.repeat(1_500_000)}`;
    expect(count(text)).toBe(count(text));
    expect(Math.abs(count(text) / 1_500_000 / (count('😀 '.repeat(1_000)) / 1_000) - 1)).toBeLessThan(0.001);
  });
});
