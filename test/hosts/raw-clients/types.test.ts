import Anthropic from '@anthropic-ai/sdk';
import Anthropic0 from 'anthropic-0';
import Anthropic0101 from 'anthropic-0-101';
import OpenAI, { AzureOpenAI } from 'openai';
import OpenAI4 from 'openai-4';
import { describe, expect, it } from 'vitest';
import { headroomFetch, headroomMiddleware } from '../../../src/adapters/fetch.ts';

/** `tsc` is what tests here: each client takes what we make, and each list of tools what we offer, without a cast. */
describe('Types', () => {
  const fetch = headroomFetch();
  const middleware = headroomMiddleware();
  const apiKey = 'key';
  const { chat, responses, messages } = fetch.retrieveTool;

  it('every client takes our fetch', () => {
    const clients = [
      new OpenAI({ apiKey, fetch }),
      new AzureOpenAI({ apiKey, fetch, endpoint: 'https://example.openai.azure.com', apiVersion: '2024-10-21' }),
      new Anthropic({ apiKey, fetch }),
      new Anthropic0101({ apiKey, fetch }),
      // Without their `shims/web` these have types of node-fetch, and do not take the fetch of the process either.
      // @ts-expect-error -- see above
      new OpenAI4({ apiKey, fetch: globalThis.fetch }),
      new OpenAI4({ apiKey, fetch: fetch as never }),
      // @ts-expect-error -- see above
      new Anthropic0({ apiKey, fetch: globalThis.fetch }),
      new Anthropic0({ apiKey, fetch: fetch as never }),
    ];
    expect(clients).toHaveLength(8);
  });

  it('clients of Anthropic that have middleware take ours', () => {
    expect([
      new Anthropic({ apiKey, middleware: [middleware] }),
      new Anthropic0101({ apiKey, middleware: [middleware] }),
    ]).toHaveLength(2);
  });

  it('every API takes our tool', () => {
    const tools: readonly unknown[] = [
      [chat] satisfies OpenAI.Chat.ChatCompletionTool[],
      [chat] satisfies OpenAI4.Chat.ChatCompletionTool[],
      [responses] satisfies OpenAI.Responses.Tool[],
      [responses] satisfies OpenAI4.Responses.Tool[],
      [messages] satisfies Anthropic.ToolUnion[],
      [messages] satisfies Anthropic.Beta.BetaToolUnion[],
      [messages] satisfies Anthropic0.ToolUnion[],
    ];
    expect(tools).toHaveLength(7);
    // The functions are for the clients' own tool runners, and are not sent.
    expect(JSON.stringify([chat, responses, messages])).not.toContain('parse');
  });
});
