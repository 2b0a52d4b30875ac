import fc from 'fast-check';

const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'name',
      'id',
      'status',
      'message',
      'spec',
      'items',
      'metadata',
      'labels',
      'url',
      'self_url',
      'error',
      'created_at',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      '',
      '0',
      '12',
      'a.b/c',
      'a b',
      '<...>',
      '"',
      '[0]',
      '$',
      '*',
      'é',
      '>',
    ),
  },
);

const longText = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'the pod',
        'failed',
        'to start',
        'Error: timeout',
        '\n',
        '\n    at main (app.js:1:2)\n',
        'ünïcode 😀',
        '<3 more>',
        '"quoted"',
      ),
      {
        minLength: 20,
        maxLength: 200,
        size: 'max',
      },
    )
    .map((words) => words.join(' ')),
  fc.base64String({ minLength: 200, maxLength: 600, size: 'max' }),
  fc
    .tuple(fc.constantFrom('x', '中', 'ab ', '\ud83d\ude00'), fc.integer({ min: 1, max: 800 }))
    .map(([piece, times]) => piece.repeat(times)),
);

const scalar: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '"ok"',
      '"Running"',
      '"failed"',
      '"False"',
      'null',
      'true',
      'false',
      '0',
      '1',
      '"2024-05-01T10:00:00Z"',
      '""',
      '[]',
      '{}',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '1.10',
      '-0',
      '1E5',
      '123456789012345678901234567890',
      '"\\u00e9"',
      '"<left out: a>"',
      '"<same as a>"',
      '"[1 of 2 values left out.]"',
    ),
  },
  { weight: 2, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: longText.map((text) => JSON.stringify(text)) },
  {
    weight: 1,
    arbitrary: fc.array(fc.integer(), { maxLength: 60, size: 'max' }).map((numbers) => JSON.stringify(numbers)),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(fc.integer(), fc.integer().map(String)), { maxLength: 20, size: 'max' })
      .map((points) => JSON.stringify(points)),
  },
);

const objectOf = (value: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(key, value), { maxLength: most, size: 'max' })
    .map((entries) => `{${entries.map(([name, source]) => `${JSON.stringify(name)}:${source}`).join(',')}}`);

/** Parts of a document, some of them said more than once. */
const part = (depth: number): fc.Arbitrary<string> => {
  if (depth === 0) return scalar;
  const inner = part(depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: scalar },
    { weight: 4, arbitrary: objectOf(inner, 7) },
    { weight: 2, arbitrary: fc.array(inner, { maxLength: 5, size: 'max' }).map((items) => `[${items.join(',')}]`) },
    { weight: 1, arbitrary: objectOf(scalar, 6).map((twice) => `{"first":${twice},"second":{"again":${twice}}}`) },
    // Rows of one sort.
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.uniqueArray(key, { minLength: 1, maxLength: 4 }),
          fc.array(fc.tuple(inner, scalar, scalar, scalar), { minLength: 2, maxLength: 12, size: 'max' }),
        )
        .map(
          ([keys, rows]) =>
            `[${rows.map((row) => `{${keys.map((name, index) => `${JSON.stringify(name)}:${row[index] ?? 'null'}`).join(',')}}`).join(',')}]`,
        ),
    },
  );
};

/** A JSON document of objects in objects, as configuration, events and APIs have them. Keys may come twice. */
export const documentJson = (depth = 4): fc.Arbitrary<string> =>
  fc.oneof(
    objectOf(part(depth - 1), 8),
    part(depth).filter((source) => source.startsWith('[{')),
  );
