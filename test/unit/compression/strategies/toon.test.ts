import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { toon } from '../../../../src/compression/strategies/toon.ts';
import type { Encoded } from '../../../../src/compression/strategy.ts';

/** Enough white space to spare: a text that is longer than its source is not offered. */
function encode(json: string): Encoded | undefined {
  const text = json + ' '.repeat(200);
  const node = parseJson(text);
  return node === undefined ? undefined : toon.encode({ kind: 'json', text, json: node });
}

describe('toon', () => {
  it('writes objects as lines, scalars in one line, and records as tables', () => {
    const document = {
      owner: { name: 'Ada', city: 'São Paulo' },
      tags: ['a', 'b c'],
      orders: [
        { id: 1, price: { amount: 5, currency: 'EUR' } },
        { id: 2, price: { amount: 7, currency: 'EUR' } },
      ],
      limits: { read: { burst: 5 }, write: { burst: 2 } },
    };
    expect(encode(JSON.stringify(document))?.text).toBe(
      [
        'owner:',
        '  name: Ada',
        '  city: São Paulo',
        'tags[2]: a,b c',
        'orders[2]{id,price{amount,currency}}:',
        '  1,5,EUR',
        '  2,7,EUR',
        'limits[2:]{burst}:',
        '  read: 5',
        '  write: 2',
      ].join('\n'),
    );
  });

  it.each([
    ['[{"a":1,"b":[{"c":{"d":[]}},[[],[1]],{}]},"x"]', '[2]:\n  - a: 1\n    b[3]:\n      - c:\n          d: []\n'],
    ['{"number":1.10,"big":12345678901234567890,"text":"1.10"}', 'number: 1.10\nbig: 12345678901234567890\n'],
    ['{"a":"","b":" ","c":"null","d":"- x","e":"a: b","f":"007","g":"\\n","h":null}', 'a: ""\nb: " "\nc: "null"\n'],
    ['{"":1,"two words":2,"a.b":3,"a":4,"a":5}', '"": 1\n"two words": 2\na.b: 3\na: 4\na: 5'],
    ['"a text by itself"', 'a text by itself'],
    ['[]', '[]'],
  ])('gives %s back character by character', (json, start) => {
    const encoded = encode(json);
    expect(encoded?.text.slice(0, start.length)).toBe(start);
    expect(toon.decode(encoded?.text ?? '', encoded?.form)).toBe(json);
  });

  it('offers nothing longer than the source', () => {
    const text = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
    const node = parseJson(text);
    if (node === undefined) throw new Error('Not JSON.');
    expect(toon.encode({ kind: 'json', text, json: node })).toBeUndefined();
  });

  it.each(['a[9999999999]: 1', 'a[2]{b}:\n  1', 'a: "x', 'a: 1\n   b: 2', '[1]:\n  x'])(
    'does not make something up for %j, which it did not write',
    (text) => {
      expect(() => toon.decode(text, undefined)).toThrow(SyntaxError);
    },
  );
});
