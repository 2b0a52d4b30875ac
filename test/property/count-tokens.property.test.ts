import * as fc from 'fast-check';
import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenCounter, type TokenCounter } from '../../src/tokens/count-tokens.ts';
import { ESTIMATED_FAMILIES } from '../../src/tokens/family-weights.ts';
import type { TokenFamily } from '../../src/tokens/families.ts';
import { normalizeUsage } from '../../src/tokens/normalize-usage.ts';
import { propertyRuns } from './property-runs.ts';

const plainText = { disallowedSpecial: new Set<string>() };
const families: readonly TokenFamily[] = ['o200k', 'cl100k', ...ESTIMATED_FAMILIES];
const anyFamily = fc.constantFrom(...families);
const counters = new Map<TokenFamily, TokenCounter>();

beforeAll(async () => {
  for (const family of families) counters.set(family, await loadTokenCounter(family));
});

function counterOf(family: TokenFamily): TokenCounter {
  const counter = counters.get(family);
  if (counter === undefined) throw new Error(`no counter of ${family}`);
  return counter;
}

const fragment = fc.oneof(
  fc.constantFrom(
    "'s",
    "'LL",
    "'ve",
    "I'm",
    "don't",
    "'ſ",
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u00a0',
    '\u3000',
    '\ufeff',
    '\u200b',
    '\u0085',
  ),
  fc.constantFrom(
    '//',
    '/\n/',
    '},{"',
    '":',
    '...',
    '==',
    '-',
    '_',
    '@',
    '#',
    '<|endoftext|>',
    '<|im_start|>',
    '<s>',
    '[INST]',
    '\n\nHuman:',
    '__proto__',
  ),
  fc.constantFrom(
    'hello',
    ' World',
    'HTTPServer',
    'camelCaseName',
    'ABC',
    'ÉTÉ',
    'Привет',
    'МИР',
    'مرحبا',
    'हिन्दी',
    'ไทย',
    '文字化け',
    'カナ',
    '한글',
  ),
  fc.constantFrom(
    'e\u0301',
    '\u0301',
    'Ǆ',
    'ǅ',
    'ʰ',
    'İ',
    'ß',
    '𝒜',
    '𐐀',
    '𐐨',
    '½',
    'Ⅷ',
    '①',
    '١٢٣٤',
    '😀',
    '👩‍👩‍👧',
    '🇫🇷',
    '\ud800',
    '\udc00',
  ),
  fc.nat().map(String),
  fc.double().map(String),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 6, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 8, size: 'max' }),
);
const realisticText = fc.array(fragment, { maxLength: 40, size: 'max' }).map((fragments) => fragments.join(''));

const longRun = fc
  .tuple(
    fc.constantFrom('a', '中', '😀', '9', ' ', '\n', '-=', '\ud800', 'aB', '한글', '\u0301'),
    fc.integer({ min: 1, max: 20_000 }),
  )
  .map(([unit, length]) => unit.repeat(length));

describe('the token counters', () => {
  it('count generated text exactly as the reference does', () => {
    fc.assert(
      fc.property(realisticText, (text) => {
        expect(counterOf('o200k')(text)).toBe(countO200k(text, plainText));
        expect(counterOf('cl100k')(text)).toBe(countCl100k(text, plainText));
      }),
      propertyRuns(),
    );
  });

  it('count an unbroken run of some hundred random characters exactly as the reference does', () => {
    const letters = fc.array(
      fc.constantFrom('a', 'b', 'e', 'h', 'i', 'n', 'o', 'r', 's', 't', 'é', '中', '文', '字', '的', '是'),
      {
        minLength: 30,
        maxLength: 300,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(letters, (run) => {
        expect(counterOf('o200k')(run.join(''))).toBe(countO200k(run.join(''), plainText));
      }),
      propertyRuns(200),
    );
  });

  it('never throw and return whole numbers, positive unless the text is empty', () => {
    const hostile = fc.oneof(
      realisticText,
      longRun,
      fc.tuple(longRun, realisticText).map(([run, text]) => run + text),
    );
    fc.assert(
      fc.property(hostile, anyFamily, (text, family) => {
        const tokens = counterOf(family)(text);
        expect(Number.isSafeInteger(tokens)).toBe(true);
        expect(tokens > 0).toBe(text.length > 0);
      }),
      propertyRuns(300),
    );
  });

  it('give a text the same count in whatever order texts are counted', () => {
    fc.assert(
      fc.property(
        fc.array(realisticText, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        anyFamily,
        (texts, rotation, family) => {
          const count = counterOf(family);
          const inOrder = new Map(texts.map((text) => [text, count(text)]));
          const at = rotation % texts.length;
          const shuffled = [...texts.slice(at), ...texts.slice(0, at)].toReversed();
          for (const text of shuffled) expect(count(text)).toBe(inOrder.get(text));
        },
      ),
      propertyRuns(),
    );
  });
});

describe('the estimates', () => {
  it('grow with the lines of a text, but for two tokens where lines meet', () => {
    const lines = fc.array(fc.oneof(realisticText, longRun), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.constantFrom(...ESTIMATED_FAMILIES), (texts, family) => {
        const count = counterOf(family);
        let previous = 0;
        for (let length = 1; length <= texts.length; length++) {
          const tokens = count(texts.slice(0, length).join('\n'));
          expect(tokens).toBeGreaterThanOrEqual(previous - 2);
          previous = tokens;
        }
      }),
      propertyRuns(300),
    );
  });

  it('of two texts with a line between them are the sum of the two, but for what stands at the seam', () => {
    const line = realisticText.map((text) => `${text.replaceAll(/[\r\n]/g, '')}x\ny`);
    fc.assert(
      fc.property(line, line, fc.constantFrom(...ESTIMATED_FAMILIES), (first, second, family) => {
        const count = counterOf(family);
        const apart = count(first) + count(second);
        expect(Math.abs(count(`${first}\n${second}`) - apart)).toBeLessThanOrEqual(8);
      }),
      propertyRuns(300),
    );
  });
});

describe('normalising a usage', () => {
  it('never throws, and knows only finite numbers of zero or more', () => {
    const count = fc.oneof(fc.integer(), fc.double(), fc.anything());
    const usage = fc.oneof(
      fc.anything(),
      fc.record(
        { inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count },
        { requiredKeys: [] },
      ),
      fc.record({
        inputTokens: fc.record({ total: count, cacheRead: count, cacheWrite: count }),
        outputTokens: fc.record({ total: count, reasoning: count }),
      }),
    );
    fc.assert(
      fc.property(usage, (value) => {
        const known = Object.values(normalizeUsage(value) ?? { inputTokens: 0 }).filter(
          (tokens) => tokens !== undefined,
        );
        expect(known.length).toBeGreaterThan(0);
        for (const tokens of known) expect(Number.isFinite(tokens) && tokens >= 0).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
