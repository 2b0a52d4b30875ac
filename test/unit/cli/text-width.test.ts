import { describe, expect, test } from 'vitest';
import { expandTabs, fitText, textWidth, wrapLine } from '../../../src/cli/text-width.ts';

describe('the width of a text', () => {
  test.each([
    ['plain', 5],
    ['', 0],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語', 6],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['ﾊﾝｶｸ', 4],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['👍🏽', 2],
    ['❤️', 2],
    ['❤', 1],
    ['🇩🇪', 2],
    ['1️⃣', 2],
    ['→│…', 3],
    ['مرحبا', 5],
  ])('of %j is %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('a wrapped line', () => {
  test('breaks behind a blank near the end, or else anywhere', () => {
    expect([...wrapLine('one two three four', 8)]).toEqual(['one two ', 'three ', 'four']);
    expect([...wrapLine('x'.repeat(20), 8)]).toEqual(['xxxxxxxx', 'xxxxxxxx', 'xxxx']);
    expect([...wrapLine('zwei → drei → vier', 8)]).toEqual(['zwei → ', 'drei → ', 'vier']);
  });

  test('is one empty piece where there is nothing', () => {
    expect([...wrapLine('', 8)]).toEqual(['']);
  });

  test('keeps wide characters within the columns, and graphemes whole', () => {
    expect([...wrapLine('日本語日本語', 5)]).toEqual(['日本', '語日', '本語']);
    expect([...wrapLine('👩‍👩‍👧👩‍👩‍👧', 3)]).toEqual(['👩‍👩‍👧', '👩‍👩‍👧']);
  });

  test('takes no longer for what is not asked for', () => {
    const [first] = wrapLine('x'.repeat(5_000_000), 40);
    expect(first).toBe('x'.repeat(40));
  });
});

test('tabs become blanks up to the next fourth column, also behind wide characters', () => {
  expect(expandTabs('1\tone\ttwo')).toBe('1   one two');
  expect(expandTabs('日本\tx')).toBe('日本    x');
});

describe('a fitted text', () => {
  test('is cut with an ellipsis, never within a character', () => {
    expect(fitText('abcdef', 4)).toBe('abc…');
    expect(fitText('日本語', 4)).toBe('日…');
    expect(fitText('日本', 4)).toBe('日本');
  });

  test('is filled up on the side named', () => {
    expect(fitText('日', 4, 'end')).toBe('日  ');
    expect(fitText('7', 3, 'start')).toBe('  7');
  });
});
