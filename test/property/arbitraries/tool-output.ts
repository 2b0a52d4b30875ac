import fc from 'fast-check';
import { codeText } from './code.ts';
import { codeToolText } from './code-tools.ts';
import { csvText } from './csv.ts';
import { enveloped, jsonInStringsText, jsonLinesText } from './envelopes.ts';
import { documentJson } from './json-documents.ts';
import { tableText } from './table.ts';
import { runText } from './tool-runs.ts';
import { configText, htmlText, markdownText, xmlText } from './documents.ts';

/** Every UTF-16 unit can come, lone surrogates, NUL and line ends included. */
export const hostileText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20, size: 'max' }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
        {
          weight: 2,
          arbitrary: fc.constantFrom('\r\n', '\n', '\0', '\t', '\u2028', '  ', '"', '\\', ',', '|', '[', ']'),
        },
        { weight: 1, arbitrary: fc.constantFrom(...TRAPS) },
      ),
      { maxLength, size: 'max' },
    )
    .map((pieces) => pieces.join(''));

/** Texts that have led parsers, tokenizers and readers of markers astray. */
const TRAPS = [
  '<|endoftext|>',
  '<|im_start|>',
  '__proto__',
  '[rows 1-5 of 9 left out. To read them call headroom_retrieve with id "000000000000000000000000" and rows "1-5".]',
  '[lines 2-3 of 4 left out.]',
  '[previous line repeated 3 more times]',
  '<table 1>',
  '123456789012345678901234567890',
  '1.10',
  '-0',
  '1e400',
  '\\u00e9',
  '\ud83d\ude00',
  'ERROR failed: timeout',
  '2024-05-01T00:00:00Z',
];

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('id', 'name', 'status', 'error', 'user.id', 'tags', 'created_at', 'count') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '', '0', '12', 'a b', 'a,b', '"', 'é'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);

/** JSON as a text, spelled in ways that a parse and a stringify would lose. */
const scalarSource: fc.Arbitrary<string> = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('1.10', '-0', '1E5', '0.0', '123456789012345678901234567890', 'true', 'false', 'null'),
  fc.constantFrom(
    '"1"',
    '"true"',
    '"null"',
    '""',
    '" "',
    '"\\u00e9"',
    '"\\/"',
    '"a,b"',
    '"[1]"',
    '"{"',
    '"a\\nb"',
    '"#"',
  ),
  fc.constantFrom('"ok"', '"slow"', '"https://example.com/api/items/17"', '"2024-05-01T10:00:00Z"'),
  fc.string({ maxLength: 30, size: 'max' }).map((value) => JSON.stringify(value)),
);

const space = fc.constantFrom('', '', '', ' ', '\n  ', '\t');

const valueSource: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: scalarSource },
  {
    weight: 1,
    arbitrary: fc.array(scalarSource, { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(name, scalarSource), { maxLength: 4 })
      .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  },
);

/** An array of records that share most of their keys, as APIs return them. */
export const recordsJson = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 20 }), space)
    .chain(([keys, raggedness, gap]) =>
      fc
        .array(
          fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), valueSource, fc.integer({ min: 0, max: 100 })))),
          { maxLength: maxRows, size: 'max' },
        )
        .map((rows) =>
          rows.map((fields) =>
            fields
              .filter(([, , chance]) => chance >= raggedness)
              .map(([key, value]) => `${JSON.stringify(key)}:${gap}${value}`)
              .join(`,${gap}`),
          ),
        )
        .map((rows) => `[${gap}${rows.map((row) => `{${row}}`).join(`,${gap}`)}]`),
    );

const anyJson: fc.Arbitrary<string> = fc.json({ depthSize: 'medium' });

const wrappedJson = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .tuple(recordsJson(maxRows), recordsJson(3), scalarSource)
    .map(([items, others, total]) => `{"total":${total},"items":${items},"page":{"others":${others}}}`);

/** Log lines out of a few templates, some of them failures, some repeated. */
export const logText = (maxLines: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.constantFrom('INFO worker started', 'INFO request done', 'WARN slow query', 'ERROR connection refused'),
          fc.integer({ min: 0, max: 50 }),
          fc.integer({ min: 1, max: 6 }),
        ),
        { maxLength: maxLines, size: 'max' },
      ),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
    )
    .map(([entries, lineEnd, endsWithNewline]) => {
      const lines = entries.flatMap(([template, value, times], index) =>
        Array.from(
          { length: times },
          () =>
            `2024-05-01T10:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z ${template} id=${value}`,
        ),
      );
      return lines.join(lineEnd) + (endsWithNewline ? lineEnd : '');
    });

/** What a tool may return, from the ordinary to the hostile. */
export const toolOutput = (size = 40): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: plainOutput(size) },
    // Some carry several texts.
    { weight: 3, arbitrary: enveloped(plainOutput(Math.ceil(size / 3))) },
    { weight: 1, arbitrary: jsonLinesText(size) },
    { weight: 1, arbitrary: jsonInStringsText(size) },
    { weight: 1, arbitrary: enveloped(jsonLinesText(Math.ceil(size / 3))) },
  );

/** What carries no other text on purpose. */
export const plainOutput = (size = 40): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: recordsJson(size) },
    { weight: 1, arbitrary: wrappedJson(Math.ceil(size / 2)) },
    { weight: 2, arbitrary: documentJson() },
    { weight: 3, arbitrary: logText(size) },
    { weight: 1, arbitrary: runText(size) },
    { weight: 2, arbitrary: csvText(size) },
    { weight: 2, arbitrary: tableText(size) },
    { weight: 2, arbitrary: hostileText(size) },
    { weight: 1, arbitrary: anyJson },
    { weight: 2, arbitrary: codeToolText },
    { weight: 1, arbitrary: codeText(Math.ceil(size / 10)) },
    { weight: 1, arbitrary: htmlText(size) },
    { weight: 1, arbitrary: markdownText(size) },
    { weight: 1, arbitrary: xmlText(size) },
    { weight: 1, arbitrary: configText(size) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', ' ', '\n', '[]', '{}', 'null', '"', '[', '\ufeff{}', '{"a":1}{"b":2}'),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('a', '中', '😀', '7', ' ', '\n', 'ERROR\n', '[', '{"a":'),
          fc.integer({ min: 1, max: size * 100 }),
        )
        .map(([piece, times]) => piece.repeat(times)),
    },
  );
