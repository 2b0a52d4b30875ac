import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { jsonRows } from '../../../src/retrieval/json-rows.ts';
import { propertyRuns } from '../property-runs.ts';
import { isJson } from '../is-json.ts';

const string = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40, size: 'max' }),
  fc.constantFrom('__proto__', '[{', '}],', '\\', '"', '\\"', '\ud800', '\0', '<|endoftext|>'),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), string),
    fc.array(tie('json'), { maxLength: 3, size: 'max' }),
    fc.array(string, { maxLength: 10, size: 'max' }),
    fc.dictionary(string, tie('json'), { maxKeys: 3, size: 'max' }),
    fc.array(fc.dictionary(string, tie('json'), { maxKeys: 2 }), { maxLength: 4, size: 'max' }),
    fc.dictionary(string, fc.dictionary(string, string, { maxKeys: 2 }), { maxKeys: 10, size: 'max' }),
  ),
}));
const indent = fc.constantFrom('', ' ', '\t', '\r\n ');

interface List {
  readonly rows: readonly string[];
  readonly size: number;
  readonly isArray: boolean;
}

/**
 * The rows of a value, each as the JSON that it is written as. Not of a text that is parsed again, for the reason that
 * `readJson` gives.
 */
function expectedRows(value: unknown): readonly string[] | undefined {
  const lists: List[] = [];
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return JSON.stringify(node).length + 1;
    const keys = Array.isArray(node) ? [] : Object.keys(node);
    const children: unknown[] = Object.values(node);
    const size =
      2 +
      keys.reduce((sum, key) => sum + JSON.stringify(key).length, 0) +
      children.reduce((sum: number, child) => sum + sizeOf(child), 0);
    const isList = Array.isArray(node) || children.every((child) => isObject(child));
    const rows = children.map((child, index) => {
      const key = keys[index];
      return (key === undefined ? '' : `${JSON.stringify(key)}:`) + JSON.stringify(child);
    });
    if (isList && children.length > 0) lists.push({ rows, size, isArray: Array.isArray(node) });
    return size;
  };
  sizeOf(value);
  const long = lists.filter(({ rows }) => rows.length >= 8);
  const candidates = long.length > 0 ? long : lists.filter(({ isArray }) => isArray);
  const [first, ...others] = candidates;
  return first && others.reduce((best, list) => (list.size > best.size ? list : best), first).rows;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('jsonRows', () => {
  it('cuts any document where a parser would, and touches no character', () => {
    fc.assert(
      fc.property(json, indent, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const list = jsonRows(text);
        const rows = list?.rows.map(({ start, end }) => text.slice(start, end)) ?? [];
        expect(list && rows.map(minifiedSource)).toEqual(expectedRows(value));
        for (const row of rows) expect(row).toBe(row.trim());
      }),
      propertyRuns(),
    );
  });

  it('takes any text, and finds no rows in what is no JSON', () => {
    const piece = fc.constantFrom('[', ']', '{', '}', '"', ',', ':', '\\', '1', ' ', '\n', '{"a":1},');
    const texts = fc.string({ unit: piece, maxLength: 200, size: 'max' }).filter((text) => !isJson(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonRows(text)).toBeUndefined();
      }),
      propertyRuns(),
    );
  });
});
