import { beforeAll, describe, expect, it } from 'vitest';
import type { TokenFamily } from '../../src/tokens/families.ts';
import { loadTokenCounter, type TokenCounter } from '../../src/tokens/count-tokens.ts';
import { quickestGrowth, type Growth } from './processor-time.ts';

const CHARACTERS = 120_000;
const REPETITIONS = 5;

/** Families over one encoding share all the work but the last multiplication: one of each stands for the others. */
const ONE_OF_EACH: readonly TokenFamily[] = ['o200k', 'claude', 'llama'];
const counters = new Map<TokenFamily, TokenCounter>();
beforeAll(async () => {
  for (const family of ONE_OF_EACH) counters.set(family, await loadTokenCounter(family));
});

function counterOf(family: TokenFamily): TokenCounter {
  const counter = counters.get(family);
  if (counter === undefined) throw new Error(`no counter of ${family}`);
  return counter;
}

/** The quickest of each. */
const quickestMs = (
  count: TokenCounter,
  small: string,
  large: string,
  isAllowed: (growth: Growth) => boolean,
): Promise<Growth> =>
  quickestGrowth(
    () => count(small),
    () => count(large),
    { turns: REPETITIONS, isAllowed },
  );

describe('the work of counting grows in proportion to', () => {
  it.each([
    ['letters', 'a'],
    ['letters of many kinds', 'thequickbrownfoxjumpsoverthelazydog'],
    ['capitals', 'THEQUICKBROWNFOX'],
    ['Chinese characters', '天地玄黄宇宙洪荒日月盈昃'],
    ['emoji', '😀🎉🚀'],
    ['digits', '1234567890'],
    ['spaces', ' '],
    ['newlines', '\n'],
    ['mixed punctuation', '-=*/#!?.,;:'],
    ['combining marks', 'a\u0301'],
    ['lone surrogates', '\ud800'],
    ['special tokens', '<|endoftext|><s>[INST]</s>'],
    ['NUL', '\0'],
    ['characters that no vocabulary holds', '𠀋'],
  ])('an unbroken run of %s', async (_, unit) => {
    const text = unit.repeat(Math.ceil(CHARACTERS / unit.length));
    for (const family of ONE_OF_EACH) {
      const count = counterOf(family);
      count(text);
      const isAllowed = ({ smallMs, largeMs }: Growth): boolean => largeMs < 4 * smallMs + 10;
      expect(await quickestMs(count, text, text + text, isAllowed)).toSatisfy(isAllowed);
    }
  });

  it('nothing more above the exact limit', async () => {
    const limit = 4_194_304;
    const line = 'ts=2024-05-01 level=info msg="request served" status=200 path=/api/v1/items\n';
    const count = counterOf('o200k');
    const atLimit = line.repeat(Math.floor(limit / line.length));
    count(atLimit);
    const beyond = line.repeat(Math.ceil((5 * limit) / line.length));
    const isAllowed = ({ smallMs, largeMs }: Growth): boolean => largeMs < 3 * smallMs + 50;
    expect(await quickestMs(count, atLimit, beyond, isAllowed)).toSatisfy(isAllowed);
  });
});

describe('a hostile text is counted whole:', () => {
  it.each([
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['120,000 Chinese characters', '天地玄黄宇宙洪荒日月盈昃'.repeat(10_000)],
    ['special tokens', '<|endoftext|><s>[INST]</s>'.repeat(20_000)],
    ['NUL and lone surrogates', '\0\ud800'.repeat(60_000)],
  ])('%s', (_, text) => {
    for (const family of ONE_OF_EACH) expect(counterOf(family)(text)).toBeGreaterThan(text.length / 20);
  });
});
