import { describe, expect, test } from 'vitest';
import { createHeadroomExtension } from '../../../src/adapters/openai-agents.ts';
import { nameOfModel } from '../../../src/adapters/openai-agents/compressing-models.ts';
import {
  endOfResponse,
  textOfResponse,
  usageOfResponses,
} from '../../../src/adapters/openai-agents/end-of-response.ts';
import { EventBus } from '../../../src/events/bus.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { normalizeUsage } from '../../../src/tokens/normalize-usage.ts';

describe('a model of the OpenAI Agents SDK', () => {
  test.each([
    [{ _model: 'gpt-5', _client: {} }, {}, { provider: 'openai', modelId: 'gpt-5' }],
    [{ model: 'claude-sonnet-4-5' }, {}, { provider: 'anthropic', modelId: 'claude-sonnet-4-5' }],
    [{}, { modelId: 'gpt-5' }, { provider: 'openai', modelId: 'gpt-5' }],
    [{}, { provider: 'groq', modelId: 'llama-4' }, { provider: 'groq', modelId: 'llama-4' }],
    [{}, {}, { provider: 'unknown', modelId: 'unknown' }],
    [undefined, {}, { provider: 'unknown', modelId: 'unknown' }],
  ])('is named by what it and its user say (%#)', (model, name, expected) => {
    expect(nameOfModel(model, name)).toEqual(expected);
  });

  test('tells usage as TokenUsage has it, and nothing that was not said', () => {
    const details = {
      inputTokensDetails: { cached_tokens: 70, cache_write_tokens: 9 },
      outputTokensDetails: { reasoning_tokens: 3 },
    };
    const usage = { inputTokens: 100, outputTokens: 8, cacheReadTokens: 70, cacheWriteTokens: 9, reasoningTokens: 3 };
    const told = { inputTokens: 100, outputTokens: 8, totalTokens: 108 };
    expect(normalizeUsage(endOfResponse({ usage: { ...told, ...details } }).usage)).toEqual(usage);
    // A response that took several requests has a list of details.
    const list = {
      inputTokensDetails: [{ cached_tokens: 60, cache_write_tokens: 9 }, { cached_tokens: 10 }],
      outputTokensDetails: [{}, { reasoning_tokens: 3 }],
    };
    expect(normalizeUsage(endOfResponse({ usage: { ...told, ...list } }).usage)).toEqual(usage);
    expect(normalizeUsage(endOfResponse({ usage: told }).usage)).toMatchObject({ cacheReadTokens: undefined });
    // The SDK says 0 where nobody said anything.
    expect(endOfResponse({ usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } }).usage).toBeUndefined();
    expect(endOfResponse(undefined)).toEqual({ usage: undefined, finishReason: undefined });
    expect(usageOfResponses([{ usage: told }, {}, { usage: told }])).toMatchObject({
      inputTokens: 200,
      outputTokens: 16,
    });
    expect(usageOfResponses([])).toBeUndefined();
  });

  const message = { type: 'message', role: 'assistant', status: 'completed' };
  test.each([
    [{ output: [message, { type: 'function_call', status: 'completed' }] }, 'tool-calls'],
    [{ output: [message] }, 'stop'],
    [{ output: [] }, undefined],
    [{ output: [message], providerData: { status: 'completed', incomplete_details: null } }, 'stop'],
    [{ output: [message], providerData: { incomplete_details: { reason: 'max_output_tokens' } } }, 'length'],
    [{ output: [message], providerData: { choices: [{ finish_reason: 'content_filter' }] } }, 'content-filter'],
    [{ output: [message], providerData: { finishReason: { unified: 'length', raw: 'max' } } }, 'length'],
    [{ output: [message], providerData: { finishReason: 'stop' } }, 'stop'],
    [{ output: [message], providerData: { status: 'queued' } }, 'other'],
  ])('says why it stopped (%#)', (response, finishReason) => {
    expect(endOfResponse(response).finishReason).toBe(finishReason);
  });
});

test('what a response of the OpenAI Agents SDK says is the text of its messages', () => {
  const said = {
    type: 'message',
    content: [
      { type: 'output_text', text: 'Well, ' },
      { type: 'refusal', refusal: 'No.' },
    ],
  };
  const thought = { type: 'reasoning', content: [{ type: 'input_text', text: 'Hm.' }] };
  expect(textOfResponse({ output: [thought, said, { ...said, content: [{ text: 'all is well.' }] }] })).toBe(
    'Well, all is well.',
  );
  expect(textOfResponse({ output: [thought] })).toBeUndefined();
  expect(textOfResponse(undefined)).toBeUndefined();
});

describe('a stream of a model of the OpenAI Agents SDK', () => {
  const request = { input: [{ role: 'user', content: 'Hello' }], tools: [], modelSettings: {} };
  const failure = new Error('The connection broke.');

  function rigOf(last: () => unknown) {
    const told: string[] = [];
    const events = new EventBus();
    const heard = recordEvents(events);
    const model = {
      getResponse: () => Promise.reject(failure),
      async *getStreamedResponse(_request: object): AsyncGenerator<object> {
        try {
          yield { type: 'response_started' };
          yield { type: 'model', event: { type: 'response.created' } };
          told.push('first words');
          yield { type: 'output_text_delta', delta: 'Hello' };
          told.push('last words');
          last();
          yield { type: 'response_done', response: { usage: { inputTokens: 10, outputTokens: 2 }, output: [] } };
        } finally {
          told.push('over');
        }
      },
    };
    const { model: wrap } = createHeadroomExtension({ compression: { events } });
    const end = () => heard.find((event) => event.type === 'model.end');
    return { told, heard, end, stream: wrap(model).getStreamedResponse(request) };
  }

  test('gives its events as they are, as they are asked for', async () => {
    const { told, heard, end, stream } = rigOf(() => {});
    const types: unknown[] = [];
    for await (const event of stream) {
      types.push((event as { readonly type: string }).type);
      if (types.length === 2) expect(told).toEqual([]);
    }
    expect(types).toEqual(['response_started', 'model', 'output_text_delta', 'response_done']);
    expect(told).toEqual(['first words', 'last words', 'over']);
    expect(end()).toMatchObject({ outcome: 'ok', endedBy: 'host', usage: { inputTokens: 10, outputTokens: 2 } });
    assertPaired(heard);
  });

  test('ends when its reader leaves, and tells the model', async () => {
    const { told, heard, end, stream } = rigOf(() => {});
    for await (const event of stream) if ((event as { readonly delta?: string }).delta !== undefined) break;
    expect(told).toEqual(['first words', 'over']);
    expect(end()).toMatchObject({ outcome: 'aborted', endedBy: 'reader' });
    assertPaired(heard);
  });

  test('fails with the very error of the model', async () => {
    const { heard, end, stream } = rigOf(() => {
      throw failure;
    });
    const read = async (): Promise<void> => {
      for await (const event of stream) expect(event).toBeDefined();
    };
    await expect(read()).rejects.toBe(failure);
    expect(end()).toMatchObject({ outcome: 'error', errorType: 'Error' });
    assertPaired(heard);
  });
});
