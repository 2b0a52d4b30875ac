import { expect } from 'vitest';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import type { LanguageModelLike } from '../../../src/model/language-model.ts';
import { assertPaired, fixedClock, recordEvents } from '../../../src/testing.ts';
import type { LoopAgent } from '../ai-sdk-version.ts';
import { until } from '../until.ts';
import type { WireAnswer, WireRequest, WireScenario, WireStep } from './scenario.ts';
import { ANSWER, LOOK, LOOK_AGAIN } from './service-agent.ts';
import { withoutToolResultTexts } from './tool-result-texts.ts';
import { startWireServer, type WireServer } from './wire-server.ts';
import { expectSmallerResults } from './expect-smaller-results.ts';

/** How a run can go. The last step is where it ends. */
export interface Exit {
  readonly name: string;
  readonly how: 'generate' | 'stream';
  readonly last: WireStep;
  readonly use?: 'abort' | 'leave';
  readonly outcome: 'ok' | 'error' | 'aborted';
}

export const EXITS: readonly Exit[] = [
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

export interface WireSubject {
  readonly model: (baseURL: string) => LanguageModelLike;
  /** What the host puts around the model, ours included. @default nothing */
  readonly around?: (model: LanguageModelLike) => LanguageModelLike;
  readonly agent: (settings: Readonly<Record<string, unknown>>) => LoopAgent;
  /** @default a plain question */
  readonly call?: Readonly<Record<string, unknown>>;
  /** What has to be in the last request, untouched. */
  readonly marks: readonly string[];
  /** What the model says first. @default to look at several things */
  readonly firstAnswer?: WireAnswer;
  /** Whether the provider's package gives tool calls ids by chance, which then differ from run to run. @default false */
  readonly inventsCallIds?: boolean;
}

/** What both runs sent, and what was told of the one with us. */
export interface WireComparison {
  readonly alone: readonly WireRequest[];
  readonly wrapped: readonly WireRequest[];
  readonly events: readonly HeadroomEvent[];
}

const servers: WireServer[] = [];

export async function serve(scenario: WireScenario): Promise<WireServer> {
  const server = await startWireServer(scenario);
  servers.push(server);
  return server;
}

/** For `afterEach`. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/**
 * Plays the same run twice, without us and with us, each against a server of its own, and expects that the requests differ
 * in the texts of tool results alone, that these are smaller, and that the run is told of once.
 */
export async function compareOnTheWire(subject: WireSubject, exit: Exit): Promise<WireComparison> {
  const scenario = [subject.firstAnswer ?? LOOK, LOOK_AGAIN, exit.last];
  const alone = await serve(scenario);
  const around = subject.around ?? ((model: LanguageModelLike) => model);
  await play(subject, { model: around(subject.model(alone.url)) }, exit, alone);

  const wrapped = await serve(scenario);
  const clock = fixedClock();
  const hooks = createHeadroomHooks({ clock });
  const events = recordEvents(hooks.events);
  const model = new HeadroomModel(subject.model(wrapped.url), { events: hooks.events, clock, loss: 'none' });
  const { preHook, postHook } = hooks;
  await play(subject, { model: around(model), preHooks: [preHook], postHooks: [postHook] }, exit, wrapped);
  clock.advance(60 * 60_000);

  const comparable = subject.inventsCallIds === true ? numberIds : (texts: readonly string[]) => texts;
  expect(comparable(wrapped.requests.map(withoutToolResultTexts))).toEqual(
    comparable(alone.requests.map(withoutToolResultTexts)),
  );
  expect(wrapped.requests.map(comparableHeaders)).toEqual(alone.requests.map(comparableHeaders));
  expect(wrapped.requests).toHaveLength(3);
  for (const mark of subject.marks) expect(wrapped.requests.at(-1)?.text).toContain(mark);
  expectSmallerResults(wrapped.requests, alone.requests);
  expectOneRun(events, exit.outcome);
  return { alone: alone.requests, wrapped: wrapped.requests, events };
}

async function play(
  subject: WireSubject,
  settings: Readonly<Record<string, unknown>>,
  exit: Exit,
  server: WireServer,
): Promise<void> {
  const agent = subject.agent(settings);
  const controller = new AbortController();
  const call = { ...(subject.call ?? { prompt: 'Why did checkout fail last night?' }), abortSignal: controller.signal };
  if (exit.how === 'generate') {
    const run = agent.generate(call).catch((error: unknown) => {
      if (exit.outcome === 'ok') throw error;
    });
    if (exit.use === 'abort') {
      await until(() => server.requests.length === 3);
      controller.abort();
    }
    const result = await run;
    if (exit.outcome === 'ok') expect(result?.text).toBe(saidLast(exit));
    return;
  }
  const { fullStream } = await agent.stream(call);
  let stepCount = 0;
  let text = '';
  try {
    for await (const part of fullStream) {
      if (part.type === 'start-step') stepCount += 1;
      if (stepCount < 3 || part.type !== 'text-delta') continue;
      text += part.text ?? '';
      if (exit.use === 'leave') break;
      if (exit.use === 'abort') controller.abort();
    }
  } catch {
    // A broken connection breaks the stream of the host too.
  }
  if (exit.outcome === 'ok') expect(text).toBe(saidLast(exit));
}

function saidLast({ last }: Exit): string | undefined {
  return 'text' in last ? last.text : undefined;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same texts with each id replaced by its place among them: two that were the same stay the same. */
function numberIds(texts: readonly string[]): readonly string[] {
  const numbers = new Map<string, number>();
  return texts.map((text) =>
    text.replaceAll(UUID, (id) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return `<id ${number}>`;
    }),
  );
}

/** What a request says of itself, without what the connection and the content decide. */
function comparableHeaders({ headers, method, path }: WireRequest): unknown {
  const { host: _host, 'content-length': _contentLength, ...others } = headers;
  return { method, path, headers: others };
}

function expectOneRun(events: readonly HeadroomEvent[], outcome: Exit['outcome']): void {
  assertPaired(events);
  expect(events.filter((event) => event.type === 'run.start')).toHaveLength(1);
  expect(events.filter((event) => event.type === 'run.end')).toMatchObject([{ outcome, modelCallCount: 3 }]);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
}
