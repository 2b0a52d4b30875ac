import { describe, expect, test } from 'vitest';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';

const summaries = (messages: readonly unknown[]) =>
  readToolResults(messages).map(({ messageIndex, partIndex, blockIndex, toolName, text, untouchable, query }) => ({
    at: [messageIndex, partIndex, blockIndex].filter((index) => index !== undefined),
    toolName,
    text,
    untouchable,
    query,
  }));

describe('reading tool results', () => {
  test('finds those of OpenAI chat messages, with the name and arguments of the call they answer', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'grep', arguments: '{"pattern":"timeout"}' } };
    expect(
      summaries([
        { role: 'user', content: 'Why?' },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'a hit' },
        { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: 'another' }] },
      ]),
    ).toEqual([
      { at: [2], toolName: 'grep', text: 'a hit', untouchable: undefined, query: 'Why?\n{"pattern":"timeout"}' },
      { at: [3, 0], toolName: undefined, text: 'another', untouchable: undefined, query: 'Why?' },
    ]);
  });

  test('finds those of the OpenAI Agents SDK', () => {
    const about = { type: 'function_call_result', status: 'completed' };
    const failed = 'An error occurred while running the tool. Please try again. Error: Error: Down.';
    const items = [
      { role: 'user', content: [{ type: 'input_text', text: 'Why?' }] },
      { type: 'function_call', callId: 'c1', name: 'grep', arguments: '{"pattern":"timeout"}' },
      { ...about, callId: 'c1', name: 'grep', output: 'a hit' },
      { ...about, callId: 'c2', name: 'list', output: { type: 'text', text: 'a file' } },
      {
        ...about,
        callId: 'c3',
        output: [
          { type: 'input_image', image: 'data:' },
          { type: 'input_text', text: 'a page' },
        ],
      },
      { ...about, callId: 'c4', name: 'list', output: { type: 'image', image: 'data:' } },
      { ...about, callId: 'c5', name: 'list', output: failed },
      { type: 'shell_call_output', callId: 'c6', output: [{ stdout: 'of a shell', stderr: '' }] },
      { type: 'hosted_tool_call', name: 'search', output: 'of the provider' },
    ];
    expect(summaries(items)).toEqual([
      { at: [2], toolName: 'grep', text: 'a hit', untouchable: undefined, query: 'Why?\n{"pattern":"timeout"}' },
      { at: [3], toolName: 'list', text: 'a file', untouchable: undefined, query: 'Why?' },
      { at: [4, 1], toolName: undefined, text: 'a page', untouchable: undefined, query: 'Why?' },
      { at: [6], toolName: 'list', text: failed, untouchable: 'error-result', query: 'Why?' },
    ]);
  });

  test('finds those of the Responses API, and tells those that the model has read from those that are new', () => {
    const items = [
      { role: 'user', content: [{ type: 'input_text', text: 'Why?' }] },
      { type: 'reasoning', summary: [] },
      { type: 'function_call', call_id: 'c1', name: 'grep', arguments: '{"pattern":"timeout"}' },
      { type: 'custom_tool_call', call_id: 'c2', name: 'shell', input: 'ls' },
      { type: 'function_call_output', call_id: 'c1', output: 'a hit' },
      {
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [
          { type: 'input_image', image_url: 'data:' },
          { type: 'input_text', text: 'a file' },
        ],
      },
      { type: 'function_call', call_id: 'c3', name: 'headroom_retrieve', arguments: '{"id":"1"}' },
      { type: 'function_call_output', call_id: 'c3', output: 'all of it' },
      { type: 'function_call_output', call_id: 'c4', output: 'of a call that the provider keeps' },
      { type: 'computer_call_output', call_id: 'c5', output: { type: 'computer_screenshot' } },
      { type: 'local_shell_call_output', call_id: 'c6', output: '{"stdout":""}' },
      { type: 'mcp_call', id: 'm1', name: 'search', arguments: '{}', output: 'of the provider' },
    ];
    expect(summaries(items)).toEqual([
      { at: [4], toolName: 'grep', text: 'a hit', untouchable: undefined, query: 'Why?\n{"pattern":"timeout"}' },
      { at: [5, 1], toolName: 'shell', text: 'a file', untouchable: undefined, query: 'Why?\nls' },
      { at: [7], toolName: 'headroom_retrieve', text: 'all of it', untouchable: undefined, query: 'Why?\n{"id":"1"}' },
      {
        at: [8],
        toolName: undefined,
        text: 'of a call that the provider keeps',
        untouchable: undefined,
        query: 'Why?',
      },
    ]);
    expect(readToolResults(items).map(({ isNew }) => isNew)).toEqual([false, false, true, true]);
  });

  test('finds those of Anthropic messages, as a string and as blocks, and leaves errors and images alone', () => {
    expect(
      summaries([
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read', input: { path: 'a.ts' } }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: 'text' },
            { type: 'tool_result', tool_use_id: 't1', is_error: true, content: 'boom' },
            { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'image' }, { type: 'text', text: 'block' }] },
          ],
        },
      ]).map(({ query: _query, ...rest }) => rest),
    ).toEqual([
      { at: [1, 0], toolName: 'read', text: 'text', untouchable: undefined },
      { at: [1, 1], toolName: 'read', text: 'boom', untouchable: 'error-result' },
      { at: [1, 2, 1], toolName: 'read', text: 'block', untouchable: undefined },
    ]);
  });

  test('finds those of LangChain messages, and leaves those of tools that threw alone', () => {
    expect(
      summaries([
        { type: 'human', content: 'Why?' },
        {
          type: 'ai',
          content: [{ type: 'tool_use', id: 'c1', name: 'grep', input: '{"patt' }],
          tool_calls: [{ id: 'c1', name: 'grep', args: { pattern: 'timeout' }, type: 'tool_call' }],
        },
        { type: 'tool', tool_call_id: 'c1', content: 'a hit', status: 'success', artifact: { hits: 1 } },
        {
          type: 'tool',
          tool_call_id: 'c2',
          name: 'read',
          content: [{ type: 'image_url' }, { type: 'text', text: 'b' }],
        },
        { type: 'tool', tool_call_id: 'c3', name: 'read', content: 'boom', status: 'error' },
      ]),
    ).toEqual([
      { at: [2], toolName: 'grep', text: 'a hit', untouchable: undefined, query: 'Why?\n{"pattern":"timeout"}' },
      { at: [3, 1], toolName: 'read', text: 'b', untouchable: undefined, query: 'Why?' },
      { at: [4], toolName: 'read', text: 'boom', untouchable: 'error-result', query: 'Why?' },
    ]);
  });

  test('finds those of Strands Agents, texts and JSON, and leaves those of tools that threw alone', () => {
    const result = (toolUseId: string, status: string, ...content: readonly unknown[]) => ({
      type: 'toolResultBlock',
      toolUseId,
      status,
      content,
    });
    expect(
      summaries([
        { type: 'message', role: 'user', content: [{ type: 'textBlock', text: 'Why?' }] },
        {
          type: 'message',
          role: 'assistant',
          content: [
            { type: 'reasoningBlock', text: 'Hm.', signature: 'signature' },
            { type: 'toolUseBlock', toolUseId: 't1', name: 'grep', input: { pattern: 'timeout' } },
          ],
        },
        {
          type: 'message',
          role: 'user',
          content: [
            result('t1', 'success', { type: 'imageBlock' }, { type: 'textBlock', text: 'a hit' }),
            result('t2', 'success', { type: 'jsonBlock', json: { found: 1 } }),
            result('t3', 'error', { type: 'textBlock', text: 'boom' }),
          ],
        },
      ]),
    ).toEqual([
      { at: [2, 0, 1], toolName: 'grep', text: 'a hit', untouchable: undefined, query: 'Why?\n{"pattern":"timeout"}' },
      { at: [2, 1, 0], toolName: undefined, text: '{"found":1}', untouchable: undefined, query: 'Why?' },
      { at: [2, 2, 0], toolName: undefined, text: 'boom', untouchable: 'error-result', query: 'Why?' },
    ]);
  });

  test('finds those of the AI SDK, and those that the provider ran itself, which may not change', () => {
    const result = (output: unknown) => ({ type: 'tool-result', toolCallId: 'c1', toolName: 'list', output });
    expect(
      summaries([
        { role: 'assistant', content: [result({ type: 'json', value: { found: 1 } })] },
        {
          role: 'tool',
          content: [
            result({ type: 'text', value: 'plain' }),
            result({ type: 'json', value: [1, 2] }),
            result({ type: 'content', value: [{ type: 'file' }, { type: 'text', text: 'block' }] }),
            result({ type: 'error-text', value: 'no' }),
            result({ type: 'execution-denied', reason: 'no' }),
            { type: 'tool-approval-response', approvalId: 'a', approved: true },
          ],
        },
      ]).map(({ at, text, untouchable }) => [at, text, untouchable]),
    ).toEqual([
      [[0, 0], '{"found":1}', 'provider-executed'],
      [[1, 0], 'plain', undefined],
      [[1, 1], '[1,2]', undefined],
      [[1, 2, 1], 'block', undefined],
      [[1, 3], 'no', 'error-result'],
    ]);
  });

  test('takes as query what the user said before a result, never what came after', () => {
    const tool = { role: 'tool', tool_call_id: 'c', content: 'x' };
    const messages = [{ role: 'user', content: 'first' }, tool, { role: 'user', content: 'second' }, tool];
    expect(summaries(messages).map(({ query }) => query)).toEqual(['first', 'second']);
  });

  test('knows which results the model has not answered yet', () => {
    const tool = { role: 'tool', tool_call_id: 'c', content: 'x' };
    const messages = [tool, { role: 'assistant', content: 'ok' }, tool, tool];
    expect(readToolResults(messages).map(({ isNew }) => isNew)).toEqual([false, true, true]);
  });

  test('passes over messages of no known shape', () => {
    const circular: { role: string; content?: unknown } = { role: 'tool' };
    circular.content = [{ type: 'tool-result', toolCallId: 1, output: { type: 'json', value: circular } }];
    const explosive = {
      get role(): string {
        throw new Error('no role for you');
      },
    };
    const odd = [null, undefined, 'text', 7, [], {}, { role: 'tool' }, { role: 'tool', content: null }, explosive];
    expect(summaries(odd)).toEqual([]);
    expect(summaries([circular]).map(({ text }) => text)).toEqual([undefined]);
  });
});
