import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { sameParts } from '../../../../src/compression/strategies/same-parts.ts';
import { pullRequestEvent } from '../selection/json-documents.ts';

function encode(source: string) {
  const content = detect(source);
  if (content.kind !== 'json') throw new Error('No JSON.');
  return sameParts.encode(content);
}

const user = { login: 'octocat', id: 1, url: 'https://api.github.com/users/octocat', type: 'User' };

describe('same-parts', () => {
  test('says where an object was said before', () => {
    const source = JSON.stringify({ issue: { user, title: 'Twice' }, sender: user, labels: [{ by: user }] });
    expect(encode(source)?.text).toBe(
      `{"issue":{"user":${JSON.stringify(user)},"title":"Twice"},"sender":<same as issue.user>,"labels":[{"by":<same as issue.user>}]}`,
    );
  });

  test('says no when nothing long is said twice', () => {
    expect(encode('{"a":{"b":1},"c":{"b":1}}')).toBeUndefined();
  });

  test('tells its signs from the same words in a string', () => {
    const source = JSON.stringify({ a: { user }, b: '<same as a.user>', c: user, '<same as a>': 1 });
    const { text = '', form } = encode(source) ?? {};
    expect(text).toContain('"b":"<same as a.user>","c":<same as a.user>');
    expect(sameParts.decode(text, form)).toBe(source);
  });

  test.each([
    ['keys with dots, brackets and angles', { 'a.b': { '[0]': { '>': user } }, c: user }],
    ['a key that is empty', { '': user, c: user }],
    ['lists in lists', [[user, user], [[user]]]],
    ['parts of parts that are said again', { a: { owner: user, size: 1 }, b: { owner: user, size: 1 }, c: user }],
    ['a long text', { a: 'words '.repeat(60), b: ['words '.repeat(60)] }],
  ])('decodes %s', (_kind, value) => {
    const source = JSON.stringify(value);
    const { text = '', form } = encode(source) ?? {};
    expect(text).toContain('<same as ');
    expect(sameParts.decode(text, form)).toBe(source);
  });

  test('keys that come twice, large numbers and escapes survive', () => {
    const twice = '{"id":12345678901234567890123,"price":1.10,"id":2,"name":"caf\\u00e9 and more","zero":-0}';
    const source = `{"a":${twice},"a":{"b":${twice}},"c":${twice}}`;
    const { text = '', form } = encode(source) ?? {};
    expect(text).toContain('<same as a>');
    expect(sameParts.decode(text, form)).toBe(source);
  });

  test('a webhook becomes less than half', () => {
    const source = JSON.stringify(pullRequestEvent());
    expect(encode(source)?.text.length).toBeLessThan(source.length / 2);
  });

  test.each(['{"a":<same as b>}', '{"a":<same as ', '{"a":<other>}', 'words'])(
    'throws on a text that it did not write: %s',
    (text) => {
      expect(() => sameParts.decode(text, undefined)).toThrow(SyntaxError);
    },
  );
});
