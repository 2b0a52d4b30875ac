import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { writeJson } from '../../../../src/compression/json/write-json.ts';

function minified(text: string): string | undefined {
  const node = parseJson(text);
  return node === undefined ? undefined : writeJson(node);
}

describe('parseJson', () => {
  it('keeps the spelling of numbers, also of those that JavaScript can not hold', () => {
    const text = '[1.10,-0,1e2,1E+2,1234567890123456789012345,0.1e-7]';
    expect(minified(text)).toBe(text);
  });

  it('keeps the escapes of strings as they were', () => {
    const text = String.raw`["\u00e9","é","\/","/","\ud83d","\n"]`;
    expect(minified(text)).toBe(text);
  });

  it('keeps the order of keys, keys that come twice, and keys that JavaScript treats specially', () => {
    const text = '{"b":1,"2":2,"1":3,"__proto__":4,"b":5,"constructor":{"__proto__":null},"":6}';
    expect(minified(text)).toBe(text);
  });

  it('leaves out white space between values and none inside of strings', () => {
    expect(minified(' \r\n{ "a b" : [ 1 ,\t"x  y" ] }\n')).toBe('{"a b":[1,"x  y"]}');
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    '[1 2]',
    '{"a":1,}',
    '{"a"}',
    '{a:1}',
    '{1:1}',
    "'a'",
    '01',
    '+1',
    '.5',
    '1.',
    '1e',
    '-',
    'NaN',
    'tru',
    'truex',
    '"a',
    '"\n"',
    String.raw`"\x"`,
    String.raw`"\u12g4"`,
    '1 1',
    '[]{}',
    '\ufeff1',
    '\u00a01',
  ])('refuses %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  it('reads 200 levels of nesting and refuses the 201st', () => {
    expect(minified('['.repeat(200) + ']'.repeat(200))).toBe('['.repeat(200) + ']'.repeat(200));
    expect(parseJson('['.repeat(201) + ']'.repeat(201))).toBeUndefined();
    expect(parseJson('['.repeat(1_000_000))).toBeUndefined();
    expect(parseJson('{"a":'.repeat(201) + '1' + '}'.repeat(201))).toBeUndefined();
  });
});
