import { describe, expect, it } from 'vitest';
import type { EventOf, EventType, HeadroomEvent } from '../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import type { RetrievalStore } from '../../src/retrieval/store.ts';
import { assertPaired, fixedClock, recordEvents, type FixedClock } from '../../src/testing.ts';
import type { AiSdkVersion } from './ai-sdk-version.ts';
import { scriptedProvider, type Script, type ScriptedAnswer } from './scripted-provider.ts';
import { requestRows } from './service-log.ts';

export interface HostCall {
  readonly prompt: string;
  readonly abortSignal?: AbortSignal;
}

export interface HostAnswer {
  readonly text: string;
  /** The conversation as the host keeps it, as JSON. */
  readonly history: string;
}

/** An agent of one host. */
export interface Host {
  generate(call: HostCall): Promise<HostAnswer>;
  /** Reads the stream to its end, then rejects if it held an error or an abort. */
  stream(call: HostCall): Promise<HostAnswer>;
  /** Reads the stream up to the first text, and leaves. */
  leave(call: HostCall): Promise<void>;
}

export interface HostSetup {
  readonly model: LanguageModelLike;
  readonly tools: Readonly<Record<string, unknown>>;
  /** Left out for the host alone. */
  readonly hooks?: HeadroomHooks;
}

/** A way to use the hooks in one host. */
export interface HostDriver {
  readonly name: string;
  readonly version: AiSdkVersion;
  start(setup: HostSetup): Host;
  /** Whether the host tells of its tools and of why its model stopped. */
  readonly reportsDetails: boolean;
  /** Who notices that a reader has left a stream. */
  readonly abandonedRunsEndBy: 'host' | 'time-to-live';
}

const RUN_TIME_TO_LIVE_MS = 30 * 60_000;

/** The promises that hold in every host, as tests. */
export function testHostContract(driver: HostDriver): void {
  describe(driver.name, () => {
    for (const how of ['generate', 'stream'] as const) {
      it(`${how}: a run that succeeds has one start and one end, with what its calls used and saved`, async () => {
        const rig = createRig(driver);
        const answer = await rig.host[how]({ prompt: 'list 60' });
        expect(answer.text).toBe('There are 60 requests.');
        const end = rig.onlyRunEnd();
        expect(end).toMatchObject({ outcome: 'ok', endedBy: 'host', modelCallCount: 2, stepCount: 2 });
        expect(end.finishReason).toBe(driver.reportsDetails ? 'stop' : undefined);
        expect(end.usage).toMatchObject({ inputTokens: 160, outputTokens: 20 });
        expect(end.savings.tokensSaved).toBeGreaterThan(0);
        expect(end.savings.tokensSaved).toBe(sumOf(rig.all('compression.end').map((event) => event.tokensSaved)));
        expect(end.toolCallCount).toBe(driver.reportsDetails ? 1 : 0);
        expect(runIdsOf(rig.events)).toEqual([end.runId]);
        assertPaired(rig.events);
      });

      it(`${how}: an error of the provider ends the run as an error, and reaches the caller as without us`, async () => {
        for (const prompt of ['reject at 0', 'reject at 1']) {
          const rig = createRig(driver);
          const failure = await failureOf(rig.host[how]({ prompt }));
          expect(failure).toEqual(await failureOf(rig.alone[how]({ prompt })));
          expect(rig.onlyRunEnd(), prompt).toMatchObject({ outcome: 'error', endedBy: 'host' });
          assertPaired(rig.events);
        }
      });

      it(`${how}: a tool that throws does not end the run`, async () => {
        const rig = createRig(driver);
        await rig.host[how]({ prompt: 'break the tool' });
        expect(rig.onlyRunEnd().outcome).toBe('ok');
        const outcomes = rig.all('tool.end').map((event) => event.outcome);
        expect(outcomes).toEqual(driver.reportsDetails ? ['error'] : []);
        assertPaired(rig.events);
      });

      it(`${how}: an abort ends the run as aborted`, async () => {
        for (const prompt of ['hang at 0', 'hang at 1']) {
          const rig = createRig(driver);
          const controller = new AbortController();
          const failure = failureOf(rig.host[how]({ prompt, abortSignal: controller.signal }));
          setTimeout(() => controller.abort(), 60);
          expect((await failure).name).toBe('AbortError');
          expect(rig.onlyRunEnd(), prompt).toMatchObject({ outcome: 'aborted', endedBy: 'host' });
          assertPaired(rig.events);
        }
      });

      it(`${how}: two runs at once on one model are told apart`, async () => {
        const rig = createRig(driver);
        await Promise.all([rig.host[how]({ prompt: 'list 40' }), rig.host[how]({ prompt: 'list 300' })]);
        const ends = rig.all('run.end').sort((a, b) => a.savings.tokensSaved - b.savings.tokensSaved);
        expect(ends.map((end) => end.usage?.inputTokens)).toEqual([140, 400]);
        for (const end of ends) {
          const own = rig.all('compression.end').filter((event) => event.runId === end.runId);
          expect(own).toHaveLength(2);
          expect(end.savings.tokensSaved).toBe(sumOf(own.map((event) => event.tokensSaved)));
        }
        expect(ends[1]?.savings.tokensSaved).toBeGreaterThan(ends[0]?.savings.tokensSaved ?? Infinity);
        assertPaired(rig.events);
      });

      it(`${how}: an agent that works inside a tool has a run of its own, under its parent`, async () => {
        const rig = createRig(driver, { how });
        await rig.host[how]({ prompt: 'delegate list 40' });
        const [inner, outer] = rig.all('run.end');
        expect(inner?.parentRunId).toBe(outer?.runId);
        expect(outer?.parentRunId).toBeUndefined();
        expect(inner?.usage?.inputTokens).toBe(140);
        expect(outer?.usage?.inputTokens).toBe(200);
        expect(inner?.savings.tokensSaved).toBeGreaterThan(0);
        assertPaired(rig.events);
      });

      it(`${how}: the history of the host is what it is without us`, async () => {
        for (const prompt of ['list 60', 'break the tool', 'list 60 twice']) {
          const rig = createRig(driver);
          expect(await rig.host[how]({ prompt })).toEqual(await rig.alone[how]({ prompt }));
        }
      });

      it(`${how}: listeners that throw and a store that is down are nothing to the agent`, async () => {
        const rig = createRig(driver, { store: brokenStore });
        for (const type of ['run.start', 'model.start', 'compression.end', 'model.end', 'tool.end', 'run.end'] as const) {
          rig.hooks.on(type, () => {
            throw new Error('A listener failed.');
          });
          rig.hooks.on(type, () => Promise.reject(new Error('A listener failed later.')));
        }
        const withRetrieve = createRig(driver, { store: brokenStore });
        expect(await rig.host[how]({ prompt: 'list 200' })).toEqual(await withRetrieve.alone[how]({ prompt: 'list 200' }));
        expect(rig.onlyRunEnd().outcome).toBe('ok');
        expect(rig.all('fault').length).toBeGreaterThan(0);
        assertPaired(rig.events);
      });
    }

    it('stream: an error in the middle ends the run as an error', async () => {
      for (const prompt of ['error part at 0', 'error part at 1', 'break stream at 0', 'break stream at 1']) {
        const rig = createRig(driver);
        const failure = await failureOf(rig.host.stream({ prompt }));
        expect(failure).toEqual(await failureOf(rig.alone.stream({ prompt })));
        expect(rig.onlyRunEnd(), prompt).toMatchObject({ outcome: 'error', endedBy: 'host' });
        assertPaired(rig.events);
      }
    });

    it('stream: a run whose reader has left ends all the same', async () => {
      const rig = createRig(driver);
      await rig.host.leave({ prompt: 'talk' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const expected = { endedBy: driver.abandonedRunsEndBy };
      if (driver.abandonedRunsEndBy === 'time-to-live') expect(rig.all('run.end')).toEqual([]);
      rig.clock.advance(RUN_TIME_TO_LIVE_MS + 1);
      expect(rig.onlyRunEnd()).toMatchObject(expected);
      assertPaired(rig.events);
    });
  });
}

interface Rig {
  /** The agent with hooks and a wrapped model. */
  readonly host: Host;
  /** The same agent without us. */
  readonly alone: Host;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
  readonly clock: FixedClock;
  all<Type extends EventType>(type: Type): EventOf<Type>[];
  onlyRunEnd(): EventOf<'run.end'>;
}

function createRig(
  driver: HostDriver,
  options: { readonly store?: RetrievalStore; readonly how?: 'generate' | 'stream' } = {},
): Rig {
  const clock = fixedClock();
  const hooks = createHeadroomHooks({ clock, runTimeToLiveMs: RUN_TIME_TO_LIVE_MS, store: options.store });
  const events = recordEvents(hooks.events);
  const { specificationVersion, sdk } = driver.version;
  const provider = (): LanguageModelLike => scriptedProvider(specificationVersion, script);
  const wrapped = new HeadroomModel(provider(), {
    events: hooks.events,
    clock,
    store: options.store,
    callTimeToLiveMs: RUN_TIME_TO_LIVE_MS,
  });
  const start = (setup: { readonly model: LanguageModelLike; readonly hooks?: HeadroomHooks }): Host => {
    const listing = sdk.tool({
      description: 'Lists requests.',
      inputSchema: sdk.jsonSchema({ type: 'object', properties: { count: { type: 'number' } } }),
      execute: async ({ count }: { readonly count: number }) => JSON.stringify(requestRows(count), undefined, 2),
    });
    const failing = sdk.tool({
      description: 'Fails.',
      inputSchema: sdk.jsonSchema({ type: 'object', properties: {} }),
      execute: async () => {
        throw new Error('The service is down.');
      },
    });
    const delegate = sdk.tool({
      description: 'Hands the task to another agent.',
      inputSchema: sdk.jsonSchema({ type: 'object', properties: { prompt: { type: 'string' } } }),
      execute: async ({ prompt }: { readonly prompt: string }) => {
        const { text } = await driver.start({ ...setup, tools: { list: listing } })[options.how ?? 'generate']({ prompt });
        return text;
      },
    });
    return driver.start({ ...setup, tools: { list: listing, fail: failing, delegate } });
  };
  const all = <Type extends EventType>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return {
    host: start({ model: wrapped, hooks }),
    alone: start({ model: provider() }),
    hooks,
    events,
    clock,
    all,
    onlyRunEnd() {
      const [end, ...more] = all('run.end');
      if (end === undefined || more.length > 0) throw new Error(`Expected one run.end, not ${all('run.end').length}.`);
      expect(all('run.start').map(({ runId }) => runId)).toEqual([end.runId]);
      return end;
    },
  };
}

const brokenStore: RetrievalStore = {
  put: () => Promise.reject(new Error('The store is down.')),
  get: () => Promise.reject(new Error('The store is down.')),
  delete: () => Promise.reject(new Error('The store is down.')),
};

/** One model for all tests: the prompt says what is to happen. */
const script: Script = ({ userText, answerCount }): ScriptedAnswer => {
  const [task = '', count = '0'] = userText.split(/ (?=\d)/);
  const usage = { inputTokens: 50 + Number.parseInt(count, 10) / 2, outputTokens: 10 };
  const list = { toolName: 'list', input: { count: Number.parseInt(count, 10) } };
  const isAt = answerCount === Number.parseInt(count, 10);
  const special = isAt ? failures[task] : undefined;
  if (special !== undefined) return { text: 'Let me see. ', ...special };
  if (task === 'talk') return { text: 'One two three four five six seven eight nine ten.' };
  if (task === 'break the tool' && answerCount === 0) return { toolCalls: [{ toolName: 'fail', input: {} }] };
  if (task === 'delegate list' && answerCount === 0) {
    return { toolCalls: [{ toolName: 'delegate', input: { prompt: `list ${count}` } }] };
  }
  if (task === 'delegate list') return { text: 'The other agent is done.' };
  if (task === 'list' && answerCount === 0) {
    const calls = count.endsWith('twice') ? [list, { ...list, input: { count: 5 } }] : [list];
    return { text: 'I will look.', toolCalls: calls, usage };
  }
  if (task === 'list') return { text: `There are ${count} requests.`, usage };
  return answerCount === 0 ? { toolCalls: [{ ...list, input: { count: 30 } }] } : { text: 'Done.' };
};

const failures: Readonly<Record<string, ScriptedAnswer>> = {
  'reject at': { rejection: new Error('The provider failed.') },
  'hang at': { hangs: true },
  'error part at': { errorPart: new Error('The provider failed in the middle.') },
  'break stream at': { brokenStream: new Error('The connection broke.') },
};

async function failureOf(promise: Promise<unknown>): Promise<{ readonly name: string; readonly message: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('Expected a rejection.');
}

function runIdsOf(events: readonly HeadroomEvent[]): readonly (string | undefined)[] {
  return [...new Set(events.map(({ runId }) => runId))];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
