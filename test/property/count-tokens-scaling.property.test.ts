import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenCounter, type TokenCounter } from '../../src/tokens/count-tokens.ts';

const CHARACTERS = 120_000;
const REPETITIONS = 5;

let count: TokenCounter;
beforeAll(async () => {
  count = await loadTokenCounter('o200k');
});

function medianMs(text: string): number {
  const durations = Array.from({ length: REPETITIONS }, () => {
    const start = performance.now();
    count(text);
    return performance.now() - start;
  });
  return durations.sort((first, second) => first - second)[REPETITIONS >> 1] ?? 0;
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
  ])('an unbroken run of %s', (_, unit) => {
    const text = unit.repeat(Math.ceil(CHARACTERS / unit.length));
    count(text);
    expect(medianMs(text + text)).toBeLessThan(4 * medianMs(text) + 10);
  });

  it('nothing more above the exact limit', () => {
    const limit = 4_194_304;
    const line = 'ts=2024-05-01 level=info msg="request served" status=200 path=/api/v1/items\n';
    const atLimit = line.repeat(Math.floor(limit / line.length));
    count(atLimit);
    expect(medianMs(line.repeat(Math.ceil((5 * limit) / line.length)))).toBeLessThan(3 * medianMs(atLimit) + 50);
  });
});
