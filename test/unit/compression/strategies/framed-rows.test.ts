import { describe, expect, test } from 'vitest';
import { recogniseTable } from '../../../../src/compression/detect-table.ts';
import { framedRows } from '../../../../src/compression/strategies/framed-rows.ts';

function encode(lines: readonly string[]): readonly string[] | undefined {
  const text = lines.join('\n');
  const content = recogniseTable(text);
  if (content === undefined) throw new Error('no table');
  const encoded = framedRows.encode(content);
  if (encoded === undefined) return undefined;
  expect(framedRows.decode(encoded.text, encoded.form)).toBe(text);
  return encoded.text.split('\n');
}

describe('rows between bars', () => {
  test('lose the blanks that align them, as psql draws them', () => {
    expect(
      encode([
        ' id |  name   | score ',
        '----+---------+-------',
        '  1 | Ada     |   3.5',
        '  2 | Bob     |     4',
        '  3 |         |    12',
        '(3 rows)',
      ]),
    ).toEqual(['id|name|score', '----+---------+-------', '1|Ada|3.5', '2|Bob|4', '3||12', '(3 rows)']);
  });

  test('keep their outer bars, and the indentation of their first column', () => {
    expect(encode(['| id | name |', '+----+------+', '|  1 | Ada  |', '|  2 | Bob  |', '|  3 | Cyd  |'])).toEqual([
      '|id|name|',
      '+----+------+',
      '|1|Ada|',
      '|2|Bob|',
      '|3|Cyd|',
    ]);
    expect(
      encode([
        'File      | % Lines ',
        '----------|---------',
        'All files |    86.7 ',
        ' src      |    90.1 ',
        '  a.ts    |     100 ',
      ]),
    ).toEqual(['File|% Lines', '----------|---------', 'All files|86.7', ' src|90.1', '  a.ts|100']);
  });

  test('stay as they are from the first on that is drawn in another way', () => {
    const lines = [' a  | b ', '----+---', ' 10 | x', ' 11 | y', ' 12 | z', ' 中 | w', ' 13 | v'];
    expect(encode(lines)?.slice(-2)).toEqual([' 中 | w', ' 13 | v']);
    expect(encode(['| a | b |', '|---|---|', '| 10 | x |', '| 2 | yy |', '| 3 | z |'])).toBeUndefined();
  });
});
