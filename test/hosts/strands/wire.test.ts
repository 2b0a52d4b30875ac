import type { Agent, Plugin, Tool } from '@strands-agents/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { requestRows } from '../service-log.ts';
import { until } from '../until.ts';
import { expectSmallerResults } from '../wire/expect-smaller-results.ts';
import type { WireAnswer, WireRequest } from '../wire/scenario.ts';
import { LOOK as LOOK_EVERYWHERE } from '../wire/service-agent.ts';
import { toolResultTexts, withoutToolResultTexts } from '../wire/tool-result-texts.ts';
import { closeServers, EXITS, serve, type Exit } from '../wire/wire-comparison.ts';
import type { WireServer } from '../wire/wire-server.ts';
import { REDACTED, WIRE_MODELS, type WireModel } from './strands-models.ts';
import { historyOf } from './strands-rig.ts';
import { STRANDS_VERSIONS, type StrandsVersion } from './strands-version.ts';

const quiet = (): void => {};
// What Strands says on the console of reasoning that OpenAI is not sent.
for (const { sdk } of STRANDS_VERSIONS) sdk.configureLogging({ debug: quiet, info: quiet, warn: quiet, error: quiet });

afterEach(closeServers);

const QUESTION = 'Why did checkout fail last night?';

const LOOK: WireAnswer = {
  ...LOOK_EVERYWHERE,
  redactedReasoning: REDACTED,
  toolCalls: (LOOK_EVERYWHERE.toolCalls ?? []).filter(({ name }) => name !== 'rows'),
};
const LOOK_AGAIN: WireAnswer = { ...LOOK, toolCalls: [{ name: 'list', arguments: { count: 120 } }] };

for (const wireModel of WIRE_MODELS) {
  const { name, marks, sendsJson, without } = wireModel;
  describe(`${name}, over HTTP`, () => {
    for (const exit of EXITS.filter((exit) => !without.test(exit.name))) {
      it(`sends what it would send without us but for tool results: ${exit.name}`, async () => {
        const scenario = [LOOK, LOOK_AGAIN, exit.last];
        const untouched = await serve(scenario);
        const expected = await play(agentOf(wireModel, untouched), exit, untouched);

        const server = await serve(scenario);
        const { agent, events } = hookedAgentOf(wireModel, server);
        expect(await play(agent, exit, server)).toEqual(expected);

        expect(server.requests).toHaveLength(3);
        expect(server.requests.map(withoutToolResultTexts)).toEqual(untouched.requests.map(withoutToolResultTexts));
        expect(server.requests.map(comparableHeaders)).toEqual(untouched.requests.map(comparableHeaders));
        expect(server.requests[0]?.text).toBe(untouched.requests[0]?.text);
        for (const mark of marks) expect(server.requests.at(-1)?.text).toContain(mark);
        expectSmallerResults(server.requests, untouched.requests);
        expectOneRun(events, exit, wireModel);
      });
    }

    it('sends a result that is JSON in fewer tokens, as a text', async () => {
      const call: WireAnswer = { toolCalls: [{ name: 'rows', arguments: { count: 80 } }] };
      const server = await serve([call, { text: 'One failed.' }]);
      const { agent } = hookedAgentOf(wireModel, server);
      await agent.invoke(QUESTION);
      const [sent = ''] = toolResultTexts(server.requests[1] as WireRequest);
      expect(sent.length).toBeGreaterThan(100);
      expect(sent.length).toBeLessThan(JSON.stringify(requestRows(80)).length * 0.7);
      expect(JSON.stringify(agent.messages)).toContain(JSON.stringify(requestRows(80)).slice(1, -1));
    });

    it('sends a short result that is JSON as Strands sends it', async () => {
      const call: WireAnswer = { toolCalls: [{ name: 'rows', arguments: { count: 0 } }] };
      const server = await serve([call, { text: 'None failed.' }]);
      await hookedAgentOf(wireModel, server).agent.invoke(QUESTION);
      const json = JSON.stringify({ $value: [] });
      const { text = '' } = server.requests[1] ?? {};
      expect(text).toContain(sendsJson ? `{"json":${json}}` : JSON.stringify(json));
    });
  });
}

function agentOf({ version, connect }: WireModel, server: WireServer, plugins: Plugin[] = []): Agent {
  return new version.sdk.Agent({
    model: connect(server.url),
    systemPrompt: 'You look after a shop.',
    tools: toolsOf(version),
    printer: false,
    plugins,
  });
}

function hookedAgentOf(
  wireModel: WireModel,
  server: WireServer,
): { readonly agent: Agent; readonly events: readonly HeadroomEvent[] } {
  const hooks = createHeadroomHooks();
  const headroom = wireModel.version.createHeadroomPlugin({
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
    compression: { loss: 'none' },
  });
  return { agent: agentOf(wireModel, server, [headroom]), events: recordEvents(hooks.events) };
}

/** `list` gives a text, `report` several texts, `rows` JSON. */
function toolsOf({ sdk }: StrandsVersion): Tool[] {
  const { FunctionTool, TextBlock } = sdk;
  const textOf = (count: number): string => JSON.stringify(requestRows(count), undefined, 2);
  const results: Readonly<Record<string, (count: number) => unknown>> = {
    list: textOf,
    report: (count) => [new TextBlock('The requests of last night:'), new TextBlock(textOf(count))],
    rows: (count) => requestRows(count),
  };
  return Object.entries(results).map(
    ([name, resultOf]) =>
      new FunctionTool({
        name,
        description: 'Tells of requests.',
        inputSchema: { type: 'object', properties: { count: { type: 'number' } } },
        callback: (input) => resultOf((input as { readonly count: number }).count) as string,
      }),
  );
}

/** What the caller sees of a run: how it ended, and its conversation. */
async function play(agent: Agent, { how, use }: Exit, server: WireServer): Promise<unknown> {
  const controller = new AbortController();
  const options = { cancelSignal: controller.signal };
  const isLast = (): boolean => server.requests.length === 3;
  try {
    if (how === 'generate') {
      const run = agent.invoke(QUESTION, options);
      if (use === 'abort') {
        await Promise.race([until(isLast), run]);
        controller.abort();
      }
      const { stopReason } = await run;
      return { stopReason, history: historyOf(agent.messages) };
    }
    let stopReason: string | undefined;
    for await (const event of agent.stream(QUESTION, options)) {
      if (event.type === 'agentResultEvent') stopReason = event.result.stopReason;
      const isText = event.type === 'modelStreamUpdateEvent' && event.event.type === 'modelContentBlockDeltaEvent';
      if (!isLast() || !isText) continue;
      if (use === 'leave') break;
      if (use === 'abort') controller.abort();
    }
    return { stopReason, history: historyOf(agent.messages) };
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message, history: historyOf(agent.messages) };
  }
}

const OF_THE_MOMENT = new Set([
  'host',
  'content-length',
  'authorization',
  'x-amz-date',
  'x-amz-content-sha256',
  'amz-sdk-invocation-id',
]);

/** What a request says of itself, without what the connection, the clock and the content decide. */
function comparableHeaders({ headers, method, path }: WireRequest): unknown {
  return { method, path, headers: Object.entries(headers).filter(([name]) => !OF_THE_MOMENT.has(name)) };
}

function expectOneRun(events: readonly HeadroomEvent[], exit: Exit, { provider, tellsCache }: WireModel): void {
  assertPaired(events);
  const { outcome } = exit;
  expect(events.filter((event) => event.type === 'run.end')).toMatchObject([{ outcome, modelCallCount: 3 }]);
  const ends = events.filter((event) => event.type === 'model.end');
  expect(ends.map((end) => end.outcome)).toEqual(['ok', 'ok', outcome]);
  // What Anthropic and Bedrock read from their caches is not in the input that they tell.
  const inputTokens = provider === 'openai' ? 900 : 1_000;
  for (const end of ends.slice(0, 2)) {
    expect(end).toMatchObject({ provider, streaming: true, finishReason: 'tool-calls' });
    expect(end.usage).toMatchObject({ inputTokens, outputTokens: 40, cacheReadTokens: tellsCache ? 100 : undefined });
    expect(end.timeToFirstChunkMs).toBeGreaterThan(0);
  }
  expect(new Set(events.map(({ runId }) => runId)).size).toBe(1);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
}
