import { describe, expect, test } from 'vitest';
import { readConversation } from '../../../src/cli/read-conversation.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';

const user = { role: 'user', content: 'Why?' };
const result = { role: 'tool', tool_call_id: 'c', content: 'because' };
const call = { role: 'assistant', tool_calls: [] };
const shapeOf = (value: unknown): string => readConversation(JSON.stringify(value), {}).shape;

describe('an input is messages', () => {
  test.each([
    ['where all entries have a known role and content', [user, result]],
    ['where an assistant only calls tools', [user, call, result]],
    ['in an object', { messages: [user] }],
    ['as a prompt', { prompt: [user] }],
    ['as one message', result],
  ])('%s', (_when, value) => {
    expect(shapeOf(value)).toBe('messages');
  });
});

describe('an input is one result', () => {
  test.each([
    ['without a role', [user, { content: 'x' }]],
    ['with roles of something else', [{ role: 'admin', content: 'x' }]],
    ['where rows have a role and no content', [{ id: 1, role: 'user' }]],
    ['where messages are those of something else', { messages: ['a', 'b'] }],
    ['where messages are empty', { messages: [] }],
    ['where a prompt is a text', { prompt: 'Why?' }],
    ['as a number', 42],
    ['as null', null],
  ])('%s', (_when, value) => {
    expect(shapeOf(value)).toBe('result');
  });

  test('stands in a conversation as it was, behind the question and from the tool that are named', () => {
    const { messages } = readConversation('the text\n', { query: 'Why?', toolName: 'read_log' });
    expect(readToolResults(messages)).toMatchObject([{ text: 'the text\n', query: 'Why?', toolName: 'read_log' }]);
    expect(readToolResults(readConversation('x', {}).messages)).toMatchObject([{ query: '', toolName: undefined }]);
  });

  test('where that is said', () => {
    expect(readConversation(JSON.stringify([user, result]), { shape: 'result' }).shape).toBe('result');
  });
});

describe('messages that are asked for', () => {
  test('may have roles that are not known, and no content', () => {
    const text = JSON.stringify([{ role: 'critic' }, result]);
    expect(readConversation(text, { shape: 'messages' }).messages).toHaveLength(2);
    expect(readConversation('[]', { shape: 'messages' }).messages).toEqual([]);
  });

  test.each(['a log line', '[1, 2]', '{"a": 1}', '{"role":"user","content":"x"}\nnot JSON'])(
    'are refused in %j',
    (text) => {
      expect(() => readConversation(text, { shape: 'messages' })).toThrow(UsageError);
    },
  );
});

test('the model of a request is its model, unless it is none', () => {
  const modelOf = (model: unknown): string | undefined =>
    readConversation(JSON.stringify({ model, messages: [user] }), {}).model;
  expect(modelOf('gpt-5')).toBe('gpt-5');
  expect([modelOf(''), modelOf(5), modelOf(undefined)]).toEqual([undefined, undefined, undefined]);
});
