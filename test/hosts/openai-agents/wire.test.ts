import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { createHeadroomExtension } from '../../../src/adapters/openai-agents.ts';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { logLines, requestRows } from '../service-log.ts';
import { until } from '../until.ts';
import { expectSmallerResults } from '../wire/expect-smaller-results.ts';
import type { WireAnswer, WireRequest, WireStep } from '../wire/scenario.ts';
import { toolResultTexts, withoutToolResultTexts } from '../wire/tool-result-texts.ts';
import { closeServers, serve } from '../wire/wire-comparison.ts';
import type { WireServer } from '../wire/wire-server.ts';
import {
  AGENTS_VERSIONS,
  type AgentsVersion,
  type SdkAgent,
  type SdkProvider,
  type SdkRunner,
} from './agents-version.ts';

afterEach(closeServers);

const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';

const LOOK: WireAnswer = {
  reasoning: 'The log will tell.',
  text: 'I will look.',
  toolCalls: [
    { name: 'list', arguments: { count: 200 } },
    { name: 'list', arguments: { count: 3 } },
    { name: 'rows', arguments: { count: 80 } },
  ],
  usage: { input: 900, output: 40, cached: 100 },
};
const LOOK_AGAIN: WireAnswer = { ...LOOK, toolCalls: [{ name: 'list', arguments: { count: 120 } }] };
const ANSWER: WireAnswer = { reasoning: 'Now I know.', text: 'One request in two hundred failed.' };

/** How a run can go. The last step is where it ends. */
interface Exit {
  readonly name: string;
  readonly stream: boolean;
  readonly last: WireStep;
  readonly use?: 'abort' | 'leave';
  readonly outcome: 'ok' | 'error' | 'aborted';
}

const EXITS: readonly Exit[] = [
  { name: 'generate', stream: false, last: ANSWER, outcome: 'ok' },
  { name: 'stream', stream: true, last: ANSWER, outcome: 'ok' },
  { name: 'generate, aborted', stream: false, last: { silent: true }, use: 'abort', outcome: 'aborted' },
  { name: 'stream, aborted', stream: true, last: { ...ANSWER, ending: 'hang' }, use: 'abort', outcome: 'aborted' },
  { name: 'generate, provider error', stream: false, last: { errorStatus: 400, message: 'No.' }, outcome: 'error' },
  { name: 'stream, provider error', stream: true, last: { errorStatus: 529, message: 'No.' }, outcome: 'error' },
  { name: 'stream, broken connection', stream: true, last: { ...ANSWER, ending: 'disconnect' }, outcome: 'error' },
  {
    name: 'stream, reader that leaves',
    stream: true,
    last: { ...ANSWER, chunkDelayMs: 5 },
    use: 'leave',
    outcome: 'aborted',
  },
];

for (const version of AGENTS_VERSIONS) {
  for (const api of ['responses', 'chat'] as const) {
    describe(`${version.name}, OpenAI's ${api} API over HTTP`, () => {
      it.each(EXITS)('sends what it would send without us but for tool results: $name', async (exit) => {
        const scenario = [api === 'responses' ? withReport(LOOK) : LOOK, LOOK_AGAIN, exit.last];
        const untouched = await serve(scenario);
        const expected = await play(
          new version.Runner(configOf(version, api, untouched)),
          agentOf(version),
          exit,
          untouched,
        );

        const server = await serve(scenario);
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const headroom = createHeadroomExtension({
          preHooks: [hooks.preHook],
          postHooks: [hooks.postHook],
          compression: { loss: 'none' },
        });
        const runner = headroom.attach(new version.Runner(configOf(version, api, server)));
        expect(await play(runner, agentOf(version), exit, server)).toEqual(expected);

        expect(server.requests).toHaveLength(3);
        expect(server.requests.map(withoutToolResultTexts)).toEqual(untouched.requests.map(withoutToolResultTexts));
        expect(server.requests.map(comparableHeaders)).toEqual(untouched.requests.map(comparableHeaders));
        expect(server.requests[0]?.text).toBe(untouched.requests[0]?.text);
        expectSmallerResults(server.requests, untouched.requests);
        if (api === 'responses') {
          for (const mark of ['rs_1', PICTURE]) expect(server.requests[1]?.text).toContain(mark);
        }
        await until(() => events.some(({ type }) => type === 'run.end'));
        expectOneRun(events, exit);
      });

      it.each([false, true])('a model that asks for what was left out gets it, streaming %s', async (stream) => {
        const server = await serve(askForWhatWasLeftOut);
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const headroom = createHeadroomExtension({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
        const runner = headroom.attach(new version.Runner(configOf(version, api, server)));
        const result = await runner.run(agentOf(version, headroom.tools), 'Which requests were slow?', { stream });
        // oxlint-disable-next-line no-unused-vars
        if (stream) for await (const _event of result);
        await result.completed;
        expect(result.finalOutput).toBe('I have read all that I need.');
        const [, second, third] = server.requests;
        const lines = logLines(1_500);
        const { first } = noticeIn(second);
        const answer = textsOf(third).at(-1) ?? '';
        for (const line of lines.slice(first - 1, first + 4)) expect(answer).toContain(line);
        expect(textsOf(third)[0]).toBe(textsOf(second)[0]);
        const [end] = events.filter((event) => event.type === 'run.end');
        expect(events.filter((event) => event.type === 'retrieval.end')).toMatchObject([
          { outcome: 'found', runId: end?.runId },
        ]);
        expect(end).toMatchObject({ outcome: 'ok', toolCallCount: 2, modelCallCount: 3 });
        expect(JSON.stringify(result.history)).toContain(JSON.stringify(lines.join('\n')).slice(1, -1));
        assertPaired(events);
      });
    });
  }
}

function withReport(answer: WireAnswer): WireAnswer {
  return { ...answer, toolCalls: [...(answer.toolCalls ?? []), { name: 'report', arguments: { count: 90 } }] };
}

function configOf(
  { OpenAIProvider }: AgentsVersion,
  api: 'responses' | 'chat',
  { url }: WireServer,
): Readonly<Record<string, unknown>> {
  const openAIClient = new OpenAI({ baseURL: url, apiKey: 'key', maxRetries: 0 });
  const modelProvider: SdkProvider = new OpenAIProvider({ openAIClient, useResponses: api === 'responses' });
  return { tracingDisabled: true, modelProvider };
}

function agentOf({ Agent, tool }: AgentsVersion, tools: readonly unknown[] = []): SdkAgent {
  const definition = (name: string, execute: (count: number) => unknown): unknown =>
    tool({
      name,
      description: 'Tells of requests.',
      strict: false,
      parameters: {
        type: 'object',
        properties: { count: { type: 'number' } },
        required: [],
        additionalProperties: true,
      },
      execute: async ({ count }: { readonly count: number }) => execute(count),
    });
  return new Agent({
    name: 'Shopkeeper',
    instructions: 'You look after a shop.',
    model: 'gpt-5',
    tools: [
      definition('list', (count) => JSON.stringify(requestRows(count), undefined, 2)),
      definition('rows', (count) => requestRows(count)),
      definition('report', (count) => [
        { type: 'text', text: 'The requests of last night:' },
        { type: 'image', image: PICTURE },
        { type: 'text', text: JSON.stringify(requestRows(count), undefined, 2) },
      ]),
      definition('read_log', (count) => logLines(count).join('\n')),
      ...tools,
    ],
  });
}

/** What the caller sees of a run: its history, or its error. */
async function play(runner: SdkRunner, agent: SdkAgent, { stream, use }: Exit, server: WireServer): Promise<unknown> {
  const controller = new AbortController();
  const question = 'Why did checkout fail last night?';
  try {
    const run = runner.run(agent, question, { stream, signal: controller.signal });
    if (use === 'abort') {
      await until(() => server.requests.length === 3);
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.abort();
    }
    const result = await run;
    if (stream) {
      for await (const { data } of result) {
        if (use === 'leave' && server.requests.length === 3 && data?.type === 'output_text_delta') break;
      }
      await result.completed;
    }
    return use === undefined ? { output: result.finalOutput, history: result.history } : {};
  } catch (error) {
    const { name, message, status } = error as Error & { status?: number };
    return { name, message, status, class: (error as Error).constructor.name };
  }
}

/** What a request says of itself, without what the connection and the content decide. */
function comparableHeaders({ headers, method, path }: WireRequest): unknown {
  const { host: _host, 'content-length': _length, 'idempotency-key': _key, ...others } = headers;
  return { method, path, headers: others };
}

function expectOneRun(events: readonly HeadroomEvent[], { outcome, stream }: Exit): void {
  assertPaired(events);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
  expect(events.filter((event) => event.type === 'run.end')).toMatchObject([{ outcome, modelCallCount: 3 }]);
  const calls = events.filter((event) => event.type === 'model.end');
  expect(calls.map((call) => call.outcome)).toEqual(['ok', 'ok', outcome]);
  for (const call of calls.slice(0, 2)) {
    expect(call).toMatchObject({ provider: 'openai', model: 'gpt-5', finishReason: 'tool-calls', streaming: stream });
    expect(call.usage).toMatchObject({ inputTokens: 900, outputTokens: 40, cacheReadTokens: 100 });
    expect(call.timeToFirstChunkMs === undefined).toBe(!stream);
  }
  if (outcome === 'ok') expect(calls[2]?.finishReason).toBe('stop');
}

/** A model that reads what a notice says and asks for the first five lines that were left out. */
function askForWhatWasLeftOut(request: WireRequest, requestIndex: number): WireAnswer {
  if (requestIndex === 0) return { toolCalls: [{ name: 'read_log', arguments: { count: 1_500 } }] };
  if (requestIndex > 1) return { text: 'I have read all that I need.' };
  const { id, first } = noticeIn(request);
  return { toolCalls: [{ name: 'headroom_retrieve', arguments: { id, lines: `${first}-${first + 4}` } }] };
}

function noticeIn(request: WireRequest | undefined): { readonly id: string; readonly first: number } {
  const text = textsOf(request).join('\n');
  const [, id, first] = /headroom_retrieve with id \\?"([0-9a-f]+)\\?" and lines \\?"(\d+)/.exec(text) ?? [];
  if (id === undefined) throw new Error(`There is no notice in: ${text.slice(-400)}`);
  return { id, first: Number(first) };
}

function textsOf(request: WireRequest | undefined): readonly string[] {
  return request === undefined ? [] : toolResultTexts(request);
}
