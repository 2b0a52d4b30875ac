import * as fc from 'fast-check';

/** JSON sources of scalars that serializers, people and attackers write. */
const numbers = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('-0', '0', '1.10', '1e400', '-1E-9', '12345678901234567890123456789', '0.10', '1E+2', '100'),
);

const HOSTILE_TEXTS = [
  '',
  ' ',
  'null',
  'true',
  '12',
  '-0',
  '1e5',
  'a,b',
  ' a',
  'a ',
  '(a)',
  'a)',
  '[x',
  '{x',
  '{}',
  '{a}',
  '{key}',
  '=json {}',
  '*1',
  '*',
  '*1=x',
  'a long text, with commas, that comes again and again and again and again',
  'another long text (in brackets) that comes again \n and again and again',
  '=2 more like the row above',
  'columns: a,b',
  'same in every row: a=1',
  '<table 1>',
  '<|endoftext|>',
  'a:b',
  'a=b',
  '__proto__',
  'https://example.com/items/1',
  'https://example.com/items/22',
  '2025-01-01T10:00:00Z',
  '2025-01-02T11:30:00Z',
  '\u2028',
  '\u00e9',
  '😀',
  '\ud83d',
  '\u0000',
  '\r\n',
  '"',
  '\\',
];

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40, size: 'max' }) },
);

const strings = fc.oneof(
  { weight: 4, arbitrary: texts.map((text) => JSON.stringify(text)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      String.raw`"\u00e9"`,
      String.raw`"\u00E9"`,
      String.raw`"\ud83d\ude00"`,
      String.raw`"\ud83d"`,
      String.raw`"a\/b"`,
      String.raw`"\u0041"`,
      String.raw`"\u2028"`,
    ),
  },
);

export const jsonScalars = fc.oneof(numbers, strings, fc.constantFrom('true', 'false', 'null'));

const keys = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('"id"', '"name"', '"url"', '"key"', '"row"', '"a"', '"b"', '"created_at"') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '""',
      '"a.b"',
      '"__proto__"',
      '"1"',
      '"0"',
      '"a b"',
      '"a,b"',
      '"{a}"',
      '"x)"',
      '"*1"',
      '"é"',
    ),
  },
  { weight: 1, arbitrary: strings },
);

/** Spaces where JSON allows them. */
const gaps = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');

/** JSON sources of any shape, with white space, doubled keys, and depth. */
export const jsonTexts: fc.Arbitrary<string> = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, jsonScalars, tie('list'), tie('object')),
  list: fc
    .tuple(fc.array(tie('value'), { maxLength: 4, size: 'max' }), gaps)
    .map(([items, gap]) => `[${gap}${items.join(`${gap},${gap}`)}${gap}]`),
  object: fc
    .tuple(fc.array(fc.tuple(keys, tie('value')), { maxLength: 4, size: 'max' }), gaps)
    .map(
      ([entries, gap]) =>
        `{${gap}${entries.map(([key, value]) => `${key}${gap}:${gap}${value}`).join(`${gap},`)}${gap}}`,
    ),
})).value;

/** Sources of the values of one column. */
const columns: fc.Arbitrary<fc.Arbitrary<string>> = fc.oneof(
  fc.constant(jsonScalars),
  jsonScalars.map((value) => fc.constant(value)),
  fc.constant(strings),
  fc.constant(fc.integer({ min: 0, max: 99 }).map(String)),
  fc.constant(fc.integer({ min: 0, max: 999 }).map((id) => `"https://example.com/items/${id}"`)),
  fc.constant(fc.integer({ min: 10, max: 59 }).map((minute) => `"2025-01-02T10:${minute}:00Z"`)),
);

/**
 * Arrays of records: uniform or ragged, flat or nested, in one order of keys or in several, some of them not records at
 * all, some repeated; and objects of records.
 */
export const recordsTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(keys, columns, fc.constantFrom('always', 'often', 'null', 'spelled')), {
      minLength: 1,
      maxLength: 6,
      selector: ([key]) => key,
      size: 'max',
    }),
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(
      'array',
      'kinds',
      'nested',
      'map',
      'map-kinds',
      'in-record',
      'list-in-record',
      'map-in-record',
      'repeated',
    ),
    fc.boolean(),
  )
  .chain(([fields, count, place, isHostile]) => {
    const record = fc
      .tuple(
        fc.nat(99),
        fc.tuple(...fields.map(([, values, presence]) => fc.tuple(values, fc.nat(9), fc.constant(presence)))),
        fc.nat(19),
      )
      .map(([id, cells, oddity]) => {
        const entries = cells.flatMap(([value, chance, presence], index) => {
          const key = fields[index]?.[0] ?? '""';
          if (presence === 'often' && chance === 0) return [];
          if (presence === 'null' && chance === 0) return [`${key}:null`];
          return presence === 'spelled' ? [`${key}:"https://example.com/${id}/edit"`] : [`${key}:${value}`];
        });
        if (place.endsWith('record')) entries.unshift(`"id":${id}`);
        if (!isHostile) return `{${entries.join(',')}}`;
        if (oddity === 0) return '{}';
        if (oddity === 1) return `{${entries.toReversed().join(',')}}`;
        if (oddity === 2) return `{${[...entries, ...entries].join(',')}}`;
        return oddity === 3 ? 'null' : `{${entries.join(',')}}`;
      });
    return fc
      .tuple(
        fc.array(record, { minLength: count, maxLength: count + 3, size: 'max' }),
        fc.array(keys, { maxLength: 15, size: 'max' }),
      )
      .map(([rows, names]) => {
        const keyed = rows.map((row, index) => `${names[index] ?? `"k-${index}"`}:${row}`);
        const other = (index: number): string => `{"event":"e${index % 5}","size":${index},"tags":["x"]}`;
        if (place === 'kinds') return `[${rows.flatMap((row, index) => [row, other(index)]).join(',')}]`;
        if (place === 'map-kinds') {
          return `{${keyed.flatMap((entry, index) => [entry, `"o-${index}":${other(index)}`]).join(',')}}`;
        }
        if (place === 'map') return `{${keyed.join(',')}}`;
        if (place === 'nested') return `{"total":${rows.length}, "items":[${rows.join(',')}],"note":"<table 1>"}`;
        if (place === 'in-record') return `[${rows.map((row) => `{"n":1,"inner":${row}}`).join(',')}]`;
        if (place === 'repeated') {
          return `[${rows.map((_row, index) => `{"n":${index},"owner":${rows[index % 3] ?? '{}'},"list":[${rows[index % 2] ?? ''}]}`).join(',')}]`;
        }
        if (place === 'list-in-record') {
          return `[${rows.map((row, index) => `{"n":${index},"list":[${rows.slice(0, index % 4).join(',')}],"x":${row}}`).join(',')}]`;
        }
        if (place === 'map-in-record') {
          return `[${rows.map((_row, index) => `{"n":${index},"map":{${keyed.slice(0, index % 4).join(',')}}}`).join(',')}]`;
        }
        return `[${rows.join(', ')}]`;
      });
  });
