import { describe, expect, test } from 'vitest';
import { compareTexts, type Comparison } from '../../../src/cli/comparison.ts';
import { notice } from '../../../src/compression/notice.ts';
import type { SourceRange } from '../../../src/compression/strategy.ts';

const lines = Array.from({ length: 12 }, (_, index) => `line number ${index + 1}`);
const ranges = [
  { first: 3, last: 6 },
  { first: 9, last: 12 },
];
const leftOut = { unit: 'lines', total: 12, ranges } as const;
const saidBy = (unit: 'rows' | 'lines', total: number, of: readonly SourceRange[]): string =>
  notice({ unit, total, ranges: of, retrievalId: 'abc' });

/** `7 = 7<tab>...`: the number on the left, the line on the right; `3-6` for a gap, `|` between the sides. */
const drawn = (comparison: Comparison): readonly string[] => {
  if (comparison.layout !== 'aligned') return [comparison.layout];
  return comparison.rows.map(({ before, after }) => {
    const left =
      before?.type === 'gap'
        ? `${before.range.first}-${before.range.last}`
        : before?.type === 'unit'
          ? before.number
          : before?.text;
    const right = after?.isNotice === true ? 'notice' : after?.text;
    return `${left ?? ''} | ${right ?? ''}`;
  });
};

describe('lines of which some went', () => {
  test('stand opposite to themselves behind their numbers, what went stands for itself', () => {
    const kept = [1, 2, 7, 8].map((number) => `${number}\t${lines[number - 1]}`);
    const after = [saidBy('lines', 12, ranges), ...kept].join('\n');
    expect(
      drawn(compareTexts(lines.join('\n'), after, { strategy: 'log-lines', retrievalId: 'abc', leftOut })),
    ).toEqual([
      ' | notice',
      '1 | 1\tline number 1',
      '2 | 2\tline number 2',
      '3-6 | ',
      '7 | 7\tline number 7',
      '8 | 8\tline number 8',
      '9-12 | ',
    ]);
  });

  test('stand opposite to themselves without numbers, and what is said of a gap opposite to it', () => {
    const after = [
      '[8 of 12]',
      lines[0],
      lines[1],
      '[lines 3-6 left out]',
      lines[6],
      lines[7],
      '[lines 9-12 left out]',
    ];
    const compared = compareTexts(`${lines.join('\n')}\n`, after.join('\n'), { strategy: 'diff-hunks', leftOut });
    expect(drawn(compared)).toEqual([
      ' | notice',
      '1 | line number 1',
      '2 | line number 2',
      '3-6 | notice',
      '7 | line number 7',
      '8 | line number 8',
      '9-12 | notice',
    ]);
  });

  test('are told by their text before their numbers: a source may number its lines itself', () => {
    const numbered = lines.map((line, index) => `${index + 7}\t${line}`);
    const after = ['[head]', numbered[0], numbered[1], '[9-12 same as 1-4 there]', numbered[6], numbered[7]];
    const compared = compareTexts(numbered.join('\n'), after.join('\n'), { strategy: 'earlier-result', leftOut });
    expect(drawn(compared)).toContain('7 | 13\tline number 7');
  });

  test('stand in columns where too few are found again', () => {
    const compared = compareTexts(lines.join('\n'), 'all of it\nin other words', { strategy: 'x', leftOut });
    expect(compared).toMatchObject({ layout: 'columns', leftOut: ranges });
  });

  test('stand in columns, none of them marked, where all was written anew', () => {
    const whole = { unit: 'lines', total: 12, ranges: [{ first: 1, last: 12 }] } as const;
    const after = '[the page in words, id "abc"]\ntext';
    const compared = compareTexts(lines.join('\n'), after, {
      strategy: 'html-page',
      retrievalId: 'abc',
      leftOut: whole,
    });
    expect(compared).toMatchObject({
      layout: 'columns',
      leftOut: [],
      after: [{ isNotice: true }, { isNotice: false }],
    });
  });
});

describe('rows of which some went', () => {
  const rows = Array.from({ length: 10 }, (_, id) => ({ id, name: `row ${id}` }));
  const went = [{ first: 3, last: 9 }];
  const rewriting = {
    strategy: 'record-rows',
    retrievalId: 'abc',
    leftOut: { unit: 'rows', total: 10, ranges: went },
  } as const;
  const after = [
    '{"items":<table 1>}',
    '<table 1>: 3 of 10 rows',
    'columns: row,id,name',
    '1,0,row 0',
    '2,1,row 1',
    '10,9,row 9',
    saidBy('rows', 10, went),
  ];

  test('stand opposite to their line of the table, with the document around them', () => {
    expect(drawn(compareTexts(JSON.stringify({ items: rows }), after.join('\n'), rewriting))).toEqual([
      '{"items":[ | {"items":<table 1>}',
      ' | <table 1>: 3 of 10 rows',
      ' | columns: row,id,name',
      '1 | 1,0,row 0',
      '2 | 2,1,row 1',
      '3-9 | ',
      '10 | 10,9,row 9',
      ']} | notice',
    ]);
  });

  test('lose the indent of their document', () => {
    const compared = compareTexts(JSON.stringify({ items: rows }, undefined, 4), after.join('\n'), rewriting);
    expect(compared).toMatchObject({ units: expect.arrayContaining(['{\n    "id": 0,\n    "name": "row 0"\n}']) });
  });
});

test('a lossless form stands beside its source, and nothing in it is taken for a notice', () => {
  const after = '[lines 1-9 of 9 left out. To read them call headroom_retrieve with id "abc"]\nrest';
  expect(compareTexts('a\nb\n', after, { strategy: 'repeated-lines' })).toEqual({
    layout: 'columns',
    before: ['a', 'b'],
    leftOut: [],
    after: after.split('\n').map((text) => ({ text, isNotice: false })),
  });
});
