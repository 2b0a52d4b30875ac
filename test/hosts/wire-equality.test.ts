import { afterEach, describe, expect, it } from 'vitest';
import { createAgentClass } from '../../src/adapters/ai-sdk.ts';
import type { HeadroomEvent } from '../../src/events/event.ts';
import { createHeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { assertPaired, fixedClock, recordEvents } from '../../src/testing.ts';
import { AI_6, AI_7, type AiSdkVersion, type LoopAgent } from './ai-sdk-version.ts';
import { requestRows } from './service-log.ts';
import { until } from './until.ts';
import { PROVIDER_APIS, type ProviderApi } from './wire/provider-apis.ts';
import type { WireAnswer, WireRequest, WireScenario, WireStep } from './wire/scenario.ts';
import { toolResultTexts, withoutToolResultTexts } from './wire/tool-result-texts.ts';
import { startWireServer, type WireServer } from './wire/wire-server.ts';

const LOOK: WireAnswer = {
  reasoning: 'The log will tell.',
  redactedReasoning: 'redacted-reasoning',
  text: 'I will look.',
  toolCalls: [
    { name: 'list', arguments: { count: 200 } },
    { name: 'list', arguments: { count: 3 } },
    { name: 'report', arguments: { count: 90 } },
  ],
  usage: { input: 900, output: 40, cached: 100 },
};
const LOOK_AGAIN: WireAnswer = { ...LOOK, toolCalls: [{ name: 'list', arguments: { count: 120 } }] };
const ANSWER: WireAnswer = { reasoning: 'Now I know.', text: 'One request in two hundred failed.' };

/** How a run can go. The last step is where it ends. */
const EXITS: readonly {
  readonly name: string;
  readonly how: 'generate' | 'stream';
  readonly last: WireStep;
  readonly use?: 'abort' | 'leave';
  readonly outcome: 'ok' | 'error' | 'aborted';
}[] = [
  { name: 'generate', how: 'generate', last: ANSWER, outcome: 'ok' },
  { name: 'stream', how: 'stream', last: ANSWER, outcome: 'ok' },
  { name: 'generate, aborted', how: 'generate', last: { silent: true }, use: 'abort', outcome: 'aborted' },
  { name: 'stream, aborted', how: 'stream', last: { ...ANSWER, ending: 'hang' }, use: 'abort', outcome: 'aborted' },
  { name: 'generate, provider error', how: 'generate', last: { errorStatus: 400, message: 'No.' }, outcome: 'error' },
  { name: 'stream, provider error', how: 'stream', last: { errorStatus: 400, message: 'No.' }, outcome: 'error' },
  { name: 'stream, error event', how: 'stream', last: { ...ANSWER, ending: 'error-event' }, outcome: 'error' },
  { name: 'stream, broken connection', how: 'stream', last: { ...ANSWER, ending: 'disconnect' }, outcome: 'error' },
  { name: 'stream, reader that leaves', how: 'stream', last: ANSWER, use: 'leave', outcome: 'aborted' },
];

const servers: WireServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(scenario: WireScenario): Promise<WireServer> {
  const server = await startWireServer(scenario);
  servers.push(server);
  return server;
}

for (const version of [AI_7, AI_6]) {
  for (const api of PROVIDER_APIS) {
    describe(`${version.name}, ${api.name}`, () => {
      for (const exit of EXITS) {
        it(`sends what it would send without us but for tool results: ${exit.name}`, async () => {
          const scenario = [LOOK, LOOK_AGAIN, exit.last];
          const alone = await serve(scenario);
          await play(agentOf(version, api, { model: api.model(version, alone.url) }), exit, alone);

          const wrapped = await serve(scenario);
          const clock = fixedClock();
          const hooks = createHeadroomHooks({ clock });
          const events = recordEvents(hooks.events);
          const model = new HeadroomModel(api.model(version, wrapped.url), {
            events: hooks.events,
            clock,
            loss: 'none',
          });
          const { preHook, postHook } = hooks;
          await play(agentOf(version, api, { model, preHooks: [preHook], postHooks: [postHook] }), exit, wrapped);
          clock.advance(60 * 60_000);

          expect(wrapped.requests.map(withoutToolResultTexts)).toEqual(alone.requests.map(withoutToolResultTexts));
          expect(wrapped.requests.map(comparableHeaders)).toEqual(alone.requests.map(comparableHeaders));
          const lastRequest = wrapped.requests.at(-1);
          expect(wrapped.requests).toHaveLength(3);
          for (const mark of api.marks) expect(lastRequest?.text).toContain(mark);
          expectSmallerResults(wrapped.requests, alone.requests);
          expectOneRun(events, exit.outcome);
        });
      }
    });
  }
}

function agentOf(version: AiSdkVersion, api: ProviderApi, settings: Readonly<Record<string, unknown>>): LoopAgent {
  const { sdk } = version;
  const list = sdk.tool({
    description: 'Lists requests.',
    inputSchema: sdk.jsonSchema({ type: 'object', properties: { count: { type: 'number' } } }),
    execute: async ({ count }: { readonly count: number }) => JSON.stringify(requestRows(count), undefined, 2),
  });
  const report = sdk.tool({
    description: 'Reports on requests.',
    inputSchema: sdk.jsonSchema({ type: 'object', properties: { count: { type: 'number' } } }),
    execute: async ({ count }: { readonly count: number }) => requestRows(count),
    toModelOutput: ({ output }: { readonly output: unknown }) => ({
      type: 'content',
      value: [
        { type: 'text', text: 'The requests of last night:' },
        { type: 'text', text: JSON.stringify(output, undefined, 2) },
      ],
    }),
  });
  const Agent = createAgentClass(sdk.ToolLoopAgent);
  return new Agent({
    instructions: {
      role: 'system',
      content: 'You look after a shop.',
      providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
    },
    tools: { list, report },
    maxRetries: 0,
    onError: () => {},
    providerOptions: api.providerOptions,
    ...settings,
  });
}

async function play(agent: LoopAgent, exit: (typeof EXITS)[number], server: WireServer): Promise<void> {
  const controller = new AbortController();
  const call = { prompt: 'Why did checkout fail last night?', abortSignal: controller.signal };
  if (exit.how === 'generate') {
    const run = agent.generate(call).catch(() => undefined);
    if (exit.use === 'abort') {
      await until(() => server.requests.length === 3);
      controller.abort();
    }
    await run;
    return;
  }
  const { fullStream } = await agent.stream(call);
  let stepCount = 0;
  try {
    for await (const part of fullStream) {
      if (part.type === 'start-step') stepCount += 1;
      if (stepCount < 3 || part.type !== 'text-delta') continue;
      if (exit.use === 'leave') break;
      if (exit.use === 'abort') controller.abort();
    }
  } catch {
    // A broken connection breaks the stream of the host too.
  }
}

/** What a request says of itself, without what the connection decides. */
function comparableHeaders({ headers, method, path }: WireRequest): unknown {
  const { host: _host, 'content-length': _contentLength, ...others } = headers;
  return { method, path, headers: others };
}

function expectSmallerResults(wrapped: readonly WireRequest[], alone: readonly WireRequest[]): void {
  const [first = [], second = [], third = []] = wrapped.map(toolResultTexts);
  const [, secondAlone = [], thirdAlone = []] = alone.map(toolResultTexts);
  expect(first).toEqual([]);
  expect(second).toHaveLength(secondAlone.length);
  expect(third).toHaveLength(thirdAlone.length);
  expect(second.join('').length).toBeLessThan(0.8 * secondAlone.join('').length);
  expect(third.join('').length).toBeLessThan(0.8 * thirdAlone.join('').length);
  // What was sent once is sent the same again, so that the provider's prompt cache holds.
  expect(third.slice(0, second.length)).toEqual(second);
}

function expectOneRun(events: readonly HeadroomEvent[], outcome: 'ok' | 'error' | 'aborted'): void {
  assertPaired(events);
  expect(events.filter((event) => event.type === 'run.start')).toHaveLength(1);
  expect(events.filter((event) => event.type === 'run.end')).toMatchObject([{ outcome, modelCallCount: 3 }]);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
}
