import fc from 'fast-check';

const HOSTILE_CELLS = [
  '',
  ' ',
  '"a,b"',
  '"say ""hi"""',
  '"two\nlines"',
  '"two\r\nlines"',
  '""',
  'a"b',
  '=1+1',
  '# heading',
  '\u0000',
  '\ud800',
  '<|endoftext|>',
  '__proto__',
  'constructor',
  '1.10',
  '-0',
  '123456789012345678901234567890',
  '1e400',
  'NULL',
  'same in every row: a=1',
  '[lines 2-9 of 20 left out.]',
  'connection refused: timeout',
];

/** How a column goes on from row to row. */
type Column = (row: number) => string;

const column: fc.Arbitrary<Column> = fc.oneof(
  fc.constantFrom<Column>(
    () => 'eu-west-1',
    (row) => String(row + 1),
    (row) => `2024-05-${String((row % 28) + 1).padStart(2, '0')}`,
    (row) => ['ok', 'ok', 'ok', 'slow', 'failed'][row % 5] ?? '',
    (row) => ['Central Illinois Regional', 'Tulsa International', 'Adams'][row % 3] ?? '',
    (row) => ['BMI', 'TUL', 'LIT'][row % 3] ?? '',
    (row) => String((row * 7919) % 1_000),
    (row) => ((row * 7919) % 997 === 0 ? '99999' : String(row % 10)),
    (row) => `"${row}, quoted"`,
  ),
  fc.array(fc.constantFrom(...HOSTILE_CELLS, 'x', 'y'), { minLength: 1, maxLength: 6 }).map(
    (cells): Column =>
      (row) =>
        cells[row % cells.length] ?? '',
  ),
);

const name = fc.constantFrom(
  'id',
  'date',
  'status',
  'origin_name',
  'a=b',
  '"quoted, name"',
  'delay',
  'c d',
  '__proto__',
);

/** Text with separators, with and without a header, with cut and empty lines now and then, and any line end. */
export const csvText = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .record({
      columns: fc.array(fc.tuple(name, column), { minLength: 2, maxLength: 7 }),
      rowCount: fc.integer({ min: 3, max: maxRows }),
      hasHeader: fc.boolean(),
      separator: fc.constantFrom(',', ',', '\t', ';', '|'),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      ending: fc.constantFrom('', 'END', 'END', 'END\n', '1,2', '... [cut]'),
      remarkAt: fc.option(fc.integer({ min: 0, max: maxRows }), { nil: -1 }),
    })
    .map(({ columns, rowCount, hasHeader, separator, lineEnd, ending, remarkAt }) => {
      const rows = Array.from({ length: rowCount }, (_none, row) =>
        columns.map(([, cellOf]) => cellOf(row)).join(separator),
      );
      if (hasHeader) rows.unshift(columns.map(([title], at) => (at === 0 ? title : `${title}${at}`)).join(separator));
      if (remarkAt >= 0) rows.splice(remarkAt, 0, '-- a remark');
      return rows.join(lineEnd) + ending.replace('END', lineEnd);
    });
