import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { csvColumns } from '../../../../src/compression/strategies/csv-columns.ts';

function encode(text: string): string | undefined {
  const content = detect(text);
  if (content.kind !== 'csv') throw new Error(`not CSV but ${content.kind}`);
  const encoded = csvColumns.encode(content);
  if (encoded !== undefined) expect(csvColumns.decode(encoded.text, encoded.form)).toBe(text);
  return encoded?.text;
}

const rows = (count: number, rowOf: (row: number) => string): string =>
  Array.from({ length: count }, (_none, row) => rowOf(row)).join('\n');

describe('columns of CSV', () => {
  test('that are the same in every row are said once, and those that count up too', () => {
    expect(encode(`line,host,level,ms\n${rows(5, (row) => `${row + 1},web-1,"INFO",${row * row + 3}`)}\n`)).toBe(
      [
        'same in every row: host=web-1,level="INFO"',
        'counting up, by 1 per row: line=1...',
        'the other columns, with a header:',
        'ms',
        '3',
        '4',
        '7',
        '12',
        '19',
      ].join('\n'),
    );
  });

  test('that another column tells become a list', () => {
    const names = ['Central Illinois Regional', 'Tulsa International'];
    const text = rows(24, (row) => `${row * row},${['BMI', 'TUL'][row % 2]},${names[row % 2]}`);
    expect(encode(`delay,origin,origin name\n${text}`)).toContain(
      'origin name, by origin, 2 lines:\nBMI,Central Illinois Regional\nTUL,Tulsa International\n',
    );
  });

  test('that rows begin with alike become headings', () => {
    const text = rows(40, (row) => `2024-0${1 + Math.floor(row / 20)}-${10 + (row % 20)},${row * 31}.5,${row % 7}`);
    const encoded = encode(`date,rain,wind\n${text}\n`) ?? '';
    expect(encoded.split('\n').slice(0, 4)).toEqual([
      '"# X": each line below begins with X. After "=": the line itself.',
      'date,rain,wind',
      '# 2024-01-',
      '10,0.5,0',
    ]);
  });

  test('keep their quotes, carriage returns, and a last line that was cut', () => {
    const encoded = encode(
      `a,b,c\r\n"1","x, y",k\r\n"2","two\r\nlines",k\r\n"3","say ""hi""",k\r\n"4",plain,k\r\n5,cu`,
    );
    expect(encoded).toContain('same in every row: c=k\n');
    expect(encoded).toContain('\n"3","say ""hi"""\n');
  });
});
