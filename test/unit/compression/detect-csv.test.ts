import { describe, expect, test } from 'vitest';
import { recogniseCsv } from '../../../src/compression/detect-csv.ts';

const CSV: readonly (readonly [string, string, { readonly columnCount: number; readonly hasHeader: boolean }])[] = [
  ['commas and a header', 'id,name,score\n1,Ada,3.5\n2,Bob,4\n', { columnCount: 3, hasHeader: true }],
  ['tabs', 'host\tcpu\tmemory\na\t10\t512\nb\t20\t1024\n', { columnCount: 3, hasHeader: true }],
  ['semicolons and decimal commas', 'Stadt;Temp;Wind\nBonn;3,5;2\nKiel;1,0;9\n', { columnCount: 3, hasHeader: true }],
  [
    'pipes without blanks',
    '1|ok|2024-01-01\n2|ok|2024-01-02\n3|bad|2024-01-03\n',
    { columnCount: 3, hasHeader: false },
  ],
  ['quoted line ends', 'id,text,n\n1,"a\nb",2\n2,"c, d",3\n3,e,4\n', { columnCount: 3, hasHeader: true }],
  ['rows without a header', '1,ok,3\n2,ok,5\n3,bad,7\n', { columnCount: 3, hasHeader: false }],
  ['a last line that was cut', `a,b,c\n${'1,2,3\n'.repeat(20)}4,5`, { columnCount: 3, hasHeader: true }],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ['prose', 'First, we came, alone.\nThen, as always, it rained.\nAt last, after that, we left.\n'],
  [
    'one comma per line of prose',
    'When it rains, we stay.\nIf not, we leave.\nWell, who knows.\nYes, no.\nSo, so.\nOh, my.',
  ],
  ['a log with the comma of milliseconds', '2024-05-01 10:00:00,123 INFO up\n'.repeat(9)],
  ['a log with a level', '2024-05-01T10:00:00Z INFO started job 1, queue a, host b\n'.repeat(9)],
  ['key=value pairs', 'a=1,b=2,c=3\na=4,b=5,c=6\na=7,b=8,c=9\n'],
  ['JSON lines', '{"a":1,"b":2,"c":3}\n{"a":4,"b":5,"c":6}\n{"a":7,"b":8,"c":9}\n'],
  ['calls in code', 'draw(1, 2, 3);\ndraw(4, 5, 6);\ndraw(7, 8, 9);\ndraw(1, 2, 3);\n'],
  ['rows of a SQL insert', "(1, 'a', 2),\n(2, 'b', 3),\n(3, 'c', 4),\n"],
  ['search hits', 'src/a.ts:1:const a, b, c\nsrc/a.ts:2:const d, e, f\nsrc/b.ts:9:let g, h, i\n'],
  ['sizes of files', '12\t./a\n4\t./b\n8\t./c/d\n120\t./c/e\n9\t./f\n13\t.\n'],
  ['a table of Markdown', '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n'],
  ['a diff of CSV', '--- a.csv\n+++ b.csv\n@@ -1,2 +1,2 @@\n a,b,c\n-1,2,3\n+1,2,4\n'],
];

describe('recognising CSV', () => {
  test.each(CSV)('knows %s', (_what, text, { columnCount, hasHeader }) => {
    expect(recogniseCsv(text)).toMatchObject({ columnCount, hasHeader });
  });

  test.each(OTHERS)('takes %s for what it is', (_what, text) => {
    expect(recogniseCsv(text)).toBeUndefined();
  });

  test('is linear in hostile quotes', () => {
    for (const piece of ['"', '",', 'a,"b', '"a""', ',"\n', '""""\n,']) {
      const text = `a,b\n`.repeat(50) + piece.repeat(100_000);
      const start = performance.now();
      recogniseCsv(text);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});
