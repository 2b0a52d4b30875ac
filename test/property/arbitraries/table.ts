import fc from 'fast-check';

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 99_999 }).map(String) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('ok', 'failed', 'a b', '', 'connection refused', '12%', '1.5G', '-', 'NULL'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '中文',
      '\ud800',
      '<|endoftext|>',
      '__proto__',
      'a|b',
      '\u0000',
      '---',
      '+--+',
      '\t',
      '😀',
    ),
  },
);

const rows = (maxRows: number): fc.Arbitrary<string[][]> =>
  fc.integer({ min: 2, max: 6 }).chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 3,
      maxLength: maxRows,
      size: 'max',
    }),
  );

const NAMES = ['NAME', 'STATE', 'RESTARTS', 'AGE', 'SIZE', 'OWNER'];

type Draw = (table: readonly (readonly string[])[]) => readonly string[];

const widthsOf = (table: readonly (readonly string[])[]): readonly number[] =>
  (table[0] ?? []).map((_cell, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));

const psql: Draw = (table) => {
  const widths = widthsOf(table);
  const draw = (row: readonly string[]): string =>
    row
      .map(
        (text, column) =>
          ` ${column % 2 === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)} `,
      )
      .join('|');
  const [header = [], ...body] = table;
  const centred = header.map((text, column) => {
    const width = (widths[column] ?? 0) + 2;
    return text.padStart(Math.floor((width - text.length) / 2) + text.length).padEnd(width);
  });
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+');
  return [centred.join('|'), rule, ...body.map(draw), `(${body.length} rows)`];
};

const boxed: Draw = (table) => {
  const widths = widthsOf(table);
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const [header = '', ...body] = table.map(
    (row) => `|${row.map((text, column) => ` ${text.padEnd(widths[column] ?? 0)} `).join('|')}|`,
  );
  return [rule, header, rule, ...body, rule];
};

const markdown: Draw = ([header = [], ...body]) => [
  `| ${header.join(' | ')} |`,
  `|${header.map(() => '---').join('|')}|`,
  ...body.map((row) => `| ${row.join(' | ')} |`),
];

const columns: Draw = (table) => {
  const widths = widthsOf(table);
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd((widths[column] ?? 0) + 3))
      .join('')
      .trimEnd(),
  );
};

const listing: Draw = ([, ...body]) => [
  './src:',
  'total 12',
  ...body.map(
    ([size = '1', name = 'a'], row) =>
      `-rw-r--r-- 1 root root ${size.length * 977} May ${String(row % 28).padStart(2)} 10:00 ${name}.ts`,
  ),
];

const metrics: Draw = ([, ...body]) => [
  '# HELP http_requests_total Requests by outcome.',
  '# TYPE http_requests_total counter',
  ...body.map(([outcome = ''], row) => `http_requests_total{outcome="${outcome}",shard="${row}"} ${row * 7}`),
];

/** Text with tables of every style, drawn as tools draw them, with other lines around and any line end. */
export const tableText = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .record({
      tables: fc.array(fc.tuple(rows(maxRows), fc.constantFrom(psql, boxed, markdown, columns, listing, metrics)), {
        minLength: 1,
        maxLength: 3,
      }),
      around: fc.constantFrom('', '', 'Indexes:', 'ERROR: relation "a" does not exist', '\u001b[1mbold\u001b[0m', '  '),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      ending: fc.constantFrom('', 'END', '1 | 2'),
    })
    .map(({ tables, around, lineEnd, ending }) => {
      const lines = tables.flatMap(([body, draw]) => [
        around,
        ...draw([NAMES.slice(0, body[0]?.length ?? 0), ...body]),
        '',
      ]);
      return lines.join(lineEnd) + ending.replace('END', lineEnd);
    });
