import { describe, expect, test } from 'vitest';
import { createStreamedAnswer } from '../../../../src/adapters/fetch/streamed-answer.ts';

type Event = Readonly<Record<string, unknown>>;

function messagesOf(api: 'chat' | 'responses' | 'messages', events: readonly Event[]): readonly unknown[] {
  const answer = createStreamedAnswer(api);
  for (const event of events) answer.add(event);
  return answer.messages();
}

function delta(fields: Event): Event {
  return { choices: [{ delta: fields }] };
}

function piece(index: number, id: unknown, name: string | undefined, given: string): Event {
  return delta({ tool_calls: [{ index, id, function: { name, arguments: given } }] });
}

describe('pieces of tool calls in a chat belong together by their index', () => {
  const calls = [
    { id: 'call_1', name: 'find', arguments: '{"a":1}' },
    { id: 'call_2', name: 'look', arguments: '{"b":2}' },
  ];
  test.each([
    ['where the first piece alone has the id', undefined, undefined],
    ['where later pieces have none', null, null],
    ['where each piece has the id again', 'call_1', 'call_2'],
  ])('%s', (_, laterFirst, laterSecond) => {
    const [message] = messagesOf('chat', [
      delta({ role: 'assistant', content: 'I ' }),
      delta({ content: 'look.' }),
      piece(0, 'call_1', 'find', ''),
      piece(1, 'call_2', 'look', ''),
      piece(0, laterFirst, undefined, '{"a":1}'),
      piece(1, laterSecond, undefined, '{"b":2}'),
    ]);
    expect(message).toEqual({ role: 'assistant', content: 'I look.', tool_calls: calls });
  });
});

test('blocks of an Anthropic message are put together, each with its own pieces', () => {
  const [message] = messagesOf('messages', [
    { type: 'message_start', message: {} },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
    {
      type: 'content_block_start',
      index: 1,
      content_block: { type: 'tool_use', id: 'call_1', name: 'find', input: {} },
    },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a"' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: ':1}' } },
  ]);
  expect(message).toEqual({
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'tool_use', id: 'call_1', name: 'find', input: '{"a":1}' },
    ],
  });
});

test('of a response, the text that has come, and all of it once it is complete', () => {
  const text = { type: 'response.output_text.delta', delta: 'Hello' };
  expect(messagesOf('responses', [text])).toEqual([
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
  ]);
  const output = [{ type: 'function_call', call_id: 'call_1', name: 'find', arguments: '{}' }];
  expect(messagesOf('responses', [text, { type: 'response.completed', response: { output } }])).toEqual(output);
});
