import { describe, expect, it } from 'vitest';
import { jsonRows } from '../../../src/retrieval/json-rows.ts';

function rowsOf(text: string): readonly string[] | undefined {
  return jsonRows(text)?.rows.map(({ start, end }) => text.slice(start, end));
}

function listOf(count: number, item: string): string {
  return `[${Array(count).fill(item).join(', ')}]`;
}

describe('jsonRows', () => {
  it('are the elements of the array that the document is, in its own spelling', () => {
    expect(rowsOf(' [ 1.50 , "a,]\\"}" , {"x": [1, 2]} ,\n[3], 12345678901234567890, null ] \n')).toEqual([
      '1.50',
      '"a,]\\"}"',
      '{"x": [1, 2]}',
      '[3]',
      '12345678901234567890',
      'null',
    ]);
  });

  it('are the entries of the largest list in it', () => {
    const text = `{"total": 8, "ids": ${listOf(20, '1')}, "data": {"hits": ${listOf(8, '{ "id": 1e400 }')}}}`;
    expect(rowsOf(text)).toEqual(Array(8).fill('{ "id": 1e400 }'));
  });

  it('may be the entries of an object of objects, keys included', () => {
    const entries = Array.from({ length: 8 }, (_, index) => `"k${index}" : {"a": [1, 2]}`);
    expect(jsonRows(`{"byId": {${entries.join(' , ')}}, "n": 1}`)?.kind).toBe('object');
    expect(rowsOf(`{"byId": {${entries.join(' , ')}}, "n": 1}`)).toEqual(entries);
    expect(rowsOf(`{"byId": {${entries.join(',')}, "count": 8}}`)).toEqual(['1', '2']);
  });

  it('are those of a list of eight before those of a larger one of fewer', () => {
    const long = JSON.stringify('x'.repeat(500));
    expect(rowsOf(`{"few": [${long}, ${long}], "many": ${listOf(8, '7')}}`)).toEqual(Array(8).fill('7'));
    expect(rowsOf(`{"few": [${long}, ${long}], "fewer": ${listOf(7, '7')}}`)).toEqual([long, long]);
    expect(rowsOf(`[${listOf(8, '7')}, ${long}]`)).toEqual(Array(8).fill('7'));
  });

  it('are those of the first of two lists of the same size, white space aside', () => {
    expect(rowsOf('{"a": [ {"n" : 1} ], "b": [{"n":2}]}')).toEqual(['{"n" : 1}']);
    expect(rowsOf('{"a": [{"n":1}], "b": [ {"n" : 2} ]}')).toEqual(['{"n":1}']);
  });

  it.each([
    ['prose', 'nothing here'],
    ['an empty text', ''],
    ['a scalar', '"[{}]"'],
    ['an object without rows', '{"a": 1, "b": {}, "c": []}'],
    ['an empty list', '[ ]'],
    ['a log line that begins with a bracket', '[12:00:01] INFO started'],
    ['a document that was cut off', '[{"a": 1}, {"a": '],
    ['two documents', '[{"a": 1}]\n[{"a": 2}]'],
  ])('are not to be had from %s', (_what, text) => {
    expect(jsonRows(text)).toBeUndefined();
  });

  it('are found in a document nested 100,000 deep, in time that grows with its length', () => {
    const deep = `${'['.repeat(100_000)}${listOf(9, '1')}${']'.repeat(100_000)}`;
    expect(rowsOf(deep)).toHaveLength(9);
  });
});
