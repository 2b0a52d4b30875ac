import { describe, expect, it } from 'vitest';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { assertPaired } from '../../../src/testing.ts';
import { requestRows } from '../service-log.ts';
import { until } from '../until.ts';
import type { WireAnswer, WireRequest, WireStep } from '../wire/scenario.ts';
import { toolResultTexts, withoutToolResultTexts } from '../wire/tool-result-texts.ts';
import type { WireServer } from '../wire/wire-server.ts';
import { CLIENT_AGENTS, type ClientAgent, type ResultContent } from './client-agents.ts';
import { closeServersAfterEach, connect, serve, waysOf } from './wire-rig.ts';
import { expectSmallerResults } from '../wire/expect-smaller-results.ts';

closeServersAfterEach();

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
  readonly how: 'generate' | 'stream' | 'leave';
  readonly last: WireStep;
  readonly aborts?: true;
  readonly outcome: 'ok' | 'error' | 'aborted';
}[] = [
  { name: 'generate', how: 'generate', last: ANSWER, outcome: 'ok' },
  { name: 'stream', how: 'stream', last: ANSWER, outcome: 'ok' },
  { name: 'generate, aborted', how: 'generate', last: { silent: true }, aborts: true, outcome: 'aborted' },
  { name: 'stream, aborted', how: 'stream', last: { ...ANSWER, ending: 'hang' }, aborts: true, outcome: 'aborted' },
  { name: 'generate, provider error', how: 'generate', last: { errorStatus: 400, message: 'No.' }, outcome: 'error' },
  { name: 'stream, provider error', how: 'stream', last: { errorStatus: 529, message: 'No.' }, outcome: 'error' },
  { name: 'generate, broken connection', how: 'generate', last: { ...ANSWER, ending: 'disconnect' }, outcome: 'error' },
  { name: 'stream, error event', how: 'stream', last: { ...ANSWER, ending: 'error-event' }, outcome: 'error' },
  { name: 'stream, broken connection', how: 'stream', last: { ...ANSWER, ending: 'disconnect' }, outcome: 'error' },
  { name: 'stream, reader that leaves', how: 'leave', last: { ...ANSWER, chunkDelayMs: 5 }, outcome: 'aborted' },
];

for (const agent of CLIENT_AGENTS) {
  for (const as of waysOf(agent.version)) {
    const driver = `${agent.name} with our ${as}`;
    describe(`${driver}, over HTTP`, () => {
      for (const exit of EXITS) {
        it(`sends what it would send without us but for tool results: ${exit.name}`, async () => {
          const scenario = [LOOK, LOOK_AGAIN, exit.last];
          const untouched = await serve(scenario);
          // The oldest clients come with a fetch of their own, whose headers and errors are others.
          const alone = agent.version.connect({ baseURL: untouched.url, fetch: globalThis.fetch });
          const expected = await play(agent, alone, exit, untouched);

          const server = await serve(scenario);
          const { client, hooks, events } = connect(agent.version, as, { baseURL: server.url }, { loss: 'none' });
          const seen = await hooks.run(() => play(agent, client, exit, server));

          expect(seen).toEqual(expected);
          expect(server.requests).toHaveLength(3);
          expect(server.requests.map(withoutToolResultTexts)).toEqual(untouched.requests.map(withoutToolResultTexts));
          expect(server.requests.map(withoutLiterals)).toEqual(untouched.requests.map(withoutLiterals));
          expect(server.requests.map(comparableHeaders)).toEqual(untouched.requests.map(comparableHeaders));
          for (const { text, headers } of server.requests) {
            expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
          }
          expect(server.requests[0]?.text).toBe(untouched.requests[0]?.text);
          expectSmallerResults(server.requests, untouched.requests);
          expectThreeCalls(events, exit.outcome);
        });
      }
    });
  }
}

/** What the caller sees of a run: its conversation, or its error. */
async function play(
  agent: ClientAgent,
  client: unknown,
  { how, aborts }: (typeof EXITS)[number],
  server: WireServer,
): Promise<unknown> {
  const controller = new AbortController();
  const conversation: unknown[] = [{ role: 'user', content: 'Why did checkout fail last night?' }];
  const tools = ['list', 'report'].map((name) => ({
    name,
    description: 'Tells of requests.',
    schema: { type: 'object', properties: { count: { type: 'number' } } },
  }));
  try {
    for (let step = 0; step < 3; step++) {
      const isLast = step === 2;
      const asked = agent.ask(client, conversation, {
        how: how === 'leave' && !isLast ? 'stream' : how,
        signal: controller.signal,
        tools,
      });
      if (isLast && aborts === true) {
        void until(() => server.requests.length === 3)
          .then(() => new Promise((resolve) => setTimeout(resolve, 30)))
          .then(() => controller.abort());
      }
      const results = (await asked).toolCalls.map(({ id, name, arguments: input }) => ({
        id,
        content: resultOf(name, input),
      }));
      conversation.push(...agent.results(results));
    }
    return { conversation };
  } catch (error) {
    const { name, message, status } = error as Error & { status?: number };
    return { name, message, status, class: (error as Error).constructor.name, conversation };
  }
}

function resultOf(name: string, input: unknown): ResultContent {
  const { count } = (typeof input === 'string' ? JSON.parse(input) : input) as { count: number };
  const text = JSON.stringify(requestRows(count), undefined, 2);
  if (name === 'list') return text;
  return [{ text: 'The requests of last night:' }, { imageBase64: 'iVBORw0KGgo=' }, { text }];
}

/** The very bytes, but for the string literals of tool results. */
function withoutLiterals(request: WireRequest): string {
  let { text } = request;
  for (const result of toolResultTexts(request)) text = text.replace(JSON.stringify(result), '<tool result>');
  return text;
}

/** What a request says of itself, without what the connection and the length decide. */
function comparableHeaders({ headers, method, path }: WireRequest): unknown {
  const { host: _host, 'content-length': _length, ...others } = headers;
  // A key that the clients make up for each request.
  const { 'idempotency-key': _key, ...rest } = others;
  return { method, path, headers: rest };
}

function expectThreeCalls(events: readonly HeadroomEvent[], outcome: 'ok' | 'error' | 'aborted'): void {
  assertPaired(events);
  const ends = events.filter((event) => event.type === 'model.end');
  expect(ends.map((end) => end.outcome)).toEqual(['ok', 'ok', outcome]);
  const [first, second] = ends;
  for (const end of [first, second]) {
    expect(end?.usage).toMatchObject({ outputTokens: 40, cacheReadTokens: 100 });
    expect(end?.finishReason).toBe('tool-calls');
    expect(end?.timeToFirstChunkMs === undefined).toBe(end?.streaming === false);
  }
  const runs = new Set(events.map(({ runId }) => runId));
  expect(runs.size).toBe(1);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
}
