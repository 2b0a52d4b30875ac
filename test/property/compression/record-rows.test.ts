import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf } from '../../../src/compression/json/children-of.ts';
import { parseJson, type JsonNode } from '../../../src/compression/json/parse-json.ts';
import { stringValue } from '../../../src/compression/json/string-value.ts';
import { findRecordTarget } from '../../../src/compression/selection/record-target.ts';
import { recordRows } from '../../../src/compression/selection/record-rows.ts';
import { readTable } from '../../../src/compression/strategies/records/read-table.ts';
import type { Selected, SelectionRequest, SourceRange } from '../../../src/compression/strategy.ts';
import { propertyRuns } from '../property-runs.ts';
import { readJson, type ReadJson } from '../read-json.ts';
import { jsonScalars, recordsTexts } from './json-values.ts';

const lists = fc.oneof(
  recordsTexts,
  fc.array(jsonScalars, { maxLength: 60, size: 'max' }).map((items) => `[${items.join(',')}]`),
  fc
    .tuple(recordsTexts, fc.integer({ min: 2, max: 30 }))
    .map(([text, times]) => `[${Array.from({ length: times }, () => text).join(',')}]`),
);

const requests = fc.record({
  query: fc.oneof(
    fc.constant(''),
    fc.string({ maxLength: 60, size: 'max' }),
    fc.constant('which item 22 has an error?'),
  ),
  budgetTokens: fc.integer({ min: 0, max: 600 }),
  retrievalId: fc.constantFrom(undefined, 'abcdef'),
});

function select(text: string, request: Omit<SelectionRequest, 'count'>): Selected | undefined {
  const json = parseJson(text);
  if (json === undefined) throw new Error(`Not JSON: ${text}`);
  return recordRows.select({ kind: 'json', text, json }, { ...request, count: (counted) => counted.length / 4 });
}

function isLeftOut(ranges: readonly SourceRange[], row: number): boolean {
  return ranges.some(({ first, last }) => row >= first && row <= last);
}

/** The numbered rows of a selection of a whole document, read back. */
function readShown(text: string): { readonly numbers: readonly number[]; readonly values: readonly unknown[] } {
  const lines = text.split('\n');
  const columns = lines.findIndex((line) => line.startsWith('columns: row'));
  const head = lines.slice(1, columns).map((line) => line.replace('same in every row shown', 'same in every row'));
  const names = lines[columns]?.replace(/^columns: row,?/, 'columns: ') ?? '';
  const rows = lines.slice(columns + 1, -1);
  const numbers = rows.map((line) => Number.parseInt(line, 10));
  const bare = rows.map((line) => line.slice(line.indexOf(',') + 1));
  const place = { start: 0, rowCount: rows.length, order: '', hasKeys: false };
  const { records } = readTable([...head, names, ...bare], place);
  return { numbers, values: records.map((record) => withoutOrder(readJson(record))) };
}

/** A table says a row's values in the order of its columns: what the source says in another order is the same row. */
function withoutOrder(value: ReadJson): unknown {
  if (typeof value !== 'object' || value === null || 'number' in value) return value;
  if (!('members' in value)) return value.map(withoutOrder);
  return new Map(value.members.map(([key, inner]) => [key, withoutOrder(inner)]));
}

function hasKeyTwice(node: JsonNode): boolean {
  if (node.type === 'object' && new Set(node.keys.map(stringValue)).size < node.keys.length) return true;
  return childrenOf(node).some(hasKeyTwice);
}

describe('record-rows', () => {
  it('accounts for every row: shown or left out, never both', () => {
    fc.assert(
      fc.property(lists, requests, (text, request) => {
        const selected = select(text, request);
        if (selected === undefined) return;
        const { leftOut, total } = selected;
        expect(leftOut.length).toBeGreaterThan(0);
        let next = 1;
        for (const { first, last } of leftOut) {
          expect(first).toBeGreaterThanOrEqual(next);
          expect(last).toBeGreaterThanOrEqual(first);
          next = last + 2;
        }
        expect(next).toBeLessThanOrEqual(total + 2);
        const shown = Array.from({ length: total }, (_row, index) => index + 1).filter(
          (row) => !isLeftOut(leftOut, row),
        );
        const lines = selected.text.split('\n');
        const title = lines.findIndex((line) => / rows( of .*)?, each with its number/.test(line));
        const start = lines.findIndex((line, index) => index > title && /^\d+,/.test(line));
        const numbers = lines.slice(start, start + shown.length).map((line) => Number.parseInt(line, 10));
        expect(numbers).toEqual(shown);
      }),
      propertyRuns(),
    );
  });

  it('shows each row as it is in the source, at its number', () => {
    let readCount = 0;
    fc.assert(
      fc.property(lists, requests, (text, request) => {
        const json = parseJson(text);
        const selected = select(text, request);
        // Of a key that an object has twice, in whatever spelling, a reader takes one value or the other.
        if (json === undefined || selected === undefined || hasKeyTwice(json)) return;
        const target = findRecordTarget(json);
        if (target?.node !== json || target.keys !== undefined) return;
        if (!/^columns: row/m.test(selected.text)) return;
        readCount++;
        const source = withoutOrder(readJson(text)) as readonly unknown[];
        const { numbers, values } = readShown(selected.text);
        for (const [index, number] of numbers.entries()) {
          const expected = source[number - 1];
          expect([expected, new Map([['value', expected]])]).toContainEqual(values[index]);
        }
      }),
      propertyRuns(),
    );
    expect(readCount).toBeGreaterThan(20);
  });

  it('depends on nothing but the document and the request', () => {
    fc.assert(
      fc.property(lists, requests, (text, request) => {
        expect(select(text, request)).toEqual(select(text, request));
      }),
      propertyRuns(),
    );
  });

  it('shows every failure that differs from the others in a word', () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 1, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(words, fc.integer({ min: 60, max: 300 }), requests, (names, count, request) => {
        const step = Math.floor(count / names.length);
        const rows = Array.from({ length: count }, (_row, index) => {
          const name = index % step === 1 ? names[(index - 1) / step] : undefined;
          return { id: index, error: name === undefined ? null : `${name} failed`, failed: 0, took: index % 7 };
        });
        const selected = select(JSON.stringify(rows), request);
        if (selected === undefined) return;
        for (const [index] of names.entries()) expect(isLeftOut(selected.leftOut, index * step + 2)).toBe(false);
      }),
      propertyRuns(),
    );
  });
});
