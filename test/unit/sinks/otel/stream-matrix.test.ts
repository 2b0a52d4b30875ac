import { setFlagsFromString } from 'node:v8';
import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { Agent } from '../../../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../../src/model/headroom-model.ts';
import { createOtelSink } from '../../../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../../../src/sinks/prometheus/index.ts';
import { assertPaired, fixedClock, recordEvents, scriptedModel, type ScriptedStep } from '../../../../src/testing.ts';
import { metered } from './metered.ts';

const MINUTE_MS = 60_000;

/** Counts what is started and what is ended, besides keeping what is exported. */
function traced() {
  const exporter = new InMemorySpanExporter();
  const counts = { started: 0, ended: 0 };
  const tracerProvider = new TracerProvider({
    spanProcessors: [
      new SimpleSpanProcessor({ exporter }),
      {
        onStart: () => void counts.started++,
        onEnd: () => void counts.ended++,
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  return { exporter, tracerProvider, counts };
}

/** An agent that streams, with everything that listens. */
function rig(steps: readonly ScriptedStep[]) {
  const clock = fixedClock();
  const spans = traced();
  const meter = metered();
  const prometheus = createPrometheusSink();
  const otel = createOtelSink({ tracerProvider: spans.tracerProvider, meterProvider: meter.meterProvider });
  const hooks = createHeadroomHooks({ clock, sinks: [otel, prometheus] });
  const events = recordEvents(hooks.events);
  const model = new HeadroomModel(scriptedModel(steps), { events: hooks.events, clock });
  const agent = new Agent({
    id: 'streamer',
    model,
    maxRetries: 0,
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
  });
  return { ...spans, ...meter, clock, hooks, events, agent, prometheus };
}

type Rig = ReturnType<typeof rig>;

const LONG: readonly ScriptedStep[] = [{ text: 'A long answer in many parts. '.repeat(50) }];
const FAILING: readonly ScriptedStep[] = [{ text: 'It begins', error: new TypeError('connection reset') }];

interface Row {
  readonly exit: string;
  readonly steps: readonly ScriptedStep[];
  readonly read: (rig: Rig) => Promise<void>;
  readonly outcome: 'ok' | 'error' | 'aborted';
  /** Who may have ended the call. */
  readonly endedBy: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    exit: 'finished',
    steps: LONG,
    async read({ agent }) {
      await (await agent.stream({ prompt: 'Go on.' })).consumeStream();
    },
    outcome: 'ok',
    endedBy: ['host'],
  },
  {
    exit: 'failed',
    steps: FAILING,
    async read({ agent }) {
      await (await agent.stream({ prompt: 'Go on.' })).consumeStream({ onError: () => {} });
    },
    outcome: 'error',
    endedBy: ['host'],
  },
  {
    exit: 'aborted',
    steps: LONG,
    async read({ agent }) {
      const abort = new AbortController();
      const { fullStream } = await agent.stream({ prompt: 'Go on.', abortSignal: abort.signal });
      for await (const part of fullStream) if (part.type === 'text-delta') abort.abort();
    },
    outcome: 'aborted',
    endedBy: ['host', 'reader'],
  },
  {
    exit: 'abandoned by its reader',
    steps: LONG,
    async read({ agent }) {
      const { fullStream } = await agent.stream({ prompt: 'Go on.' });
      for await (const part of fullStream) if (part.type === 'text-delta') break;
    },
    outcome: 'aborted',
    endedBy: ['reader', 'time-to-live'],
  },
  {
    exit: 'never read',
    steps: LONG,
    async read({ agent }) {
      await agent.stream({ prompt: 'Go on.' });
    },
    outcome: 'aborted',
    endedBy: ['time-to-live'],
  },
];

describe.each(ROWS)('a stream that is $exit', ({ steps, read, outcome, endedBy }) => {
  async function after() {
    const made = rig(steps);
    await read(made);
    for (let round = 0; round < 20; round++) await setImmediate();
    made.clock.advance(31 * MINUTE_MS);
    for (let round = 0; round < 20; round++) await setImmediate();
    return made;
  }

  test('leaves one span for the call and one for the run, with how they ended', async () => {
    const { exporter, counts } = await after();
    const ended = exporter.getFinishedSpans();
    expect(counts).toEqual({ started: 2, ended: 2 });
    expect(ended.map(({ name }) => name).toSorted()).toEqual([
      expect.stringMatching(/^chat /),
      expect.stringMatching(/^invoke_agent/),
    ]);
    for (const span of ended) expectEnding(span, { outcome, endedBy });
  });

  test('is counted once, with its outcome, in the metrics of both kinds', async () => {
    const { collect, value, prometheus } = await after();
    for (const name of ['gen_ai.client.inference.duration', 'gen_ai.invoke_agent.duration']) {
      const points = (await collect()).get(name)?.points ?? [];
      expect(points.map(({ count, attributes }) => [count, attributes['headroom.outcome']])).toEqual([[1, outcome]]);
      expect(points[0]?.attributes['error.type']).toBe(outcome === 'error' ? 'TypeError' : undefined);
    }
    expect(await value('headroom.runs_active')).toBe(0);
    expect(await prometheus.metrics()).toMatch(/^headroom_runs_active\{[^}]*\} 0$/m);
  });

  test('has one end for each start among the events, and leaves no run open', async () => {
    const { events, hooks } = await after();
    assertPaired(events);
    expect(events.filter(({ type }) => type === 'model.end' || type === 'run.end')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'fault')).toEqual([]);
    expect(hooks.runs.openRunCount).toBe(0);
  });
});

function expectEnding(
  { attributes, status, name }: ReadableSpan,
  { outcome, endedBy }: Pick<Row, 'outcome' | 'endedBy'>,
) {
  expect(attributes['headroom.outcome'] ?? 'ok').toBe(outcome);
  expect(endedBy).toContain(attributes['headroom.ended_by'] ?? 'host');
  expect(status.code).toBe(outcome === 'error' ? SpanStatusCode.ERROR : SpanStatusCode.UNSET);
  expect(attributes['error.type']).toBe(outcome === 'error' ? 'TypeError' : undefined);
  if (name.startsWith('chat') && outcome === 'aborted') {
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['error']);
  }
}

test('ten thousand aborted streams leave no span, run or call open, and memory as it was', async () => {
  const { exporter, tracerProvider, counts } = traced();
  const { meterProvider, value } = metered();
  const hooks = createHeadroomHooks({ sinks: [createOtelSink({ tracerProvider, meterProvider })] });
  const script = scriptedModel(LONG);
  const model = new HeadroomModel(script, { events: hooks.events });

  async function abortOne(): Promise<void> {
    const abort = new AbortController();
    const call = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Go on.' }] }], abortSignal: abort.signal };
    await hooks
      .run(async () => {
        const { stream } = await model.doStream(call);
        const reader = stream.getReader();
        await reader.read();
        abort.abort();
        await reader.cancel();
        abort.signal.throwIfAborted();
      })
      .catch(() => {});
  }

  /** What the test keeps, and not what it tests. */
  function forget(): void {
    exporter.reset();
    (script.calls as unknown[]).length = 0;
  }

  async function abortMany(count: number): Promise<number> {
    for (let index = 0; index < count; index++) {
      await abortOne();
      if (index % 500 === 0) forget();
    }
    forget();
    await setImmediate();
    collectGarbage();
    return process.memoryUsage().heapUsed;
  }

  // As many as ids of runs are remembered: from then on each new one takes the place of an old one.
  const before = await abortMany(10_500);
  const growth = (await abortMany(10_000)) - before;
  expect(counts).toEqual({ started: 41_000, ended: 41_000 });
  expect(hooks.runs.openRunCount).toBe(0);
  expect(await value('headroom.runs_active')).toBe(0);
  expect(growth).toBeLessThan(1_500_000);
  await hooks.close();
  expect(counts.ended).toBe(41_000);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
