import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { minifiedJson } from '../../../../src/compression/strategies/minified-json.ts';
import type { Encoded } from '../../../../src/compression/strategy.ts';

function encode(text: string): Encoded | undefined {
  const json = parseJson(text);
  return json === undefined ? undefined : minifiedJson.encode({ kind: 'json', text, json });
}

describe('minified-json', () => {
  it('removes white space and nothing else', () => {
    expect(encode('{\n  "a": 1.10,\n  "a": [ ]\n}\n')).toEqual({ text: '{"a":1.10,"a":[]}' });
  });

  it('has nothing to offer for a text that is minified already', () => {
    expect(encode('{"a":1}')).toBeUndefined();
  });

  it('shows characters that were escaped throughout, and escapes them again', () => {
    const encoded = encode(String.raw`{"name": "\u5317\u4eac"}`);
    expect(encoded).toEqual({ text: '{"name":"北京"}', form: { ascii: 'lower' } });
    expect(minifiedJson.decode(encoded?.text ?? '', encoded?.form)).toBe(String.raw`{"name":"\u5317\u4eac"}`);
  });
});
