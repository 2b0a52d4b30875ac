import fc from 'fast-check';

/** Words of many lengths, with and without marks, as names, notes and paths have them. */
const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('ok', 'failed', 'Wellington', 'card declined', 'eu-central-1', 'São Paulo') },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z][a-z]{1,12}( [a-z]{1,9}){0,4}$/) },
  { weight: 1, arbitrary: fc.constantFrom('a, b', 'key: value', '- item', '# note', 'x|y', 'say "hi"', '[1]', '<b>') },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '12', '1.10', '+1', '007', 'true', 'null', 'a\nb', 'a\\b', '\\|') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('https://example.com/a/1?b=2', '2025-01-01T10:00:00Z', '/usr/bin/env', '10.0.0.1:80'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12, size: 'max' }) },
);

const scalars = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 3, arbitrary: fc.integer({ min: -5, max: 99_999 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1_000, max: 1_000 }) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

const keys = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'id',
      'name',
      'status',
      'createdAt',
      'user_id',
      'total',
      'spec',
      'labels',
      'items',
      'url',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('a.b', 'two words', 'x-y', '7', '', 'é', 'a,b', '"', '@type', '$ref') },
);

/** Columns: one value throughout, values of one kind, or of any. */
const columns = fc.oneof(
  { weight: 1, arbitrary: scalars.map((value) => fc.constant(value)) },
  { weight: 2, arbitrary: fc.constant(texts) },
  { weight: 2, arbitrary: fc.constant(fc.integer({ min: 0, max: 9_999 })) },
  { weight: 1, arbitrary: fc.constant(scalars) },
);

/** Lists of records, all with the same keys: flat ones alone. */
const flatRows = (maxLength: number): fc.Arbitrary<unknown[]> =>
  fc
    .uniqueArray(fc.tuple(keys, columns), { minLength: 1, maxLength: 6, selector: ([key]) => key })
    .chain((fields) =>
      fc
        .array(fc.tuple(...fields.map(([, values]) => values)), { minLength: 1, maxLength, size: 'max' })
        .map((rows) => rows.map((cells) => Object.fromEntries(fields.map(([key], index) => [key, cells[index]])))),
    );

/** Documents as settings, manifests and answers of services have them: nested, ragged and mixed. */
export const plainDocuments: fc.Arbitrary<unknown> = fc.letrec<{
  value: unknown;
  list: unknown[];
  object: object;
  rows: unknown[];
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    { weight: 3, arbitrary: scalars },
    { weight: 2, arbitrary: tie('object') },
    { weight: 1, arbitrary: tie('list') },
    { weight: 1, arbitrary: tie('rows') },
  ),
  list: fc.oneof(
    fc.array(texts, { maxLength: 20, size: 'max' }),
    fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 40, size: 'max' }),
    fc.array(tie('value'), { maxLength: 5, size: 'max' }),
  ),
  object: fc.dictionary(keys, tie('value'), { minKeys: 1, maxKeys: 8, size: 'max', noNullPrototype: true }),
  rows: fc
    .uniqueArray(fc.tuple(keys, fc.boolean()), { minLength: 1, maxLength: 5, selector: ([key]) => key })
    .chain((fields) =>
      fc.array(
        fc.tuple(...fields.map(([, isPlain]) => fc.tuple(isPlain ? scalars : tie('value'), fc.nat(9)))).map((cells) =>
          Object.fromEntries(
            fields.flatMap(([key], index) => {
              const [value, chance] = cells[index] ?? [null, 1];
              return chance === 0 ? [] : [[key, value] as const];
            }),
          ),
        ),
        { maxLength: 8, size: 'max' },
      ),
    ),
})).value;

/** Such documents far down in others. */
export const deepDocuments: fc.Arbitrary<unknown> = fc
  .tuple(plainDocuments, fc.array(fc.oneof(keys, fc.constant(0)), { minLength: 4, maxLength: 16, size: 'max' }))
  .map(([value, path]) => path.reduce((held: unknown, key) => (key === 0 ? [held] : { [key]: held }), value));

/** Lists of flat records, alone or in an object with other things. */
export const plainRecords: fc.Arbitrary<unknown> = fc.oneof(
  flatRows(40),
  fc
    .tuple(flatRows(20), fc.dictionary(keys, scalars, { maxKeys: 3, noNullPrototype: true }), fc.boolean())
    .map(([rows, rest, isLast]) => (isLast ? { ...rest, results: rows } : { results: rows, ...rest })),
);
