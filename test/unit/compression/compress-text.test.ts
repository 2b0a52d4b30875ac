import { describe, expect, test } from 'vitest';
import { compressText, type CompressTextRequest } from '../../../src/compression/compress-text.ts';
import type { SelectionStrategy, Strategy } from '../../../src/compression/strategy.ts';

const count = (text: string): number => text.length;
const text = 'alpha beta gamma delta '.repeat(60);

/** A lossless strategy that can be told to misbehave. */
const strategy = (name: string, changes: Partial<Strategy> = {}): Strategy => ({
  name,
  kinds: ['text', 'log', 'json'],
  encode: (content) => ({ text: content.text.slice(0, 1_100) }),
  decode: () => text,
  ...changes,
});

const selection = (changes: Partial<SelectionStrategy> = {}): SelectionStrategy => ({
  name: 'first-line',
  kinds: ['text', 'log', 'json'],
  select: (_content, { retrievalId }) => ({
    text: `the first line ${retrievalId ?? ''}`,
    unit: 'lines',
    total: 10,
    leftOut: [{ first: 2, last: 10 }],
  }),
  ...changes,
});

function compress(
  strategies: Strategy[],
  selections: SelectionStrategy[] = [],
  changes: Partial<CompressTextRequest> = {},
) {
  const faults: string[] = [];
  const compressed = compressText(text, {
    count,
    query: '',
    extent: 'recoverable',
    limits: { minTokens: 20 },
    onFault: (name) => faults.push(name),
    repertoire: { strategies, selections },
    ...changes,
  });
  return { ...compressed, faults };
}

describe('compressing one text', () => {
  test('takes the smallest of the lossless forms', () => {
    const longer = strategy('longer', { encode: () => ({ text: text.slice(0, 1_200) }) });
    expect(compress([longer, strategy('shorter')]).lossless?.rewriting.strategy).toBe('shorter');
  });

  test('does not take what is not smaller, and does not take nothing for something', () => {
    const same = strategy('same', { encode: (content) => ({ text: content.text }) });
    const empty = strategy('empty', { encode: () => ({ text: '' }) });
    expect(compress([same, empty]).lossless).toBeUndefined();
  });

  test('does not take a form that does not decode to the text, and says whose it was', () => {
    const lying = strategy('lying', { encode: () => ({ text: 'x' }), decode: () => 'something else' });
    const { lossless, faults } = compress([lying, strategy('honest')]);
    expect(lossless?.rewriting.strategy).toBe('honest');
    expect(faults).toEqual(['lying']);
  });

  test('goes on without a strategy that throws, and says whose fault it was', () => {
    const throws = () => {
      throw new Error('oops');
    };
    const { lossless, faults } = compress(
      [strategy('throws', { encode: throws }), strategy('never-decodes', { decode: throws }), strategy('works')],
      [selection({ select: throws })],
    );
    expect(lossless?.rewriting.strategy).toBe('works');
    expect(faults.sort()).toEqual(['first-line', 'never-decodes', 'throws']);
  });

  test('leaves something out only where that is allowed, worth it, and names the original', () => {
    expect(compress([], [selection()]).selected?.rewriting).toMatchObject({
      strategy: 'first-line',
      retrievalId: expect.stringMatching(/^[0-9a-f]{24}$/),
      leftOut: { unit: 'lines', total: 10, ranges: [{ first: 2, last: 10 }] },
    });
    expect(compress([], [selection()], { extent: 'lossless' }).selected).toBeUndefined();
    expect(compress([], [selection()], { extent: 'lossy' }).selected?.rewriting.retrievalId).toBeUndefined();
    const barely = { text: text.slice(0, -1), unit: 'lines', total: 10, leftOut: [{ first: 2, last: 3 }] } as const;
    expect(compress([], [selection({ select: () => barely })]).selected).toBeUndefined();
    const nameless = { text: 'the first line', unit: 'lines', total: 10, leftOut: [{ first: 2, last: 3 }] } as const;
    expect(compress([], [selection({ select: () => nameless })]).selected).toBeUndefined();
  });

  test('does not look into a text below the minimum', () => {
    expect(compress([strategy('any')], [], { limits: { minTokens: 100_000 } })).toMatchObject({
      isBelowMinimum: true,
      lossless: undefined,
      tokens: text.length,
    });
  });
});
