import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../src/compression/detect.ts';
import { childrenOf } from '../../src/compression/json/children-of.ts';
import type { JsonNode } from '../../src/compression/json/parse-json.ts';
import { plainlySpelled } from '../../src/compression/json/plainly-spelled.ts';
import { jsonFields } from '../../src/compression/selection/json-fields.ts';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { documentJson } from './arbitraries/json-documents.ts';
import { disproportion } from './processor-time.ts';
import { propertyRuns } from './property-runs.ts';

const count = await loadTokenCounter('o200k');
const query = fc.constantFrom(
  '',
  'Which pod failed?',
  'What is the status of "Running" and the last name?',
  'highest id',
);

function selectFrom(text: string, request: { query: string; budgetTokens: number }) {
  const content = detect(text);
  if (content.kind !== 'json') return undefined;
  const selected = jsonFields.select(content, { ...request, count, retrievalId: undefined });
  return selected === undefined ? undefined : { selected, json: plainlySpelled(content.text, content.json) };
}

/** The scalars of a document, and its objects and lists that are empty, in order. */
function valuesOf(node: JsonNode): readonly string[] {
  if (node.type !== 'array' && node.type !== 'object') return [node.source];
  const children = childrenOf(node);
  if (children.length === 0) return [node.type === 'array' ? '[]' : '{}'];
  return children.flatMap(valuesOf);
}

/** A text of which the middle is left out. */
const CUT = /("[^"\\]*(?:\\.[^"\\]*)*")<[\d,]+ characters left out>("[^"\\]*(?:\\.[^"\\]*)*")/g;

/** What stands outside of quotes. */
function withoutStrings(text: string): string {
  return text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '""');
}

describe('documents with something left out', () => {
  test('show every value in full that is not counted as left out', () => {
    fc.assert(
      fc.property(documentJson(), query, fc.integer({ min: 30, max: 500 }), (text, query, budgetTokens) => {
        const found = selectFrom(text, { query, budgetTokens });
        if (found === undefined) return;
        const { selected, json } = found;
        const missing = new Set<number>();
        for (const { first, last } of selected.leftOut) for (let at = first; at <= last; at++) missing.add(at);
        const values = valuesOf(json);
        expect(selected.total).toBe(values.length);
        for (const [index, source] of values.entries()) {
          // A failed comparison of long texts would take minutes to be told.
          if (!missing.has(index + 1) && !selected.text.includes(source)) expect(source).toBe('shown in the text');
        }
      }),
      propertyRuns(),
    );
  });

  test('hold nothing outside of quotes but JSON and signs of ours, whatever the text in them says', () => {
    fc.assert(
      fc.property(documentJson(), query, fc.integer({ min: 30, max: 500 }), (text, query, budgetTokens) => {
        const found = selectFrom(text, { query, budgetTokens });
        if (found === undefined) return;
        const body = found.selected.text.slice(found.selected.text.indexOf('\n') + 1);
        const bare = withoutStrings(body)
          .replaceAll('<...>', '')
          .replaceAll(/<[^<>]*>/g, '');
        const odd = bare.search(/[^[\]{},:\s"\d.eE+\-truefalsn]/);
        expect(odd === -1 ? '' : bare.slice(Math.max(0, odd - 60), odd + 60)).toBe('');
        for (const [open, close] of ['[]', '{}']) {
          expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length);
        }
      }),
      propertyRuns(),
    );
  });

  test('show strings as they begin and end in the source', () => {
    fc.assert(
      fc.property(documentJson(), fc.integer({ min: 30, max: 500 }), (text, budgetTokens) => {
        const found = selectFrom(text, { query: '', budgetTokens });
        if (found === undefined) return;
        const strings = valuesOf(found.json)
          .filter((source) => source.startsWith('"'))
          .map((source) => JSON.parse(source) as string);
        const cut = found.selected.text.matchAll(CUT);
        for (const [, head = '""', tail = '""'] of cut) {
          const begin = JSON.parse(head) as string;
          const end = JSON.parse(tail) as string;
          const holds = (whole: string): boolean => whole.includes(begin) && whole.includes(end);
          expect(strings.some(holds)).toBe(true);
        }
      }),
      propertyRuns(300),
    );
  });
});

describe('the time that a selection takes', () => {
  const kinds: Readonly<Record<string, (size: number) => unknown>> = {
    'an object of many keys': (size) =>
      Object.fromEntries(Array.from({ length: size }, (_item, index) => [`key_${index}_url`, `value ${index}`])),
    'rows of many keys': (size) =>
      Array.from({ length: 12 }, (_row, row) =>
        Object.fromEntries(
          Array.from({ length: size / 10 }, (_item, index) => [`key_${index}_name`, { a: row, b: { c: index } }]),
        ),
      ),
    'many rows that fail': (size) => ({
      items: Array.from({ length: size / 10 }, (_item, index) => ({
        id: index,
        status: 'failed',
        message: `boom ${'abcdefghij'.charAt(index % 10)}`,
        a: { b: { c: { d: {} } } },
        e: {},
        f: {},
      })),
    }),
    'one long text': (size) => ({
      a: { b: 'word '.repeat(size * 2) },
      c: `line\n`.repeat(size),
      d: 'x'.repeat(size * 4),
    }),
    'objects in objects': (size) => {
      const nest = (depth: number): unknown =>
        depth === 0 ? { value: 1 } : { a: nest(depth - 1), b: nest(depth - 1) };
      return nest(Math.round(Math.log2(size / 2)));
    },
  };

  test.each(Object.entries(kinds))('grows in line with %s', async (_kind, make) => {
    const selectFrom = (size: number) => {
      const content = detect(JSON.stringify(make(size)));
      if (content.kind !== 'json') throw new Error('No JSON.');
      return () =>
        jsonFields.select(content, { query: 'which key failed?', budgetTokens: 600, count, retrievalId: 'abc' });
    };
    expect(await disproportion(selectFrom(4_000), selectFrom(16_000))).toBeUndefined();
  });
});
