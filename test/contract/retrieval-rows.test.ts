import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, type JsonNode } from '../../src/compression/json/parse-json.ts';
import { writeJson } from '../../src/compression/json/write-json.ts';
import { findRecordTarget } from '../../src/compression/selection/record-target.ts';
import { jsonRows } from '../../src/retrieval/json-rows.ts';
import { propertyRuns } from '../property/property-runs.ts';

const cell = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.boolean(),
);
const record = fc.dictionary(fc.constantFrom('id', 'name', 'state', '__proto__', 'x"y'), cell, { maxKeys: 4 });
const list = fc.oneof(
  fc.array(record, { maxLength: 20, size: 'max' }),
  fc.array(cell, { maxLength: 20, size: 'max' }),
  fc.dictionary(fc.string({ maxLength: 6 }), record, { maxKeys: 20, size: 'max' }),
);
const document = fc.oneof(
  list,
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(cell, record, list), { maxKeys: 4 }),
  fc.array(fc.record({ id: fc.integer(), items: list }), { maxLength: 10, size: 'max' }),
);

/** A row of the engine as it stands in the document: in an object with its key. */
function sourceOf(row: JsonNode, key: string | undefined): string {
  return key === undefined ? writeJson(row) : `${key}:${writeJson(row)}`;
}

describe('the rows that retrieval counts', () => {
  it('are those that the selection of records counts in its notices', () => {
    fc.assert(
      fc.property(document, (value) => {
        const text = JSON.stringify(value);
        const root = parseJson(text);
        const target = root && findRecordTarget(root);
        fc.pre(target !== undefined);
        const rows = jsonRows(text)?.rows.map(({ start, end }) => text.slice(start, end));
        expect(rows).toEqual(target.rows.map((row, index) => sourceOf(row, target.keys?.[index])));
      }),
      propertyRuns(),
    );
  });
});
