import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { generateText, stepCountIs, tool, ToolLoopAgent } from 'ai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Agent } from '../../../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../../src/model/headroom-model.ts';
import { createOtelSink } from '../../../../src/sinks/otel/index.ts';
import { scriptedModel, type ScriptedStep } from '../../../../src/testing.ts';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterEach(() => {
  context.disable();
  trace.disable();
});

const TWO_CALLS: readonly ScriptedStep[] = [
  {
    toolCalls: [
      { toolName: 'ask', input: { about: 'weather' } },
      { toolName: 'ask', input: { about: 'traffic' } },
    ],
  },
  { text: 'Done.' },
];

function rig() {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = tracerProvider.getTracer('application');
  const hooks = createHeadroomHooks({ sinks: [createOtelSink({ tracerProvider, metrics: false })] });

  /** A model whose provider opens a span for its request, as an instrumented HTTP client does. */
  function model(steps: readonly ScriptedStep[]) {
    const script = scriptedModel(steps);
    const requesting =
      <Call, Answer>(call: (options: Call) => Promise<Answer>) =>
      async (options: Call): Promise<Answer> => {
        const span = tracer.startSpan('POST');
        await Promise.resolve();
        span.end();
        return call(options);
      };
    const provider = {
      ...script,
      doGenerate: requesting(script.doGenerate.bind(script)),
      doStream: requesting(script.doStream.bind(script)),
    };
    return new HeadroomModel(provider, { events: hooks.events });
  }

  /** Two of these run at once. Each opens a span, and asks a model in it. */
  const ask = tool({
    inputSchema: z.object({ about: z.string() }),
    execute: ({ about }: { about: string }) =>
      tracer.startActiveSpan(`look up ${about}`, async (span) => {
        await generateText({ model: model([{ text: 'Fine.' }]), prompt: about });
        span.end();
        return 'fine';
      }),
  });

  /** Every span as a path from its root, sorted. */
  function paths(): readonly string[] {
    const spans = exporter.getFinishedSpans();
    const pathOf = (id: string | undefined): readonly string[] => {
      const span = spans.find((candidate) => candidate.spanContext().spanId === id);
      return span === undefined
        ? []
        : [...pathOf(span.parentSpanContext?.spanId), span.name.replace('scripted-model', '')];
    };
    return spans
      .filter(({ name }) => name !== 'headroom.compress')
      .map((span) => pathOf(span.spanContext().spanId).join(' > ').replaceAll('chat ', 'chat'))
      .toSorted();
  }
  return { tracer, hooks, model, ask, paths };
}

const TOOL = 'invoke_agent clerk > execute_tool ask';
/** All of an agent that asks twice at once. */
const ASKED = [
  'invoke_agent clerk',
  'invoke_agent clerk > chat',
  'invoke_agent clerk > chat',
  'invoke_agent clerk > chat > POST',
  'invoke_agent clerk > chat > POST',
  TOOL,
  TOOL,
  ...['weather', 'traffic'].flatMap((about) => [
    `${TOOL} > look up ${about}`,
    `${TOOL} > look up ${about} > chat`,
    `${TOOL} > look up ${about} > chat > POST`,
  ]),
].toSorted();

describe('what is active', () => {
  test('in a provider is the span of its call, in generate and in stream', async () => {
    const { hooks, model, paths } = rig();
    const call = { prompt: [], abortSignal: undefined };
    await model([{ text: 'Fine.' }]).doGenerate(call);
    const { stream } = await model([{ text: 'Fine.' }]).doStream(call);
    for await (const _ of stream as unknown as AsyncIterable<unknown>);
    expect(paths()).toEqual(['chat', 'chat', 'chat > POST', 'chat > POST']);
    await hooks.close();
  });

  test('in a tool of ai 7 is the span of that tool, also where two run at once', async () => {
    const { hooks, model, ask, paths } = rig();
    await generateText({
      model: model(TWO_CALLS),
      tools: { ask },
      prompt: 'Ask.',
      stopWhen: stepCountIs(3),
      telemetry: hooks.telemetry({ functionId: 'clerk' }),
    });
    expect(paths()).toEqual(ASKED);
    await hooks.close();
  });

  test.each(['generate', 'stream'] as const)(
    'in a tool of Agent is the span of that tool, also where two run at once: %s',
    async (method) => {
      const { hooks, model, ask, paths } = rig();
      const { preHook, postHook } = hooks;
      const agent = new Agent({
        id: 'clerk',
        model: model(TWO_CALLS),
        tools: { ask },
        preHooks: [preHook],
        postHooks: [postHook],
      });
      if (method === 'generate') await agent.generate({ prompt: 'Ask.' });
      else await (await agent.stream({ prompt: 'Ask.' })).consumeStream();
      expect(paths()).toEqual(ASKED);
      await hooks.close();
    },
  );

  describe('in a tool that tells how far it is, is the span of that tool at every step', () => {
    test.each(['Agent', 'telemetry'])('%s', async (way) => {
      const { hooks, tracer, model, paths } = rig();
      const count = tool({
        inputSchema: z.object({ about: z.string() }),
        async *execute({ about }: { about: string }) {
          for (const part of ['first', 'second']) {
            tracer.startSpan(`${about} ${part}`).end();
            yield part;
          }
        },
      });
      const { preHook, postHook } = hooks;
      const settings = { id: 'clerk', model: model(TWO_CALLS), tools: { ask: count } };
      const agent =
        way === 'Agent'
          ? new Agent({ ...settings, preHooks: [preHook], postHooks: [postHook] })
          : new ToolLoopAgent({ ...settings, telemetry: hooks.telemetry({ functionId: 'clerk' }) });
      await (await agent.stream({ prompt: 'Ask.' })).consumeStream();
      const steps = ['weather', 'traffic'].flatMap((about) => [
        `${TOOL} > ${about} first`,
        `${TOOL} > ${about} second`,
      ]);
      expect(paths().filter((path) => path.includes('first') || path.includes('second'))).toEqual(steps.toSorted());
      await hooks.close();
    });
  });

  test('in hooks.run is the span of the run, and spans of the application stay in between', async () => {
    const { tracer, hooks, model, paths } = rig();
    await hooks.run(
      () =>
        tracer.startActiveSpan('step one', async (span) => {
          await generateText({ model: model([{ text: 'Fine.' }]), prompt: 'Go.' });
          span.end();
        }),
      { agent: 'clerk' },
    );
    expect(paths()).toEqual([
      'invoke_agent clerk',
      'invoke_agent clerk > step one',
      'invoke_agent clerk > step one > chat',
      'invoke_agent clerk > step one > chat > POST',
    ]);
    await hooks.close();
  });

  test('is left as it is once the sink is closed', async () => {
    const { hooks, model, paths } = rig();
    await hooks.close();
    await model([{ text: 'Fine.' }]).doGenerate({ prompt: [] });
    expect(paths()).toEqual(['POST']);
  });
});
