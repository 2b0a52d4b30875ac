import { expect, test } from 'vitest';
import { AnswerParts } from '../../../../../src/model/answer-parts.ts';
import { genAiMessages } from '../../../../../src/sinks/otel/content/gen-ai-messages.ts';
import { answerOfTool } from '../../../../../src/sinks/otel/content/gen-ai-part.ts';

const CONVERSATION = [
  { role: 'user', parts: [{ type: 'text', content: 'Find it.' }] },
  {
    role: 'assistant',
    parts: [
      { type: 'text', content: 'I look.' },
      { type: 'tool_call', id: 'call_1', name: 'search', arguments: { query: 'it' } },
    ],
  },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'Found.' }] },
];

const CALL = { toolCallId: 'call_1', toolName: 'search' };

test.each([
  [
    'the AI SDK',
    [
      { role: 'user', content: [{ type: 'text', text: 'Find it.' }] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool-call', ...CALL, input: { query: 'it' } },
        ],
      },
      { role: 'tool', content: [{ type: 'tool-result', ...CALL, output: { type: 'text', value: 'Found.' } }] },
    ],
    CONVERSATION,
  ],
  [
    'OpenAI chat',
    [
      { role: 'user', content: 'Find it.' },
      {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'search', arguments: '{"query":"it"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Found.' },
    ],
    CONVERSATION,
  ],
  [
    'LangChain',
    [
      { type: 'human', content: 'Find it.' },
      { type: 'ai', content: 'I look.', tool_calls: [{ id: 'call_1', name: 'search', args: { query: 'it' } }] },
      { type: 'tool', tool_call_id: 'call_1', content: 'Found.' },
    ],
    CONVERSATION,
  ],
  [
    'Anthropic',
    [
      { role: 'user', content: 'Find it.' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
          { type: 'tool_use', id: 'call_1', name: 'search', input: { query: 'it' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: 'Found.' }] }],
      },
    ],
    [
      CONVERSATION[0],
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'tool_call', id: 'call_1', name: 'search', arguments: { query: 'it' } },
        ],
      },
      { role: 'user', parts: CONVERSATION[2]?.parts },
    ],
  ],
  [
    "items of OpenAI's Responses API",
    [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Find it.' }] },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'abc' },
      { type: 'function_call', call_id: 'call_1', name: 'search', arguments: '{"query":"it"}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'Found.' },
    ],
    [
      CONVERSATION[0],
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }] },
      { role: 'assistant', parts: CONVERSATION[1]?.parts.slice(1) },
      CONVERSATION[2],
    ],
  ],
  [
    'the OpenAI Agents SDK',
    [
      { role: 'user', content: 'Find it.' },
      { type: 'function_call', callId: 'call_1', name: 'search', arguments: '{"query":"it"}' },
      { type: 'function_call_result', callId: 'call_1', name: 'search', output: { type: 'text', text: 'Found.' } },
    ],
    [CONVERSATION[0], { role: 'assistant', parts: CONVERSATION[1]?.parts.slice(1) }, CONVERSATION[2]],
  ],
  [
    'Strands Agents',
    [
      { role: 'user', content: [{ type: 'textBlock', text: 'Find it.' }] },
      {
        role: 'assistant',
        content: [
          { type: 'textBlock', text: 'I look.' },
          { type: 'toolUseBlock', toolUseId: 'call_1', name: 'search', input: { query: 'it' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'toolResultBlock', toolUseId: 'call_1', content: [{ type: 'textBlock', text: 'Found.' }] }],
      },
    ],
    [...CONVERSATION.slice(0, 2), { role: 'user', parts: CONVERSATION[2]?.parts }],
  ],
])('messages of %s become those of the conventions', (_, messages, expected) => {
  expect(genAiMessages(messages)).toEqual(expected);
});

test('a picture is named and not told', () => {
  const picture = { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo' };
  const value = [
    { type: 'text', text: 'This one:' },
    { type: 'media', data: 'iVBORw0KGgo' },
  ];
  expect(
    genAiMessages([
      { role: 'user', content: [picture] },
      { role: 'tool', content: [{ type: 'tool-result', ...CALL, output: { type: 'content', value } }] },
    ]),
  ).toEqual([
    { role: 'user', parts: [{ type: 'file' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: [value[0], { type: 'media' }] }] },
  ]);
});

test.each([
  ['a structure', { rows: [1, 2] }],
  [
    'a list of structures that have types of their own',
    [
      { type: 'push', id: 1 },
      { type: 'fork', id: 2 },
    ],
  ],
  [
    'a list of files',
    [
      { type: 'file', name: 'a' },
      { type: 'dir', name: 'b' },
    ],
  ],
  ['a structure with a value', { type: 'price', value: 5 }],
  ['a list of texts', ['a', 'b']],
  ['an empty list', []],
  ['a number', 5],
])('what a tool answered stays what it is: %s', (_, value) => {
  const output = { type: 'json', value };
  const [message] = genAiMessages([{ role: 'tool', content: [{ type: 'tool-result', ...CALL, output }] }]);
  expect(message?.parts).toEqual([{ type: 'tool_call_response', id: 'call_1', response: value }]);
  expect(answerOfTool(value)).toEqual(value);
});

test('an answer is put together from the parts of its stream, in the order in which they began', () => {
  const parts = new AnswerParts();
  for (const part of [
    { type: 'stream-start' },
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'Hm' },
    { type: 'text-delta', id: '0', delta: 'I ' },
    { type: 'reasoning-delta', id: '0', delta: '.' },
    { type: 'text-delta', id: '0', delta: 'look.' },
    { type: 'tool-call', ...CALL, input: '{"query":"it"}' },
    { type: 'finish' },
  ]) {
    parts.add(part);
  }
  const [answer] = genAiMessages([{ role: 'assistant', content: parts.all() }]);
  expect(answer?.parts).toEqual([
    { type: 'reasoning', content: 'Hm.' },
    { type: 'text', content: 'I look.' },
    { type: 'tool_call', id: 'call_1', name: 'search', arguments: { query: 'it' } },
  ]);
});
