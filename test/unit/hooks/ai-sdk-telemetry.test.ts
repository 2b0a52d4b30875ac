import { generateText, isStepCount, streamText, tool, ToolLoopAgent } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RunEnd, ToolEnd } from '../../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { currentRun, withinRun } from '../../../src/hooks/run-scope.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';

type GenerateResult = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>;
type StreamPart =
  Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;

const usage = {
  inputTokens: { total: 100, noCache: 100, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 10, text: 10, reasoning: 0 },
};

function answer(text: string): GenerateResult {
  return { content: [{ type: 'text', text }], finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] };
}

function toolCall(toolName: string, toolCallId = 'c1'): GenerateResult {
  return {
    content: [{ type: 'tool-call', toolCallId, toolName, input: '{}' }],
    finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
    usage,
    warnings: [],
  };
}

function partsOf({ content, finishReason }: GenerateResult): StreamPart[] {
  const parts = content.flatMap((part): StreamPart[] => {
    if (part.type === 'tool-call') return [part];
    if (part.type !== 'text') return [];
    return [
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: part.text },
      { type: 'text-end', id: 't' },
    ];
  });
  return [{ type: 'stream-start', warnings: [] }, ...parts, { type: 'finish', usage, finishReason }];
}

/** A model that plays its answers one by one; an error is thrown. `seen` has the run of each call. */
function scripted(...script: readonly (GenerateResult | Error)[]) {
  const seen: (string | undefined)[] = [];
  let index = 0;
  const next = (): GenerateResult => {
    seen.push(currentRun()?.runId);
    const step = script[Math.min(index, script.length - 1)];
    index += 1;
    if (step === undefined || step instanceof Error) throw step ?? new Error('No script.');
    return step;
  };
  const model = new MockLanguageModelV4({
    doGenerate: async () => next(),
    doStream: async () => ({ stream: streamOf(partsOf(next())) }),
  });
  return { model, seen };
}

function streamOf(parts: readonly StreamPart[]): ReadableStream<StreamPart> {
  const rest = [...parts];
  return new ReadableStream({
    pull(controller) {
      const part = rest.shift();
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}

function listen() {
  const clock = fixedClock();
  const hooks = createHeadroomHooks({ clock });
  const recorded = recordEvents(hooks.events);
  return {
    clock,
    hooks,
    recorded,
    ends: (): RunEnd[] => recorded.filter((event): event is RunEnd => event.type === 'run.end'),
    toolEnds: (): ToolEnd[] => recorded.filter((event): event is ToolEnd => event.type === 'tool.end'),
  };
}

const search = tool({ description: 'Searches.', inputSchema: z.object({}), execute: async () => 'rows' });

const registry = globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown };
afterEach(() => {
  delete registry.AI_SDK_TELEMETRY_INTEGRATIONS;
});

/** Reads a stream to its end, errors included. */
async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const part of stream) void part;
}

/** One call that asks for a tool and then answers, through each of the ways that ai has. */
const WAYS: readonly [string, (model: MockLanguageModelV4, hooks: HeadroomHooks) => Promise<unknown>][] = [
  [
    'generateText',
    (model, hooks) =>
      generateText({ model, prompt: 'x', tools: { search }, stopWhen: isStepCount(5), telemetry: hooks.telemetry() }),
  ],
  [
    'streamText',
    (model, hooks) =>
      drain(
        streamText({
          model,
          prompt: 'x',
          tools: { search },
          stopWhen: isStepCount(5),
          telemetry: hooks.telemetry(),
          onError: () => {},
        }).fullStream,
      ),
  ],
  [
    'ToolLoopAgent.generate',
    (model, hooks) =>
      new ToolLoopAgent({ model, tools: { search }, telemetry: hooks.telemetry() }).generate({ prompt: 'x' }),
  ],
  [
    'ToolLoopAgent.stream',
    async (model, hooks) => {
      const agent = new ToolLoopAgent({ model, tools: { search }, telemetry: hooks.telemetry(), onError: () => {} });
      await drain((await agent.stream({ prompt: 'x' })).fullStream);
    },
  ],
];

describe.each(WAYS)('the telemetry of ai 7 in %s', (_way, call) => {
  it('tells of one run with its steps, its tools and its usage', async () => {
    const { hooks, recorded, ends, toolEnds } = listen();
    const { model, seen } = scripted(toolCall('search'), answer('done'));
    await call(model, hooks);
    assertPaired(recorded);
    expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'tool.start', 'tool.end', 'run.end']);
    expect(ends()).toMatchObject([
      {
        outcome: 'ok',
        endedBy: 'host',
        finishReason: 'stop',
        stepCount: 2,
        toolCallCount: 1,
        provider: 'mock-provider',
        model: 'mock-model-id',
        usage: { inputTokens: 200, outputTokens: 20 },
      },
    ]);
    expect(toolEnds()).toMatchObject([{ toolCallId: 'c1', toolName: 'search', outcome: 'ok' }]);
    const runId = recorded[0]?.runId;
    expect(seen).toEqual([runId, runId]);
    expect(new Set(recorded.map((event) => event.runId))).toEqual(new Set([runId]));
  });

  it('ends the run as an error when the provider fails', async () => {
    const { hooks, recorded, ends } = listen();
    const { model } = scripted(toolCall('search'), new TypeError('provider down'));
    await Promise.allSettled([call(model, hooks)]);
    assertPaired(recorded);
    expect(ends()).toMatchObject([{ outcome: 'error', errorType: 'TypeError', stepCount: 1 }]);
    expect(JSON.stringify(recorded)).not.toContain('provider down');
  });

  it('ends the run as an error when the model finishes with one', async () => {
    const { hooks, recorded, ends } = listen();
    const broken: GenerateResult = { ...answer('half'), finishReason: { unified: 'error', raw: 'overloaded' } };
    await Promise.allSettled([call(scripted(broken).model, hooks)]);
    assertPaired(recorded);
    expect(ends()).toMatchObject([{ outcome: 'error', finishReason: 'error' }]);
  });

  it('keeps apart the runs of calls that go on at the same time', async () => {
    const { hooks, recorded, ends } = listen();
    const first = scripted(toolCall('search'), toolCall('search', 'c2'), answer('done'));
    const second = scripted(toolCall('search'), answer('done'));
    await Promise.all([call(first.model, hooks), call(second.model, hooks)]);
    assertPaired(recorded);
    expect(new Set(first.seen).size).toBe(1);
    expect(new Set(second.seen).size).toBe(1);
    expect(first.seen[0]).not.toBe(second.seen[0]);
    const steps = new Map(ends().map(({ runId, stepCount }) => [runId, stepCount]));
    expect([steps.get(first.seen[0]), steps.get(second.seen[0])]).toEqual([3, 2]);
  });

  it('joins the run that a pre hook opened for the call, and leaves its end to the post hook', async () => {
    const { hooks, recorded, ends } = listen();
    const { model, seen } = scripted(toolCall('search'), answer('done'));
    const scope = { runId: 'mine', agent: 'support' };
    hooks.preHook.preRun(scope);
    await withinRun(scope, () => call(model, hooks));
    expect(ends()).toEqual([]);
    hooks.postHook.postRun({ ...scope, outcome: 'ok', stepCount: 2 });
    assertPaired(recorded);
    expect(seen).toEqual(['mine', 'mine']);
    expect(ends()).toMatchObject([{ runId: 'mine', stepCount: 2, toolCallCount: 1 }]);
  });
});

const STREAMS = WAYS.filter(([way]) => way.toLowerCase().includes('stream'));

describe.each(STREAMS)('the telemetry of ai 7 in %s', (_way, call) => {
  it('ends the run as an error when the stream holds an error part', async () => {
    const { hooks, recorded, ends } = listen();
    const parts: StreamPart[] = [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'half' },
      { type: 'error', error: new Error('overloaded') },
      { type: 'finish', usage, finishReason: { unified: 'error', raw: 'overloaded' } },
    ];
    const model = new MockLanguageModelV4({ doStream: async () => ({ stream: streamOf(parts) }) });
    await Promise.allSettled([call(model, hooks)]);
    assertPaired(recorded);
    expect(ends()).toMatchObject([{ outcome: 'error', finishReason: 'error' }]);
  });

  it('ends the run as an error when the stream breaks', async () => {
    const { hooks, recorded, ends } = listen();
    const model = new MockLanguageModelV4({
      doStream: async () => ({
        stream: new ReadableStream<StreamPart>({
          start(controller) {
            controller.enqueue({ type: 'stream-start', warnings: [] });
            controller.error(new TypeError('connection lost'));
          },
        }),
      }),
    });
    await Promise.allSettled([call(model, hooks)]);
    assertPaired(recorded);
    expect(ends()).toMatchObject([{ outcome: 'error' }]);
  });
});

describe('the telemetry of ai 7', () => {
  it('ends a run as aborted when its signal aborts, in a stream and out of it', async () => {
    const { hooks, recorded, ends } = listen();
    for (const reason of [undefined, new DOMException('too late', 'TimeoutError')]) {
      for (const way of ['generate', 'stream'] as const) {
        const controller = new AbortController();
        const model = new MockLanguageModelV4({
          doGenerate: async () => {
            controller.abort(reason);
            throw controller.signal.reason;
          },
          doStream: async () => {
            controller.abort(reason);
            throw controller.signal.reason;
          },
        });
        const settings = { model, prompt: 'x', abortSignal: controller.signal, telemetry: hooks.telemetry() };
        const call =
          way === 'generate'
            ? generateText(settings)
            : drain(streamText({ ...settings, onError: () => {} }).fullStream);
        await Promise.allSettled([call]);
      }
    }
    assertPaired(recorded);
    expect(ends().map(({ outcome, endedBy }) => `${outcome} ${endedBy}`)).toEqual(Array(4).fill('aborted host'));
  });

  it('leaves a run whose reader walks away to its time to live', async () => {
    const { hooks, recorded, ends, clock } = listen();
    const { model } = scripted(answer('a long answer'));
    for await (const part of streamText({ model, prompt: 'x', telemetry: hooks.telemetry() }).textStream) {
      if (part !== '') break;
    }
    expect(hooks.runs.openRunCount).toBe(1);
    clock.advance(30 * 60_000);
    assertPaired(recorded);
    expect(ends()).toMatchObject([{ outcome: 'aborted', endedBy: 'time-to-live' }]);
  });

  it('ends a tool that throws as an error, and its run as ok', async () => {
    const { hooks, recorded, ends, toolEnds } = listen();
    const fails = tool({
      description: 'Fails.',
      inputSchema: z.object({}),
      execute: async (): Promise<string> => {
        throw new RangeError('secret of the tool');
      },
    });
    const { model } = scripted(toolCall('fails'), answer('done'));
    await new ToolLoopAgent({ model, tools: { fails }, telemetry: hooks.telemetry() }).generate({ prompt: 'x' });
    assertPaired(recorded);
    expect(toolEnds()).toMatchObject([{ toolName: 'fails', outcome: 'error', errorType: 'RangeError' }]);
    expect(ends()).toMatchObject([{ outcome: 'ok' }]);
    expect(JSON.stringify(recorded)).not.toContain('secret');
  });

  it('makes the run of an agent that a tool calls a child of the run that called the tool', async () => {
    const { hooks, recorded, ends } = listen();
    const inner = scripted(answer('inner'));
    const outer = scripted(toolCall('delegate'), answer('outer'));
    const delegate = tool({
      description: 'Asks another agent.',
      inputSchema: z.object({}),
      execute: async () => {
        const agent = new ToolLoopAgent({ model: inner.model, telemetry: hooks.telemetry({ functionId: 'inner' }) });
        return (await agent.generate({ prompt: 'y' })).text;
      },
    });
    const agent = new ToolLoopAgent({
      model: outer.model,
      tools: { delegate },
      telemetry: hooks.telemetry({ functionId: 'outer' }),
    });
    await agent.generate({ prompt: 'x' });
    assertPaired(recorded);
    const [first, last] = ends();
    expect(first).toMatchObject({ agent: 'inner', runId: inner.seen[0], parentRunId: outer.seen[0] });
    expect(last).toMatchObject({ agent: 'outer', runId: outer.seen[0] });
    expect(outer.seen).toHaveLength(2);
  });

  it('does not take embedding for a run', async () => {
    const { hooks, recorded } = listen();
    const [integration] = hooks.telemetry().integrations;
    integration?.onStart({ callId: 'c', operationId: 'ai.embed' });
    integration?.onEnd({ callId: 'c', operationId: 'ai.embed' });
    expect(recorded).toEqual([]);
  });

  it('does nothing for events of ai 6, which know no call', () => {
    const { hooks, recorded } = listen();
    const [integration] = hooks.telemetry().integrations;
    integration?.onStart({ model: { provider: 'p', modelId: 'm' } });
    expect(recorded).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'event'],
    ['a call that nobody knows', { callId: 'nobody' }],
    ['a call id that is no text', { callId: { toString: null } }],
    [
      'an event that throws when it is read',
      {
        get callId(): string {
          throw new Error('no');
        },
      },
    ],
  ])('does not throw when it is told %s', async (_what, event) => {
    const { hooks } = listen();
    const { executeTool, executeLanguageModelCall, ...listeners } = hooks.telemetry().integrations[0] ?? {};
    expect(Object.keys(listeners)).toHaveLength(9);
    for (const listener of Object.values(listeners)) expect(listener(event)).toBeUndefined();
    for (const execute of [executeTool, executeLanguageModelCall]) {
      expect(await execute?.({ callId: 'nobody', execute: async () => 7 })).toBe(7);
    }
  });

  it('lets the error of a model or a tool through as it is', async () => {
    const { hooks } = listen();
    const error = new Error('mine');
    const integration = hooks.telemetry().integrations[0];
    integration?.onStart({ callId: 'c', operationId: 'ai.generateText' });
    await expect(integration?.executeTool({ callId: 'c', execute: () => Promise.reject(error) })).rejects.toBe(error);
  });

  describe('keeps other integrations alive:', () => {
    const starts = (log: string[], name: string) => ({ onStart: () => void log.push(name) });

    it('those that are registered for the process, after ours was made too', async () => {
      const { hooks, recorded } = listen();
      const log: string[] = [];
      const telemetry = hooks.telemetry();
      registry.AI_SDK_TELEMETRY_INTEGRATIONS = [starts(log, 'registered')];
      await new ToolLoopAgent({ model: scripted(answer('done')).model, telemetry }).generate({ prompt: 'x' });
      expect(log).toEqual(['registered']);
      assertPaired(recorded);
      expect(recorded).toHaveLength(2);
    });

    it('those of the same call, in place of the registered ones as ai has it', async () => {
      const { hooks, recorded } = listen();
      const log: string[] = [];
      registry.AI_SDK_TELEMETRY_INTEGRATIONS = [starts(log, 'registered')];
      for (const integrations of [starts(log, 'one'), [starts(log, 'two'), starts(log, 'three')]]) {
        const telemetry = hooks.telemetry({ integrations, functionId: 'support', recordInputs: false });
        await generateText({ model: scripted(answer('done')).model, prompt: 'x', telemetry });
      }
      expect(log).toEqual(['one', 'two', 'three']);
      expect(recorded.filter(({ type }) => type === 'run.end')).toMatchObject([
        { agent: 'support' },
        { agent: 'support' },
      ]);
    });

    it('but tells of a run once when it is registered itself', async () => {
      const { hooks, recorded } = listen();
      registry.AI_SDK_TELEMETRY_INTEGRATIONS = hooks.telemetry().integrations;
      await generateText({ model: scripted(answer('done')).model, prompt: 'x' });
      await generateText({ model: scripted(answer('done')).model, prompt: 'x', telemetry: hooks.telemetry() });
      expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'run.end', 'run.start', 'run.end']);
    });

    it('and two pairs of hooks each hear of the run', async () => {
      const one = listen();
      const two = listen();
      const telemetry = two.hooks.telemetry({ integrations: one.hooks.telemetry().integrations });
      await generateText({ model: scripted(answer('done')).model, prompt: 'x', telemetry });
      for (const { recorded } of [one, two]) expect(recorded).toHaveLength(2);
    });
  });

  it('keeps the settings of ai that it is given', () => {
    const { hooks } = listen();
    expect(hooks.telemetry({ functionId: 'support', recordOutputs: false })).toMatchObject({
      functionId: 'support',
      recordOutputs: false,
    });
    expect({ ...hooks.telemetry(), isEnabled: true }.integrations).toHaveLength(1);
  });
});
