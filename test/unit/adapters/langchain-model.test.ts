import { describe, expect, test } from 'vitest';
import { endOfCall } from '../../../src/adapters/langchain/end-of-call.ts';
import { endOfGraphError, outcomeOfTool } from '../../../src/adapters/langchain/end-of-graph.ts';
import { nameOfModel } from '../../../src/adapters/langchain/name-of-model.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { normalizeUsage } from '../../../src/tokens/normalize-usage.ts';

const modelOf = (provider: string, model: string) => ({
  model,
  getLsParams: () => ({ ls_provider: provider, ls_model_name: model }),
});

describe('a chat model of LangChain', () => {
  test.each([
    [modelOf('openai', 'gpt-5'), { provider: 'openai', modelId: 'gpt-5' }],
    [modelOf('google_genai', 'gemini-3-pro'), { provider: 'google', modelId: 'gemini-3-pro' }],
    [modelOf('amazon_bedrock', 'anthropic.claude-3'), { provider: 'amazon-bedrock', modelId: 'anthropic.claude-3' }],
    [{ bound: { bound: modelOf('anthropic', 'claude') } }, { provider: 'anthropic', modelId: 'claude' }],
    [{ modelName: 'llama3.1:8b' }, { provider: 'unknown', modelId: 'llama3.1:8b' }],
    [
      // As initChatModel makes them, whose class says nothing of the provider.
      {
        _defaultConfig: { model: 'gpt-5', modelProvider: 'openai' },
        getLsParams: () => ({ ls_provider: 'ConfigurableModel' }),
      },
      { provider: 'openai', modelId: 'gpt-5' },
    ],
    [undefined, { provider: 'unknown', modelId: 'unknown' }],
    [
      {
        getLsParams: () => {
          throw new Error('No.');
        },
      },
      { provider: 'unknown', modelId: 'unknown' },
    ],
  ])('is named by what it says of itself (%#)', (model, name) => {
    expect(nameOfModel(model)).toEqual(name);
  });

  test('tells usage as TokenUsage has it, and nothing that was not said', () => {
    const details = {
      input_token_details: { cache_read: 70, cache_creation: 9 },
      output_token_details: { reasoning: 3 },
    };
    const message = { usage_metadata: { input_tokens: 100, output_tokens: 8, total_tokens: 108, ...details } };
    const usage = { inputTokens: 100, outputTokens: 8, cacheReadTokens: 70, cacheWriteTokens: 9, reasoningTokens: 3 };
    expect(normalizeUsage(endOfCall(message).usage)).toEqual(usage);
    // An answer in a form comes as a list that begins with the model's own message.
    expect(normalizeUsage(endOfCall({ structuredResponse: {}, messages: [message, {}] }).usage)).toEqual(usage);
    expect(normalizeUsage(endOfCall({ usage_metadata: undefined }).usage)).toBeUndefined();
    expect(normalizeUsage(endOfCall(undefined).usage)).toBeUndefined();
  });

  test.each([
    [{ response_metadata: { finish_reason: 'length' } }, 'length'],
    [{ response_metadata: { stop_reason: 'end_turn' } }, 'stop'],
    [{ response_metadata: { finishReason: 'MAX_TOKENS' } }, 'length'],
    [{ response_metadata: { status: 'completed' } }, 'stop'],
    [{ response_metadata: { stop_reason: 'refusal' } }, 'content-filter'],
    [{ response_metadata: { finish_reason: 'new' } }, 'other'],
    [{ response_metadata: { finish_reason: 'stop' }, tool_calls: [{}] }, 'tool-calls'],
    [{ response_metadata: {}, tool_calls: [] }, undefined],
  ])('says why it stopped in the words of the AI SDK (%#)', (message, reason) => {
    expect(endOfCall(message).finishReason).toBe(reason);
  });
});

describe('the end of a graph that threw', () => {
  const wrapped = (cause: unknown) => Object.assign(new Error('x', { cause }), { '~brand': 'MiddlewareError' });

  test.each([
    [new Error('The provider failed.'), 'error'],
    [new Error('Abort'), 'aborted'],
    [new DOMException('This operation was aborted', 'AbortError'), 'aborted'],
    [wrapped(new DOMException('The operation timed out', 'TimeoutError')), 'aborted'],
    [wrapped(wrapped(new HeadroomStopError('Not today.'))), 'aborted'],
    [Object.assign(new Error('[]'), { is_bubble_up: true }), 'ok'],
    ['a string', 'error'],
    [undefined, 'error'],
  ])('is told from what was thrown (%#)', (error, outcome) => {
    expect(endOfGraphError(error).outcome).toBe(outcome);
  });

  test('has the error that a middleware of LangChain put its own around', () => {
    const error = new TypeError('The provider failed.');
    expect(endOfGraphError(wrapped(wrapped(error))).error).toBe(error);
  });

  test('a tool that asks a human is aborted, to be called again later', () => {
    expect(outcomeOfTool(Object.assign(new Error('[]'), { is_bubble_up: true }))).toBe('aborted');
    expect(outcomeOfTool(new Error('boom'))).toBe('error');
  });
});
