import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { headroomFetch, headroomMiddleware } from '../../../src/adapters/fetch.ts';
import { assertPaired } from '../../../src/testing.ts';
import { logLines, requestRows } from '../service-log.ts';
import type { WireRequest, WireStep } from '../wire/scenario.ts';
import { toolResultTexts, withoutToolResultTexts } from '../wire/tool-result-texts.ts';
import type { WireServer } from '../wire/wire-server.ts';
import { ANTHROPIC, ANTHROPIC_0_101, OPENAI, type ClientVersion } from './client-versions.ts';
import { closeServersAfterEach, connect, serve } from './wire-rig.ts';

closeServersAfterEach();

const ROWS = JSON.stringify(requestRows(80), undefined, 2);
const ANSWER: WireStep = { text: '{"failed":1}' };

const chatMessages: OpenAI.Chat.ChatCompletionMessageParam[] = [
  { role: 'user', content: 'What failed?' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'list', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: ROWS },
];
const chat = { model: 'gpt-4o', messages: chatMessages };
const input: OpenAI.Responses.ResponseInputItem[] = [
  { role: 'user', content: 'What failed?' },
  { type: 'function_call', call_id: 'call_1', name: 'list', arguments: '{}' },
  { type: 'function_call_output', call_id: 'call_1', output: ROWS },
];
const responses = { model: 'gpt-5', input };
const messages = {
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [
    { role: 'user' as const, content: 'What failed?' },
    { role: 'assistant' as const, content: [{ type: 'tool_use' as const, id: 'toolu_1', name: 'list', input: {} }] },
    { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: 'toolu_1', content: ROWS }] },
  ],
};
const tool = { name: 'list', description: 'Lists requests.', schema: { type: 'object' as const, properties: {} } };

type Use<Client> = (client: Client) => Promise<unknown>;

/** Ways to use each client, and what a caller sees of each. */
const OPENAI_USES: Readonly<Record<string, Use<OpenAI>>> = {
  'chat.completions.create': (client) => client.chat.completions.create(chat),
  'chat.completions.create, streamed': async (client) =>
    collect(await client.chat.completions.create({ ...chat, stream: true })),
  'chat.completions.stream': (client) => client.chat.completions.stream(chat).finalChatCompletion(),
  'chat.completions.parse': (client) => client.chat.completions.parse(chat),
  'chat.completions.create, withResponse': async (client) => {
    const { data, response } = await client.chat.completions.create(chat).withResponse();
    return { data, status: response.status, type: response.headers.get('content-type'), path: pathOf(response) };
  },
  'chat.completions.create, asResponse': async (client) => {
    const response = await client.chat.completions.create(chat).asResponse();
    return { text: await response.clone().text(), json: (await response.json()) as unknown, path: pathOf(response) };
  },
  'chat.completions.create of withOptions': (client) =>
    client.withOptions({ timeout: 5_000 }).chat.completions.create(chat),
  'responses.create': (client) => client.responses.create(responses),
  'responses.create, streamed': async (client) =>
    collect(await client.responses.create({ ...responses, stream: true })),
  'responses.stream': (client) => client.responses.stream(responses).finalResponse(),
  'responses.parse': (client) => client.responses.parse(responses),
  'responses.create, asResponse': async (client) => (await client.responses.create(responses).asResponse()).json(),
};

const ANTHROPIC_USES: Readonly<Record<string, Use<Anthropic>>> = {
  'messages.create': (client) => client.messages.create(messages),
  'messages.create, streamed': async (client) => collect(await client.messages.create({ ...messages, stream: true })),
  'messages.stream': (client) => client.messages.stream(messages).finalMessage(),
  'messages.parse': (client) => client.messages.parse(messages),
  'beta.messages.create': (client) => client.beta.messages.create({ ...messages, betas: ['context-1m-2025-08-07'] }),
  'beta.messages.stream': (client) => client.beta.messages.stream(messages).finalMessage(),
  'messages.create, withResponse': async (client) => {
    const { data, response } = await client.messages.create(messages).withResponse();
    return { data, status: response.status, path: pathOf(response) };
  },
  'messages.create, asResponse': async (client) => (await client.messages.create(messages).asResponse()).json(),
  'messages.create of withOptions': (client) => client.withOptions({ timeout: 5_000 }).messages.create(messages),
};

describe('Ways to use openai', () => {
  for (const [name, use] of Object.entries(OPENAI_USES)) {
    it(`${name} gives what it gives without us`, async () => {
      const tokensSaved = await compareUses(use, (server) => new OpenAI(settings(server)), 'fetch');
      expect(tokensSaved).toBeGreaterThan(0);
    });
  }

  it('chat.completions.runTools runs its loop', async () => {
    const { seen, server } = await runLoop(OPENAI, 'fetch', async (client, retrieve) => {
      const runner = (client as OpenAI).chat.completions.runTools({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: 'Which requests were slow?' }],
        tools: [
          {
            type: 'function',
            function: {
              ...tool,
              parameters: tool.schema,
              function: () => logLines(1_500).join('\n'),
              parse: (text: string) => JSON.parse(text) as object,
            },
          },
          retrieve.chat,
        ],
      });
      return runner.finalContent();
    });
    expect(seen).toBe('I have read all that I need.');
    expectRetrieved(server.requests);
  });

  it('what is kept by the provider is compressed without loss: nobody can tell whose result it is', async () => {
    const server = await serve([ANSWER]);
    const { client, compressing, events } = connect(OPENAI, 'fetch', { baseURL: server.url });
    await (client as OpenAI).responses.create({
      model: 'gpt-5',
      previous_response_id: 'resp_1',
      tools: [compressing.retrieveTool.responses],
      input: [{ type: 'function_call_output', call_id: 'call_1', output: logLines(1_500).join('\n') }],
    });
    expect(events.find((event) => event.type === 'compression.end')?.loss).toBe('none');
    expect(compressing.totalTokensSaved).toBeGreaterThan(0);
  });
});

describe('Ways to use @anthropic-ai/sdk', () => {
  for (const as of ['fetch', 'middleware'] as const) {
    for (const [name, use] of Object.entries(ANTHROPIC_USES)) {
      it(`${name} gives what it gives without us, with our ${as}`, async () => {
        const tokensSaved = await compareUses(use, (server) => new Anthropic(settings(server)), as);
        expect(tokensSaved).toBeGreaterThan(0);
      });
    }
  }

  it('beta.messages.toolRunner runs its loop', async () => {
    const { seen, server } = await runLoop(ANTHROPIC_0_101, 'middleware', (client, retrieve) =>
      runTools(client as Anthropic, retrieve),
    );
    expect(seen).toBe('I have read all that I need.');
    expectRetrieved(server.requests);
  });

  it('beta.messages.toolRunner in a thread that the provider keeps has its results compressed without loss', async () => {
    const server = await serve([{ toolCalls: [{ name: 'list', arguments: {} }] }, { text: 'Done.' }]);
    const { client, compressing, events } = connect(ANTHROPIC, 'middleware', { baseURL: server.url });
    expect(await runTools(client as Anthropic, compressing.retrieveTool)).toBe('Done.');
    const [, second] = events.filter((event) => event.type === 'compression.end');
    expect(second).toMatchObject({ loss: 'none' });
    expect(second?.tokensSaved).toBeGreaterThan(0);
    assertPaired(events);
  });

  it('a fetch of ours below a middleware of ours leaves its requests alone', async () => {
    const server = await serve([ANSWER]);
    const { hooks, events } = connect(ANTHROPIC, 'fetch', { baseURL: server.url });
    const client = new Anthropic({
      ...settings(server),
      middleware: [headroomMiddleware({ events: hooks.events })],
      fetch: headroomFetch({ events: hooks.events }),
    });
    await client.messages.create(messages);
    expect(events.filter((event) => event.type === 'model.start')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'compression.end')).toHaveLength(1);
  });

  it('token counts are of what is given', async () => {
    const server = await serve([ANSWER]);
    const { client, events } = connect(ANTHROPIC, 'fetch', { baseURL: server.url });
    await expect(
      client.messages.countTokens({ model: messages.model, messages: messages.messages }),
    ).rejects.toBeInstanceOf(Error);
    expect(server.requests[0]?.body.messages).toEqual(messages.messages);
    expect(events).toEqual([]);
  });
});

function settings(server: WireServer): { apiKey: string; baseURL: string; maxRetries: number } {
  return { apiKey: 'key', baseURL: server.url, maxRetries: 0 };
}

/** The same with us and without, with the tokens that it saved. */
async function compareUses<Client>(
  use: Use<Client>,
  connectAlone: (server: WireServer) => Client,
  as: 'fetch' | 'middleware',
): Promise<number> {
  const untouched = await serve([ANSWER]);
  const expected = await use(connectAlone(untouched));
  const server = await serve([ANSWER]);
  const version = connectAlone(untouched) instanceof OpenAI ? OPENAI : ANTHROPIC;
  const { client, events, compressing } = connect(version, as, { baseURL: server.url });
  const seen = await use(client as Client);
  expect(JSON.parse(JSON.stringify(seen))).toEqual(JSON.parse(JSON.stringify(expected)));
  expect(server.requests.map(withoutToolResultTexts)).toEqual(untouched.requests.map(withoutToolResultTexts));
  expect(events.filter((event) => event.type === 'model.end')).toMatchObject([{ outcome: 'ok', finishReason: 'stop' }]);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
  assertPaired(events);
  return compressing.totalTokensSaved;
}

type Retrieve = ReturnType<typeof headroomFetch>['retrieveTool'];

async function runTools(client: Anthropic, retrieve: Retrieve): Promise<string> {
  const message = await client.beta.messages.toolRunner({
    model: 'claude-opus-4-8',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Which requests were slow?' }],
    tools: [
      {
        name: tool.name,
        description: tool.description,
        input_schema: tool.schema,
        run: () => logLines(1_500).join('\n'),
        parse: (value: unknown) => value,
      },
      retrieve.messages,
    ],
  });
  return message.content.map((block) => ('text' in block ? block.text : '')).join('');
}

async function runLoop(
  version: ClientVersion,
  as: 'fetch' | 'middleware',
  use: (client: unknown, retrieve: Retrieve) => Promise<unknown>,
): Promise<{ readonly seen: unknown; readonly server: WireServer }> {
  const server = await serve((request, index) => {
    if (index === 0) return { toolCalls: [{ name: 'list', arguments: {} }] };
    if (index > 1) return { text: 'I have read all that I need.' };
    const { id, first } = readNotice(request);
    return { toolCalls: [{ name: 'headroom_retrieve', arguments: { id, lines: `${first}-${first + 4}` } }] };
  });
  const { client, compressing, hooks, events } = connect(version, as, { baseURL: server.url });
  const seen = await hooks.run(() => use(client, compressing.retrieveTool));
  const [run] = events.filter((event) => event.type === 'run.end');
  expect(run).toMatchObject({ outcome: 'ok', modelCallCount: 3 });
  expect(events.filter((event) => event.type === 'retrieval.end')).toMatchObject([
    { outcome: 'found', runId: run?.runId },
  ]);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
  assertPaired(events);
  return { seen, server };
}

function readNotice(request: WireRequest): { readonly id: string; readonly first: number } {
  const text = toolResultTexts(request).join('\n');
  const [, id, first] = /headroom_retrieve with id \\?"([0-9a-f]+)\\?" and lines \\?"(\d+)/.exec(text) ?? [];
  if (id === undefined || first === undefined) throw new Error(`There is no notice in: ${text.slice(-400)}`);
  return { id, first: Number(first) };
}

function expectRetrieved([, second, third]: readonly WireRequest[]): void {
  if (second === undefined || third === undefined) throw new Error('Expected three requests.');
  const { first } = readNotice(second);
  const answer = toolResultTexts(third).at(-1) ?? '';
  for (const line of logLines(1_500).slice(first - 1, first + 4)) expect(answer).toContain(line);
  expect(toolResultTexts(third)[0]).toBe(toolResultTexts(second)[0]);
}

async function collect(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

function pathOf(response: Response): string {
  return new URL(response.url).pathname;
}
