import { createHash } from 'node:crypto';
import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { headroomFetch, headroomMiddleware } from '../../../src/adapters/fetch.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { requestRows } from '../service-log.ts';

const ROWS = JSON.stringify(requestRows(80), undefined, 2);

const CALL: Anthropic.MessageCreateParamsNonStreaming = {
  model: 'anthropic.claude-opus-4-8',
  max_tokens: 100,
  messages: [
    { role: 'user', content: 'What failed?' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'list', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: ROWS }] },
  ],
};

const ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'One did.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 50, output_tokens: 5 },
};

interface Sent {
  readonly url: string;
  readonly body: string;
  readonly headers: Headers;
}

/** What Bedrock would get. */
function bedrock(): { readonly sent: Sent[]; readonly fetch: typeof globalThis.fetch } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push({ url: request.url, body: await request.text(), headers: new Headers(init?.headers) });
      return Response.json(ANSWER);
    },
  };
}

const SETTINGS = {
  awsAccessKey: 'AKIAEXAMPLE',
  awsSecretKey: 'secret',
  awsRegion: 'eu-west-1',
  maxRetries: 0,
} as const;

describe('Claude on Bedrock', () => {
  it('a middleware compresses before the request is signed', async () => {
    const { sent, fetch } = bedrock();
    const hooks = createHeadroomHooks();
    const events = recordEvents(hooks.events);
    const middleware = [headroomMiddleware({ events: hooks.events })];
    const message = await new AnthropicBedrock({ ...SETTINGS, fetch, middleware }).messages.create(CALL);
    expect(message.content).toMatchObject([{ text: 'One did.' }]);

    const [request] = sent;
    expect(request?.url).toContain('/model/anthropic.claude-opus-4-8/invoke');
    expect(request?.body.length).toBeLessThan(ROWS.length / 2);
    expect(request?.headers.get('authorization')).toMatch(/^AWS4-HMAC-SHA256 /);
    expect(request?.headers.get('x-amz-content-sha256')).toBe(sha256(request?.body ?? ''));
    expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([
      { outcome: 'ok', model: 'anthropic.claude-opus-4-8', usage: { inputTokens: 50, outputTokens: 5 } },
    ]);
    assertPaired(events);
  });

  it('a fetch sends what was signed, and tells of it', async () => {
    const { sent, fetch: inner } = bedrock();
    const hooks = createHeadroomHooks();
    const events = recordEvents(hooks.events);
    const fetch = headroomFetch({ events: hooks.events, fetch: inner });
    await new AnthropicBedrock({ ...SETTINGS, fetch }).messages.create(CALL);

    const [request] = sent;
    expect(request?.body).toContain(JSON.stringify(ROWS));
    expect(request?.headers.get('x-amz-content-sha256')).toBe(sha256(request?.body ?? ''));
    expect(events.filter(({ type }) => type === 'fault')).toMatchObject([{ errorName: 'SignedRequest' }]);
    expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([
      { outcome: 'ok', provider: 'bedrock.messages', usage: { inputTokens: 50 } },
    ]);
    assertPaired(events);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
