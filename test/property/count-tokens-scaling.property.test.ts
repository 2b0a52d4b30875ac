import { beforeAll, describe, expect, it } from 'vitest';
import type { TokenFamily } from '../../src/tokens/families.ts';
import { loadTokenCounter, type TokenCounter } from '../../src/tokens/count-tokens.ts';

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

/** Processor time of this process: it stands still while others have the processor. */
function durationMs(count: TokenCounter, text: string): number {
  const start = process.cpuUsage();
  count(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** The quickest of each, taken in turns. */
function quickestMs(
  count: TokenCounter,
  small: string,
  large: string,
): { readonly small: number; readonly large: number } {
  const quickest = { small: Infinity, large: Infinity };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    quickest.small = Math.min(quickest.small, durationMs(count, small));
    quickest.large = Math.min(quickest.large, durationMs(count, large));
  }
  return quickest;
}

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
  ])('an unbroken run of %s', (_, unit) => {
    const text = unit.repeat(Math.ceil(CHARACTERS / unit.length));
    for (const family of ONE_OF_EACH) {
      const count = counterOf(family);
      count(text);
      const quickest = quickestMs(count, text, text + text);
      expect(quickest.large).toBeLessThan(4 * quickest.small + 10);
    }
  });

  it('nothing more above the exact limit', () => {
    const limit = 4_194_304;
    const line = 'ts=2024-05-01 level=info msg="request served" status=200 path=/api/v1/items\n';
    const count = counterOf('o200k');
    const atLimit = line.repeat(Math.floor(limit / line.length));
    count(atLimit);
    const beyond = line.repeat(Math.ceil((5 * limit) / line.length));
    const quickest = quickestMs(count, atLimit, beyond);
    expect(quickest.large).toBeLessThan(3 * quickest.small + 50);
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
