import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as ai7 from 'ai';
import * as ai6 from 'ai6';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { EventOf, EventType, HeadroomEvent } from '../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { currentRun, withinRun } from '../../src/hooks/run-scope.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { assertPaired, fixedClock, recordEvents } from '../../src/testing.ts';
import { createAgentRig } from './agent-rig.ts';
import { AI_6, AI_7, type AiSdkVersion } from './ai-sdk-version.ts';
import { scriptedProvider, type Script, type ScriptedProvider } from './scripted-provider.ts';

const clerk: Script = ({ userText, answerCount }) => {
  const [task = '', at = '1'] = userText.split(' at ');
  if (answerCount === 0 && at !== '0')
    return { text: 'I will look.', toolCalls: [{ toolName: 'look', input: { at: 'noon' } }] };
  if (task === 'reject') return { rejection: new TypeError('The provider failed.') };
  if (task === 'error part') return { text: 'So. ', errorPart: new TypeError('The provider failed in the middle.') };
  if (task === 'break') return { text: 'So. ', brokenStream: new TypeError('The connection broke.') };
  if (task === 'hang') return { text: 'So. ', hangs: true };
  return { text: 'The shop is open.' };
};

interface Shop {
  readonly hooks: HeadroomHooks;
  readonly provider: ScriptedProvider;
  readonly events: HeadroomEvent[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly all: <Type extends EventType>(type: Type) => EventOf<Type>[];
}

function createShop({ sdk, specificationVersion }: AiSdkVersion, hooks = createHeadroomHooks()): Shop {
  const provider = scriptedProvider(specificationVersion, clerk);
  const events = recordEvents(hooks.events) as HeadroomEvent[];
  const inputSchema = sdk.jsonSchema({ type: 'object', properties: { at: { type: 'string' } } });
  const look = sdk.tool({ inputSchema, execute: async () => 'open' });
  return {
    hooks,
    provider,
    events,
    settings: { model: provider, tools: { look }, maxRetries: 0, onError: () => {} },
    all: <Type extends EventType>(type: Type) => events.filter((event): event is EventOf<Type> => event.type === type),
  };
}

async function run(
  version: AiSdkVersion,
  settings: Readonly<Record<string, unknown>>,
  how: string,
  call: object,
): Promise<void> {
  const agent = new version.sdk.ToolLoopAgent(settings);
  if (how === 'generate') return void (await agent.generate(call).catch(() => {}));
  try {
    const { fullStream } = await agent.stream(call);
    for await (const part of fullStream) void part;
  } catch {
    // It is in the events.
  }
}

for (const version of [AI_7, AI_6]) {
  describe(`hooks.settings() on ${version.name}`, () => {
    for (const how of ['generate', 'stream'] as const) {
      it(`${how}: keeps every setting and callback of the user's`, async () => {
        const called: string[] = [];
        const note = (name: string) => () => void called.push(name);
        const { settings, hooks, provider, all } = createShop(version);
        const own = {
          ...settings,
          id: 'shopkeeper',
          temperature: 0.5,
          providerOptions: { mine: { tier: 'flex' } },
          prepareCall: (options: object) => {
            called.push('prepareCall');
            return { ...options, topP: 0.9 };
          },
          onStepFinish: note('onStepFinish'),
          onFinish: note('onFinish'),
          ...(version === AI_7
            ? { telemetry: { integrations: [{ onEnd: note('integration') }] } }
            : { experimental_telemetry: { integrations: [{ onFinish: note('integration') }] } }),
        };
        await run(version, own, how, { prompt: 'look' });
        const calledWithoutUs = called.splice(0);
        const wired = hooks.settings(own);
        await run(version, wired, how, { prompt: 'look' });
        expect(called.sort()).toEqual(calledWithoutUs.sort());
        expect(called).toEqual(['integration', 'onFinish', 'onStepFinish', 'onStepFinish', 'prepareCall']);
        const [bare, ours] = [provider.calls[1], provider.calls[3]] as readonly object[];
        expect(ours).toEqual(bare);
        expect(ours).toMatchObject({ temperature: 0.5, topP: 0.9, providerOptions: { mine: { tier: 'flex' } } });
        expect(all('run.end')).toMatchObject([{ agent: 'shopkeeper', outcome: 'ok', stepCount: 2 }]);
        expect(wired).toMatchObject({ model: provider, tools: settings['tools'] });
      });

      it(`${how}: tells how runs of a model ended that nobody wrapped`, async () => {
        const clock = fixedClock();
        const { settings, hooks, all, events } = createShop(version, createHeadroomHooks({ clock }));
        const wired = hooks.settings(settings);
        const outcomes: unknown[] = [];
        for (const prompt of ['look', 'reject at 0', 'reject at 1', 'error part at 0', 'error part at 1']) {
          await run(version, wired, how, { prompt });
          outcomes.push(all('run.end').at(-1)?.outcome);
        }
        expect(outcomes).toEqual(['ok', 'error', 'error', 'error', 'error']);
        expect(all('run.end')[0]).toMatchObject({
          usage: { inputTokens: 200, outputTokens: 20 },
          model: 'scripted-model',
        });
        for (const prompt of ['hang at 0', 'hang at 1']) {
          const abort = new AbortController();
          setTimeout(() => abort.abort(), 40);
          await run(version, wired, how, { prompt, abortSignal: abort.signal });
          expect(all('run.end').at(-1)?.outcome).toBe('aborted');
        }
        expect(all('run.end')).toHaveLength(7);
        assertPaired(events);
      });
    }

    it('tells that a run was aborted while a tool worked', async () => {
      const { settings, hooks, all } = createShop(version);
      const inputSchema = version.sdk.jsonSchema({ type: 'object', properties: {} });
      for (const how of ['generate', 'stream']) {
        const abort = new AbortController();
        const execute = async (): Promise<string> => {
          abort.abort();
          await new Promise((resolve) => setTimeout(resolve, 10));
          return 'open';
        };
        const wired = hooks.settings({ ...settings, tools: { look: version.sdk.tool({ inputSchema, execute }) } });
        await run(version, wired, how, { prompt: 'look', abortSignal: abort.signal });
      }
      expect(all('run.end').map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted']);
      expect(all('tool.start')).toHaveLength(2);
    });

    it('stream: a connection that breaks is seen by a HeadroomModel, or else by a run that is silent', async () => {
      const clock = fixedClock();
      const { settings, hooks, provider, all } = createShop(
        version,
        createHeadroomHooks({ clock, runTimeToLiveMs: 60_000 }),
      );
      const model = new HeadroomModel(provider, { events: hooks.events });
      await run(version, hooks.settings({ ...settings, model }), 'stream', { prompt: 'break at 1' });
      expect(all('run.end')).toMatchObject([{ outcome: 'error', endedBy: 'host', errorType: 'TypeError' }]);
      if (version === AI_7) return;
      await run(version, hooks.settings(settings), 'stream', { prompt: 'break at 1' });
      clock.advance(60_001);
      expect(all('run.end')[1]).toMatchObject({ outcome: 'aborted', endedBy: 'time-to-live' });
    });

    it('counts a call that is tried again as one step, and its failure as none', async () => {
      const { settings, hooks, provider, all } = createShop(version);
      let failures = 1;
      const flaky = {
        ...provider,
        doGenerate: async (call: never) => {
          if (failures-- > 0) throw Object.assign(new Error('Busy.'), RETRYABLE);
          return provider.doGenerate(call);
        },
      };
      await run(version, hooks.settings({ ...settings, model: flaky, maxRetries: 1 }), 'generate', { prompt: 'look' });
      expect(all('run.end')).toMatchObject([{ outcome: 'ok', stepCount: 2 }]);
    }, 20_000);

    it('tells of tools, and by a hash with what they are called', async () => {
      const { settings, hooks, all } = createShop(version);
      await run(version, hooks.settings(settings), 'generate', { prompt: 'look' });
      await run(version, hooks.settings(settings), 'stream', { prompt: 'look' });
      const [generated, streamed] = all('tool.start');
      expect(all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'ok' }, { outcome: 'ok' }]);
      expect(generated?.argumentsHash).toMatch(/\w/);
      expect(streamed?.argumentsHash).toBe(generated?.argumentsHash);
    });

    it('offers headroom_retrieve where something may be left out, and nowhere else', () => {
      const { settings, hooks, provider } = createShop(version);
      const { events } = hooks;
      const toolsOf = (model: unknown, tools: unknown = settings['tools']): readonly string[] =>
        Object.keys((hooks.settings({ model, tools }) as { readonly tools?: object }).tools ?? {});
      expect(toolsOf(new HeadroomModel(provider, { events }))).toEqual(['look', 'headroom_retrieve']);
      expect(toolsOf(new HeadroomModel(provider, { events, loss: 'none' }))).toEqual(['look']);
      expect(toolsOf(new HeadroomModel(provider, { events, mode: 'audit' }))).toEqual(['look']);
      expect(toolsOf(provider)).toEqual(['look']);
      expect(toolsOf(new HeadroomModel(provider, { events }), { headroom_retrieve: {} })).toEqual([
        'headroom_retrieve',
      ]);
      expect(hooks.settings({ model: provider })).not.toHaveProperty('tools');
    });

    it('tells of every run once, however often it is asked to', async () => {
      const { settings, hooks, all } = createShop(version);
      const telemetry = version === AI_7 ? { telemetry: hooks.telemetry() } : {};
      await run(version, hooks.settings(hooks.settings({ ...settings, ...telemetry })), 'generate', { prompt: 'look' });
      expect(all('run.end')).toHaveLength(1);
      const preHooks = [hooks.preHook];
      expect(() => createAgentRig(version, { ...hooks.settings(settings), preHooks })).toThrow('telemetry');
    });

    it('tells of one more run for a call in a run, but for the call that a pre hook opened a run for', async () => {
      const { settings, hooks, all } = createShop(version);
      const agent = new version.sdk.ToolLoopAgent(hooks.settings(settings));
      await hooks.run(async () => agent.generate({ prompt: 'look' }));
      const [inner, outer] = all('run.end');
      expect(inner?.parentRunId).toBe(outer?.runId);
      hooks.preHook.preRun({ runId: 'mine' });
      await withinRun({ runId: 'mine' }, () => agent.generate({ prompt: 'look' }));
      hooks.postHook.postRun({ runId: 'mine', outcome: 'ok' });
      expect(all('run.end').slice(2)).toMatchObject([{ runId: 'mine', toolCallCount: 1 }]);
    });

    it('tells of objects that are generated', async () => {
      const { hooks, all } = createShop(version);
      const provider = scriptedProvider(version.specificationVersion, () => ({ text: '{"open":true}' }));
      const settings = { model: provider as never, schema: z.object({ open: z.boolean() }), prompt: 'Is it open?' };
      const { generateObject } = (version === AI_7 ? ai7 : ai6) as unknown as typeof ai6;
      expect((await generateObject(hooks.settings(settings))).object).toEqual({ open: true });
      expect(all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'stop', usage: { inputTokens: 100 } }]);
    });

    it('throws for what are no settings', () => {
      const { settings } = createHeadroomHooks();
      for (const wrong of [undefined, null, 'gpt', [{}]]) {
        expect(() => settings(wrong as never)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
      }
    });
  });
}

describe('hooks.settings() and the tracing of ai 6', () => {
  afterEach(() => {
    trace.disable();
    context.disable();
  });

  const spansOf = (exporter: InMemorySpanExporter): unknown =>
    exporter.getFinishedSpans().map(({ name, attributes, status, events, parentSpanContext }) => {
      const told = Object.entries(attributes).filter(([key]) => !/\.ms|timestamp|PerSecond|response\.id/i.test(key));
      const names = events.map((event) => event.name);
      return { name, attributes: Object.fromEntries(told), status, names, hasParent: parentSpanContext !== undefined };
    });

  for (const how of ['generate', 'stream']) {
    it(`${how}: spans of the user are what they are without us`, async () => {
      const { settings, hooks, all } = createShop(AI_6);
      const traced = async (isOurs: boolean, isRegistered: boolean): Promise<unknown> => {
        const exporter = new InMemorySpanExporter();
        const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
        context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
        if (isRegistered) trace.setGlobalTracerProvider(provider);
        const tracer = isRegistered ? {} : { tracer: provider.getTracer('mine') };
        const own = { ...settings, experimental_telemetry: { isEnabled: true, functionId: 'shop', ...tracer } };
        for (const prompt of ['look', 'reject at 1'])
          await run(AI_6, isOurs ? hooks.settings(own) : own, how, { prompt });
        trace.disable();
        context.disable();
        return spansOf(exporter);
      };
      for (const isRegistered of [true, false]) {
        const alone = await traced(false, isRegistered);
        expect(alone).toContainEqual(expect.objectContaining({ name: 'ai.toolCall', hasParent: true }));
        expect(await traced(true, isRegistered)).toEqual(alone);
      }
      expect(all('run.end').map(({ outcome, agent }) => [outcome, agent])).toEqual([
        ['ok', 'shop'],
        ['error', 'shop'],
        ['ok', 'shop'],
        ['error', 'shop'],
      ]);
    });
  }

  it('shows no content to spans that nobody asked for, and opens none', async () => {
    const exporter = new InMemorySpanExporter();
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
    const { settings, hooks, all } = createShop(AI_6);
    const inputSchema = z.object({ at: z.string().transform(() => 10n) });
    const look = ai6.tool({ inputSchema, execute: async () => currentRun()?.runId });
    // As JSON, what this tool is called with would throw.
    await run(AI_6, hooks.settings({ ...settings, tools: { look } }), 'generate', { prompt: 'look' });
    expect(all('run.end')).toMatchObject([{ outcome: 'ok', toolCallCount: 1 }]);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});

describe('The types of hooks.settings()', () => {
  it('are those of what it was given', () => {
    const { settings } = createHeadroomHooks();
    const look = ai7.tool({ inputSchema: z.object({ at: z.string() }), execute: async () => 'open' });
    const model = scriptedProvider('v4', clerk) as unknown as ai7.LanguageModel;
    const agent = new ai7.ToolLoopAgent(settings({ model, tools: { look } }));
    expectTypeOf(agent.tools).toEqualTypeOf<{ look: typeof look }>();
    const look6 = ai6.tool({ inputSchema: z.object({ at: z.string() }), execute: async () => 'open' });
    const model6 = scriptedProvider('v3', clerk) as unknown as ai6.LanguageModel;
    const agent6 = new ai6.ToolLoopAgent(
      settings({ model: model6, tools: { look: look6 }, onFinish: ({ totalUsage }) => void totalUsage.inputTokens }),
    );
    expectTypeOf(agent6.tools).toEqualTypeOf<{ look: typeof look6 }>();
    expect(Object.keys(agent6.tools)).toEqual(['look']);
  });
});

/** What makes ai try again: an error of its own kind, by the mark that it knows it by. */
const RETRYABLE = {
  name: 'AI_APICallError',
  isRetryable: true,
  responseHeaders: { 'retry-after-ms': '1' },
  [Symbol.for('vercel.ai.error')]: true,
  [Symbol.for('vercel.ai.error.AI_APICallError')]: true,
};
