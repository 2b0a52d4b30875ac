import { describe, expect, it } from 'vitest';
import { parseRanges } from '../../../src/retrieval/ranges.ts';

describe('parseRanges', () => {
  it.each([
    ['12', [[12, 12]]],
    ['12-20', [[12, 20]]],
    [
      ' 3 , 12 - 20 ',
      [
        [3, 3],
        [12, 20],
      ],
    ],
    ['12–14', [[12, 14]]],
    ['95-', [[95, 100]]],
    ['20-12', [[12, 20]]],
    ['0-3', [[1, 3]]],
    ['98-500', [[98, 100]]],
    [
      '5-9, 1-4, 7-12, 40',
      [
        [1, 12],
        [40, 40],
      ],
    ],
    ['first, 7', [[7, 7]]],
    ['7,,8,', [[7, 8]]],
    ['999999999999999, 1', [[1, 1]]],
  ])('reads "%s"', (ranges, expected) => {
    expect(parseRanges(ranges, 100)).toEqual(expected.map(([first, last]) => ({ first, last })));
  });

  it.each(['', ',', 'all', '-', '-5', '1-2-3', '1.5', '0x10', '1e3', '٣'])('finds no range in "%s"', (ranges) => {
    expect(parseRanges(ranges, 100)).toBe('malformed');
  });

  it.each(['101', '101-200', '500-', '0'])('finds nothing at "%s" of a hundred', (ranges) => {
    expect(parseRanges(ranges, 100)).toBe('outside');
  });

  it('reads a list of any length in time that grows with it, and no more of it than a page', () => {
    expect(parseRanges('1,'.repeat(1_000_000), 5)).toEqual([{ first: 1, last: 1 }]);
    expect(parseRanges(`${' '.repeat(100_000)}7`, 100)).toBe('malformed');
    expect(parseRanges(`1${' '.repeat(3_000)}x`, 100)).toBe('malformed');
  });
});
