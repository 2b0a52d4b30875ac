import { describe, expect, it, vi } from 'vitest';
import { headroomFetch, headroomMiddleware, type HeadroomFetchOptions } from '../../../../src/adapters/fetch.ts';
import type { HeadroomEvent } from '../../../../src/events/event.ts';
import { EventBus } from '../../../../src/events/bus.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { assertPaired, recordEvents } from '../../../../src/testing.ts';

const ROWS = JSON.stringify(
  Array.from({ length: 100 }, (_, id) => ({ id, status: 'ok', region: 'eu-west-1' })),
  undefined,
  2,
);
const CHAT = 'https://api.openai.com/v1/chat/completions';
const CALL = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'list', arguments: '{}' } }],
};
const RESULT = { role: 'tool', tool_call_id: 'call_1', content: ROWS };
const BODY = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Why?' }, CALL, RESULT] };
const ANSWER = {
  choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'So.' } }],
  usage: { prompt_tokens: 50, completion_tokens: 5 },
};

interface Sent {
  readonly input: string | URL | Request;
  readonly init: RequestInit | undefined;
}

function rig(
  options: HeadroomFetchOptions = {},
  answer: () => Response | Promise<Response> = () => Response.json(ANSWER),
) {
  const sent: Sent[] = [];
  const bus = new EventBus();
  const events: readonly HeadroomEvent[] = recordEvents(bus);
  const fetch = headroomFetch({
    events: bus,
    fetch: async (input, init) => {
      sent.push({ input, init });
      return answer();
    },
    ...options,
  });
  const post = (url: string | URL, body: unknown, init: RequestInit = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body: body as never, ...init });
  return { fetch, post, sent, events };
}

function sentBody({ init }: Sent): string {
  if (typeof init?.body !== 'string') throw new Error('Expected a text.');
  return init.body;
}

describe('headroomFetch', () => {
  const oddBodies: readonly (readonly [name: string, body: unknown])[] = [
    ['no JSON', '{"messages": ['],
    ['no object', '[1, 2]'],
    ['null', 'null'],
    ['no text', ''],
    ['no messages', JSON.stringify({ model: 'gpt-4o' })],
    ['messages that are none', JSON.stringify({ messages: 'hello' })],
    ['bytes', new TextEncoder().encode(JSON.stringify(BODY))],
    ['a stream', new ReadableStream()],
    ['a form', new FormData()],
    ['a file', new Blob([JSON.stringify(BODY)])],
  ];
  it.each(oddBodies)('leaves a body alone that is %s', async (_name, body) => {
    const { post, sent, events } = rig();
    const init = { method: 'POST', body: body as never, headers: { 'x-mine': '1' } };
    await post(CHAT, body, init);
    expect(sent[0]?.init?.body).toBe(body);
    expect(sent[0]?.init?.headers).toBe(init.headers);
    expect(events).toEqual([]);
  });

  it.each([
    ['another path', 'https://api.openai.com/v1/embeddings', 'POST'],
    ['batches', 'https://api.anthropic.com/v1/messages/batches', 'POST'],
    ['token counts', 'https://api.anthropic.com/v1/messages/count_tokens', 'POST'],
    ['another method', CHAT, 'PUT'],
  ])('leaves a request alone that is to %s', async (_name, url, method) => {
    const { fetch, sent, events } = rig();
    const init = { method, body: JSON.stringify(BODY) };
    await fetch(url, init);
    expect(sent).toEqual([{ input: url, init }]);
    expect(sent[0]?.init).toBe(init);
    expect(events).toEqual([]);
  });

  it('leaves alone a request that is an object, and one of which nothing is given', async () => {
    const { fetch, sent, events } = rig();
    const request = new Request(CHAT, { method: 'POST', body: JSON.stringify(BODY) });
    await fetch(request);
    await fetch(CHAT);
    expect(sent).toEqual([
      { input: request, init: undefined },
      { input: CHAT, init: undefined },
    ]);
    expect(events).toEqual([]);
  });

  it('sends the very request where nothing changes, and tells of the call', async () => {
    const { fetch, sent, events } = rig();
    const init = {
      method: 'POST',
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi.' }] }),
    };
    await (await fetch(CHAT, init)).text();
    expect(sent[0]?.init).toBe(init);
    expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([
      { outcome: 'ok', provider: 'openai.chat' },
    ]);
  });

  it('changes the text of the result alone, in a body of any spelling', async () => {
    const { post, sent } = rig();
    const text = JSON.stringify({ seed: 1, ...BODY }, undefined, 3).replace('"seed": 1', '"seed": 1.000');
    await post(new URL(`${CHAT}?api-version=1`), text);
    const [before, after] = text.split(JSON.stringify(ROWS));
    const seen = sentBody(sent[0] as Sent);
    expect(seen.length).toBeLessThan(text.length / 2);
    expect(seen.startsWith(before ?? '?')).toBe(true);
    expect(seen.endsWith(after ?? '?')).toBe(true);
  });

  it('corrects a length that the client gave, and leaves the other headers', async () => {
    const { post, sent } = rig();
    const umlauts = JSON.stringify({ ...BODY, user: 'Jürgen' });
    await post(CHAT, umlauts, { headers: { 'Content-Length': String(Buffer.byteLength(umlauts)), 'x-mine': '1' } });
    const headers = new Headers(sent[0]?.init?.headers);
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(sentBody(sent[0] as Sent))));
    expect(headers.get('x-mine')).toBe('1');
  });

  it.each([
    { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA, SignedHeaders=host, Signature=abc' },
    { 'Content-Digest': 'sha-256=:abc=:' },
    { 'x-amz-content-sha256': 'abc' },
  ])('sends a signed request as it is, tells of its call, and says so once: %o', async (headers) => {
    const { post, sent, events } = rig();
    const url = 'https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-opus-4-8/invoke';
    const body = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', messages: BODY.messages });
    for (let time = 0; time < 2; time++) await (await post(url, body, { headers })).text();
    expect(sent.map(sentBody)).toEqual([body, body]);
    expect(events.filter(({ type }) => type === 'fault')).toMatchObject([
      { where: 'call-options', errorName: 'SignedRequest' },
    ]);
    expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([
      { provider: 'bedrock.messages', model: 'anthropic.claude-opus-4-8' },
      { provider: 'bedrock.messages' },
    ]);
    expect(events.filter(({ type }) => type === 'compression.end')).toEqual([]);
  });

  it.each([
    ['https://mine.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=1', 'azure.chat', 'my-gpt'],
    ['https://api.groq.com/openai/v1/chat/completions', 'groq.chat', 'unknown'],
    ['http://localhost:11434/v1/chat/completions', 'openai.chat', 'unknown'],
    [
      'https://eu-aiplatform.googleapis.com/v1/projects/p/locations/eu/publishers/anthropic/models/claude-opus-4-8:rawPredict',
      'vertex.messages',
      'claude-opus-4-8',
    ],
    ['https://gateway.example/anthropic/v1/messages?beta=true', 'anthropic.messages', 'unknown'],
    ['not a url/chat/completions', 'openai.chat', 'unknown'],
  ])('knows who serves %s', async (url, provider, model) => {
    const { post, events } = rig();
    await (await post(url, JSON.stringify({ messages: BODY.messages }))).text();
    expect(events.find(({ type }) => type === 'model.start')).toMatchObject({ provider, model });
  });

  it('takes the name of the provider from its options', async () => {
    const { post, events } = rig({ provider: 'mine' });
    await (await post(CHAT, JSON.stringify(BODY))).text();
    expect(events.find(({ type }) => type === 'model.start')).toMatchObject({ provider: 'mine.chat' });
  });

  it('leaves out nothing where the request does not offer headroom_retrieve', async () => {
    const log = Array.from(
      { length: 800 },
      (_, index) => `2026-01-05T02:00:${index % 60}Z INFO request ${index * 7} served`,
    );
    const messages = [BODY.messages[0], CALL, { ...RESULT, content: log.join('\n') }];
    const { fetch, post, events } = rig();
    const offers = [undefined, [], [fetch.retrieveTool.responses], [fetch.retrieveTool.chat]];
    for (const tools of offers) await (await post(CHAT, JSON.stringify({ model: 'gpt-4o', messages, tools }))).text();
    expect(events.filter((event) => event.type === 'compression.end').map(({ loss }) => loss)).toEqual([
      'none',
      'none',
      'recoverable',
      'recoverable',
    ]);
  });

  it('a stream passes through byte by byte, and says what it used', async () => {
    const chunks = [
      'data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n',
      'data: {"choices":[{"delta":{"content":"Grü',
      'ße"}}]}\r\n\r\ndata: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\n',
      'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":3}}}\n\n',
      'data: [DONE]\n\n',
    ];
    const { post, events } = rig({}, () => streamed(chunks));
    const response = await post(CHAT, JSON.stringify({ ...BODY, stream: true }));
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe(chunks.join(''));
    expect(events.find((event) => event.type === 'model.end')).toMatchObject({
      streaming: true,
      outcome: 'ok',
      finishReason: 'length',
      usage: { inputTokens: 7, outputTokens: 2, cacheReadTokens: 3 },
      timeToFirstChunkMs: expect.any(Number) as number,
    });
  });

  it('a stream is read no faster than its reader does, and a reader that leaves ends the call', async () => {
    let pulls = 0;
    const cancelled = vi.fn<(reason: unknown) => void>();
    const source = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulls += 1;
          controller.enqueue(new TextEncoder().encode('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'));
        },
        cancel: cancelled,
      },
      { highWaterMark: 0 },
    );
    const { post, events } = rig({}, () => new Response(source, { headers: { 'content-type': 'text/event-stream' } }));
    const response = await post(CHAT, JSON.stringify({ ...BODY, stream: true }));
    expect(pulls).toBe(0);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(pulls).toBe(2);
    await reader?.cancel('enough');
    expect(cancelled).toHaveBeenCalledWith('enough');
    expect(events.find((event) => event.type === 'model.end')).toMatchObject({ outcome: 'aborted', endedBy: 'reader' });
    assertPaired(events);
  });

  it('an abort ends the call also where nobody reads on', async () => {
    const controller = new AbortController();
    const { post, events } = rig({}, () => streamed(['data: {}\n\n']));
    await post(CHAT, JSON.stringify({ ...BODY, stream: true }), { signal: controller.signal });
    controller.abort();
    expect(events.find((event) => event.type === 'model.end')).toMatchObject({ outcome: 'aborted', endedBy: 'host' });
  });

  it('an answer that is no JSON, is broken, or has no body ends the call all the same', async () => {
    const answers = [
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      () => new Response('{"usage":', { headers: { 'content-type': 'application/json' } }),
      () => new Response('null', { headers: { 'content-type': 'application/json' } }),
      () => new Response(null, { status: 204 }),
      () => streamed(['data: null\n\ndata: [1]\n\ndata: {"choices":{}}\n\n']),
    ];
    for (const answer of answers) {
      const { post, events } = rig({}, answer);
      await (await post(CHAT, JSON.stringify(BODY))).text();
      expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([{ outcome: 'ok', usage: undefined }]);
      expect(events.filter(({ type }) => type === 'fault')).toEqual([]);
    }
  });

  it('passes on a response of another make, whose body is no web stream', async () => {
    const foreign = { ok: true, status: 200, headers: new Headers(), body: { pipe: () => {} } } as unknown as Response;
    const { post, events } = rig({}, () => foreign);
    expect(await post(CHAT, JSON.stringify(BODY))).toBe(foreign);
    expect(events.filter(({ type }) => type === 'model.end')).toMatchObject([{ outcome: 'ok' }]);
    expect(events.filter(({ type }) => type === 'fault')).toHaveLength(1);
  });

  it('a failure of the fetch within reaches the caller as it is', async () => {
    const failure = new TypeError('fetch failed');
    const { post, events } = rig({}, () => Promise.reject(failure));
    await expect(post(CHAT, JSON.stringify(BODY))).rejects.toBe(failure);
    expect(events.find(({ type }) => type === 'model.end')).toMatchObject({ outcome: 'error', errorType: 'TypeError' });
  });

  it('in audit mode the request goes out as it is', async () => {
    const { fetch, post, sent, events } = rig({ mode: 'audit' });
    await (await post(CHAT, JSON.stringify(BODY))).text();
    expect(sentBody(sent[0] as Sent)).toBe(JSON.stringify(BODY));
    expect(events.find((event) => event.type === 'compression.end')?.tokensSaved).toBeGreaterThan(0);
    expect(fetch.totalTokensSaved).toBe(0);
  });

  it('a guard of budgets keeps a request from being sent', async () => {
    const excess = { rule: 'day', value: 2, threshold: 1, unit: 'usd' };
    const { post, sent } = rig({ budget: { exceededBy: () => excess as never } });
    await expect(post(CHAT, JSON.stringify(BODY))).rejects.toMatchObject({ name: 'HeadroomBudgetError' });
    expect(sent).toEqual([]);
  });

  it('uses the fetch that the process has at the time', async () => {
    const fetch = headroomFetch();
    const spy = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(ANSWER));
    try {
      await (await fetch(CHAT, { method: 'POST', body: JSON.stringify(BODY) })).text();
      expect(spy).toHaveBeenCalledOnce();
    } finally {
      spy.mockRestore();
    }
  });

  it('answers for its tool whatever a model sends', async () => {
    const { fetch } = rig();
    for (const input of ['{"id":"0123456789abcdef01234567"}', '{', '', undefined, null, { id: 7 }, '[]', 'null']) {
      expect(await fetch.retrieveTool.answer(input)).toEqual(expect.any(String));
    }
  });

  it('throws for options that can not work', () => {
    expect(() => headroomFetch({ fetch: 'mine' as never })).toThrow(HeadroomError);
    expect(() => headroomFetch({ lossless: true } as never)).toThrow('headroomFetch has no option "lossless"');
    expect(() => headroomMiddleware({ provider: 7 } as never)).toThrow('headroomMiddleware');
  });
});

function streamed(chunks: readonly string[]): Response {
  // One byte at a time, so that no character and no line arrives whole.
  const bytes = new TextEncoder().encode(chunks.join(''));
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (next === bytes.length) controller.close();
      else controller.enqueue(bytes.slice(next, ++next));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
