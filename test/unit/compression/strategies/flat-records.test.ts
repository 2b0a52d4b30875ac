import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { recordsCsv, recordsMarkdown } from '../../../../src/compression/strategies/flat-records.ts';
import type { Encoded, Strategy } from '../../../../src/compression/strategy.ts';

function encode(strategy: Strategy<'json'>, text: string): Encoded | undefined {
  const json = parseJson(text);
  return json === undefined ? undefined : strategy.encode({ kind: 'json', text, json });
}

const CITIES =
  '{"total":3,"cities":[{"city":"Wellington","note":"a, b"},{"city":"say \\"hi\\"","note":null},{"city":"12","note":""}],"page":1}';

describe('records-csv', () => {
  it('writes one list of flat records as CSV, and everything else before it', () => {
    const encoded = encode(recordsCsv, CITIES);
    const table = 'city,note\nWellington,"a, b"\n"say ""hi""",null\n"12",""';
    expect(encoded).toEqual({ text: `{"total":3,"page":1}\ncities:\n${table}`, form: { at: 1 } });
    expect(recordsCsv.decode(encoded?.text ?? '', encoded?.form)).toBe(CITIES);
  });

  it('gives back line breaks, empty keys and the spelling of numbers', () => {
    const json = '[{"":1.10,"a,b":"x\\ny"},{"":-0,"a,b":"x\\r\\n"}]';
    const encoded = encode(recordsCsv, json);
    expect(encoded?.text).toBe(',"a,b"\n1.10,"x\ny"\n-0,"x\r\n"');
    expect(recordsCsv.decode(encoded?.text ?? '', encoded?.form)).toBe(json);
  });

  it.each([
    ['records that lack a key', '[{"a":1,"b":2},{"a":3}]'],
    ['keys in another order', '[{"a":1,"b":2},{"b":2,"a":3}]'],
    ['records in records', '[{"a":{"b":1}},{"a":{"b":2}}]'],
    ['two lists', '{"x":[{"a":1}],"y":[{"a":2}]}'],
    ['a string whose spelling the value does not tell', '[{"a":"\\u0041/"}]'],
    ['no records', '[1,2]'],
  ])('has nothing to offer for %s', (_name, json) => {
    expect(encode(recordsCsv, json)).toBeUndefined();
  });
});

describe('records-markdown', () => {
  it('writes the same as a Markdown table, strings that could be mistaken as JSON', () => {
    const encoded = encode(recordsMarkdown, CITIES);
    const table = '| city | note |\n|---|---|\n| Wellington | a, b |\n| say "hi" | null |\n| "12" | "" |';
    expect(encoded?.text).toBe(`{"total":3,"page":1}\ncities:\n${table}`);
    expect(recordsMarkdown.decode(encoded?.text ?? '', encoded?.form)).toBe(CITIES);
  });

  it('gives back bars, backslashes and blanks', () => {
    const json = '[{"a":" x","b":"1 | 2"},{"a":"\\\\|","b":"\\"quoted\\""},{"a":"y\\nz","b":"\\\\"}]';
    const encoded = encode(recordsMarkdown, json);
    expect(recordsMarkdown.decode(encoded?.text ?? '', encoded?.form)).toBe(json);
  });
});
