import { context, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SamplingDecision,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import type { EndedBy, Outcome } from '../../../../src/events/event.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { createOtelSink, type OtelSinkOptions } from '../../../../src/sinks/otel/index.ts';
import { fixedClock } from '../../../../src/testing.ts';
import { FACTS, say, sayAll } from '../scripted-events.ts';

const START_MS = Date.UTC(2026, 0, 1);

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});

afterEach(() => {
  context.disable();
  trace.disable();
});

function traced(options: OtelSinkOptions = {}) {
  const exporter = new InMemorySpanExporter();
  const started: string[] = [];
  const tracerProvider = new TracerProvider({
    spanProcessors: [
      new SimpleSpanProcessor({ exporter }),
      {
        onStart: (span) => void started.push(span.name),
        onEnd: () => {},
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  const clock = fixedClock(START_MS);
  const events = new EventBus({ clock });
  const sink = createOtelSink({ tracerProvider, ...options });
  const detach = sink.attach(events);
  return {
    tracerProvider,
    clock,
    events,
    sink,
    detach,
    started,
    spans: () => exporter.getFinishedSpans(),
    span: (name: string): ReadableSpan => {
      const found = exporter.getFinishedSpans().find((span) => span.name === name);
      if (found === undefined) throw new Error(`No span ${name}.`);
      return found;
    },
  };
}

test('a run becomes one trace: its compressions, model and tool calls are children of the agent', () => {
  const { events, spans, span } = traced();
  sayAll(events);
  const agent = span('invoke_agent support');
  expect(spans().map(({ name, kind, status }) => [name, kind, status])).toEqual([
    ['headroom.compress', SpanKind.INTERNAL, { code: SpanStatusCode.UNSET }],
    ['chat gpt-5', SpanKind.CLIENT, { code: SpanStatusCode.UNSET }],
    ['execute_tool search', SpanKind.INTERNAL, { code: SpanStatusCode.UNSET }],
    ['invoke_agent support', SpanKind.INTERNAL, { code: SpanStatusCode.UNSET }],
  ]);
  expect(agent.parentSpanContext).toBeUndefined();
  for (const name of ['headroom.compress', 'chat gpt-5', 'execute_tool search']) {
    expect(span(name).parentSpanContext?.spanId).toBe(agent.spanContext().spanId);
  }
});

test('a sampler knows the operation and its names, and spans that it drops are neither written nor ended wrongly', () => {
  const asked = new Map<string, Attributes>();
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    sampler: {
      shouldSample: (...[, , name, , attributes]) => {
        asked.set(name, attributes);
        return {
          decision: name.startsWith('chat') ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
        };
      },
      toString: () => 'calls alone',
    },
  });
  const events = new EventBus();
  const faults: unknown[] = [];
  events.on('fault', (fault) => void faults.push(fault));
  createOtelSink({ tracerProvider }).attach(events);
  for (const type of [
    'run.start',
    'compression.end',
    'model.start',
    'tool.start',
    'tool.end',
    'model.end',
    'run.end',
  ] as const) {
    say(events, type);
  }
  expect(Object.fromEntries(asked)).toEqual({
    'invoke_agent support': {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.agent.name': 'support',
    },
    'headroom.compress': {},
    'chat gpt-5': {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.agent.name': 'support',
    },
    'execute_tool search': {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'search',
      'gen_ai.agent.name': 'support',
    },
  });
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['chat gpt-5']);
  expect(faults).toEqual([]);
});

test('spans carry the attributes of the conventions, and usage stands on the model call alone', () => {
  const { events, span } = traced();
  sayAll(events);
  expect(span('chat gpt-5').attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.request.stream': true,
    'gen_ai.agent.name': 'support',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': 0.25,
    'gen_ai.usage.input_tokens': 1_200,
    'gen_ai.usage.output_tokens': 80,
    'gen_ai.usage.cache_read.input_tokens': 1_000,
    'gen_ai.usage.reasoning.output_tokens': 30,
    'gen_ai.conversation.compacted': true,
    'headroom.run.id': 'run_1',
    'headroom.cost.usd': 0.0125,
    'headroom.cost.saved_usd': 0.0005,
    'headroom.compression.mode': 'optimize',
    'headroom.compression.tool_results': 2,
    'headroom.compression.input_tokens': 1_000,
    'headroom.compression.output_tokens': 400,
    'headroom.compression.saved_tokens': 600,
    'headroom.compression.savings_ratio': 0.6,
    'headroom.compression.strategies': ['json-table'],
    'headroom.compression.duration': 0.004,
  });
  expect(span('execute_tool search').attributes).toEqual({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'search',
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': 'tool_1',
    'gen_ai.agent.name': 'support',
    'headroom.run.id': 'run_1',
  });
  expect(span('invoke_agent support').attributes).toEqual({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.agent.name': 'support',
    'gen_ai.conversation.id': 'session_1',
    'headroom.run.id': 'run_1',
    'headroom.run.steps': 2,
    'headroom.run.model_calls': 1,
    'headroom.run.tool_calls': 1,
    'headroom.run.input_tokens': 1_200,
    'headroom.run.output_tokens': 80,
    'headroom.run.saved_tokens': 600,
  });
});

test('a compression is a span of its own before the call that it was made for, which links to it', () => {
  const { clock, events, span } = traced();
  say(events, 'run.start');
  clock.advance(10);
  say(events, 'compression.end', { durationMs: 4 });
  say(events, 'model.start');
  say(events, 'model.end');
  say(events, 'run.end');
  const compression = span('headroom.compress');
  expect(compression.startTime).toEqual([START_MS / 1000, 6_000_000]);
  expect(compression.endTime).toEqual([START_MS / 1000, 10_000_000]);
  expect(compression.parentSpanContext?.spanId).toBe(span('invoke_agent support').spanContext().spanId);
  expect(span('chat gpt-5').links.map(({ context }) => context.spanId)).toEqual([compression.spanContext().spanId]);
  expect(compression.attributes).toEqual({
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.agent.name': 'support',
    'headroom.run.id': 'run_1',
    'headroom.compression.mode': 'optimize',
    'headroom.compression.loss': 'none',
    'headroom.compression.tool_results': 2,
    'headroom.compression.strategies': ['json-table'],
    'headroom.compression.skip_reasons': ['below-minimum'],
  });
  expect(compression.events.map(({ name, attributes }) => ({ name, attributes }))[0]).toEqual({
    name: 'headroom.compression.result',
    attributes: {
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.call.id': 'tool_1',
      'headroom.result.content_kind': 'json',
      'headroom.result.strategy': 'json-table',
      'headroom.result.reason': 'compressed',
      'headroom.result.input_tokens': 900,
      'headroom.result.output_tokens': 300,
    },
  });
});

test('each tool result is told of once: by the first prompt that has it, and not again by a retry', () => {
  const { events, spans } = traced();
  const [first, second] = FACTS['compression.end'].decisions;
  if (first === undefined || second === undefined) throw new Error('The scripted facts have two results.');
  say(events, 'compression.end', { decisions: [first] });
  say(events, 'compression.end', { decisions: [{ ...first, isNew: false }, second] });
  say(events, 'compression.end', { decisions: [{ ...first, isNew: false }, second], isRetry: true });
  const told = spans().map((span) => span.events.map(({ attributes }) => attributes?.['gen_ai.tool.call.id']));
  expect(told).toEqual([['tool_1'], ['tool_2'], []]);
  expect(spans().map(({ attributes }) => attributes['headroom.compression.retry'])).toEqual([
    undefined,
    undefined,
    true,
  ]);
});

test('a prompt without tool results has no span of compression, and one that was left alone says so', () => {
  const { events, spans } = traced();
  say(events, 'compression.end', { decisions: [], tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 });
  expect(spans()).toEqual([]);
  say(events, 'compression.end', { mode: 'audit' });
  expect(spans().map(({ attributes }) => attributes['headroom.compression.skipped'])).toEqual([true]);
});

test('a span starts when its event happened and lasts as long as its end says', () => {
  const { clock, events, span } = traced();
  clock.advance(1_234.5);
  say(events, 'model.start');
  clock.advance(5_000);
  say(events, 'model.end', { durationMs: 1_500.25 });
  const { startTime, endTime } = span('chat gpt-5');
  expect(startTime).toEqual([START_MS / 1000 + 1, 234_500_000]);
  expect(endTime).toEqual([START_MS / 1000 + 2, 734_750_000]);
});

test.each<{ outcome: Outcome; endedBy: EndedBy; errorType?: string; status: SpanStatusCode; attributes: object }>([
  { outcome: 'ok', endedBy: 'host', status: SpanStatusCode.UNSET, attributes: {} },
  {
    outcome: 'error',
    endedBy: 'host',
    errorType: 'APICallError',
    status: SpanStatusCode.ERROR,
    attributes: { 'headroom.outcome': 'error', 'error.type': 'APICallError' },
  },
  {
    outcome: 'error',
    endedBy: 'host',
    status: SpanStatusCode.ERROR,
    attributes: { 'headroom.outcome': 'error', 'error.type': '_OTHER' },
  },
  {
    outcome: 'aborted',
    endedBy: 'reader',
    errorType: 'AbortError',
    status: SpanStatusCode.UNSET,
    attributes: { 'headroom.outcome': 'aborted', 'headroom.ended_by': 'reader' },
  },
  {
    outcome: 'aborted',
    endedBy: 'time-to-live',
    status: SpanStatusCode.UNSET,
    attributes: { 'headroom.outcome': 'aborted', 'headroom.ended_by': 'time-to-live' },
  },
])('after $outcome, $errorType, by $endedBy, every span is ended and says so', (row) => {
  const { events, spans, started } = traced();
  const { outcome, endedBy, errorType, status, attributes } = row;
  say(events, 'run.start');
  say(events, 'model.start');
  say(events, 'tool.start');
  say(events, 'tool.end', { outcome, endedBy, errorType });
  say(events, 'model.end', { outcome, endedBy, errorType });
  say(events, 'run.end', { outcome, endedBy, errorType });
  expect(spans()).toHaveLength(started.length);
  for (const span of spans()) {
    const { 'headroom.outcome': ended, 'headroom.ended_by': by, 'error.type': type } = span.attributes;
    expect(span.status).toEqual({ code: status });
    expect(known({ 'headroom.outcome': ended, 'headroom.ended_by': by, 'error.type': type })).toEqual(attributes);
  }
});

function known(attributes: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

test('a run that starts within an active span is its child, a nested run the child of its parent run', () => {
  const { tracerProvider, events, span } = traced();
  tracerProvider.getTracer('application').startActiveSpan('GET /answer', (request) => {
    say(events, 'run.start');
    request.end();
  });
  say(events, 'run.start', { runId: 'run_2', parentRunId: 'run_1', agent: 'researcher' });
  say(events, 'model.start', { runId: 'run_2' });
  say(events, 'model.end', { runId: 'run_2' });
  say(events, 'run.end', { runId: 'run_2' });
  say(events, 'run.end');
  const parentOf = (name: string) => span(name).parentSpanContext?.spanId;
  expect(parentOf('invoke_agent support')).toBe(span('GET /answer').spanContext().spanId);
  expect(parentOf('invoke_agent researcher')).toBe(span('invoke_agent support').spanContext().spanId);
  expect(parentOf('chat gpt-5')).toBe(span('invoke_agent researcher').spanContext().spanId);
});

test('what starts while its run has one tool open is the doing of that tool; of several, nothing tells which', () => {
  const { events, span, spans } = traced();
  say(events, 'run.start');
  say(events, 'tool.start', { toolCallId: 'tool_1', toolName: 'research' });
  say(events, 'run.start', { runId: 'run_2', parentRunId: 'run_1', agent: 'researcher' });
  say(events, 'run.end', { runId: 'run_2', agent: 'researcher' });
  say(events, 'model.start', { model: 'inside' });
  say(events, 'model.end', { model: 'inside' });
  say(events, 'tool.start', { toolCallId: 'tool_2', toolName: 'second' });
  say(events, 'model.start', { callId: 'call_2', model: 'beside-two' });
  say(events, 'model.end', { callId: 'call_2', model: 'beside-two' });
  say(events, 'tool.end', { toolCallId: 'tool_2', toolName: 'second' });
  say(events, 'tool.end', { toolCallId: 'tool_1', toolName: 'research' });
  say(events, 'model.start', { callId: 'call_3', model: 'after' });
  say(events, 'model.end', { callId: 'call_3', model: 'after' });
  say(events, 'run.end');
  const parentOf = (name: string) =>
    spans().find((candidate) => candidate.spanContext().spanId === span(name).parentSpanContext?.spanId)?.name;
  expect(parentOf('invoke_agent researcher')).toBe('execute_tool research');
  expect(parentOf('chat inside')).toBe('execute_tool research');
  expect(parentOf('execute_tool second')).toBe('invoke_agent support');
  expect(parentOf('chat beside-two')).toBe('invoke_agent support');
  expect(parentOf('chat after')).toBe('invoke_agent support');
});

test('a model call outside of any run is the child of what is active, or a root', () => {
  const { tracerProvider, events, spans } = traced();
  say(events, 'model.start', { runId: undefined });
  say(events, 'model.end', { runId: undefined });
  tracerProvider.getTracer('application').startActiveSpan('job', (job) => {
    say(events, 'model.start', { runId: undefined });
    say(events, 'model.end', { runId: undefined });
    job.end();
  });
  const [root, child, job] = spans();
  expect(root?.parentSpanContext).toBeUndefined();
  expect(child?.parentSpanContext?.spanId).toBe(job?.spanContext().spanId);
});

test('an audit and a prompt that went through as it was are not called compacted', () => {
  const { events, spans } = traced();
  say(events, 'compression.end', { callId: 'call_a', mode: 'audit' });
  say(events, 'model.start', { callId: 'call_a' });
  say(events, 'model.end', { callId: 'call_a' });
  say(events, 'compression.end', { callId: 'call_b', decisions: [], tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 });
  say(events, 'model.start', { callId: 'call_b' });
  say(events, 'model.end', { callId: 'call_b' });
  const calls = spans().filter(({ name }) => name.startsWith('chat '));
  expect(calls).toHaveLength(2);
  for (const { attributes } of calls) {
    expect(attributes).not.toHaveProperty(['gen_ai.conversation.compacted']);
    expect(attributes).not.toHaveProperty(['headroom.compression.strategies']);
    expect(attributes['headroom.compression.saved_tokens']).toBe(0);
  }
});

test('alerts, retrievals and faults are events of the span of their run, without the message of a fault', () => {
  const { events, span } = traced();
  say(events, 'run.start');
  say(events, 'fault');
  say(events, 'retrieval.end');
  say(events, 'alert.firing');
  say(events, 'alert.resolved');
  say(events, 'run.end');
  expect(span('invoke_agent support').events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
    { name: 'headroom.fault', attributes: { 'headroom.fault.where': 'store', 'error.type': 'TypeError' } },
    {
      name: 'headroom.retrieval.end',
      attributes: { 'headroom.retrieval.outcome': 'found', 'headroom.retrieval.tokens': 120 },
    },
    ...['headroom.alert.firing', 'headroom.alert.resolved'].map((name) => ({
      name,
      attributes: {
        'headroom.alert.id': 'token-threshold:run_1',
        'headroom.alert.rule': 'token-threshold',
        'headroom.alert.severity': 'warning',
        'headroom.alert.scope': 'run',
        'headroom.alert.value': 1_280,
        'headroom.alert.threshold': 1_000,
        'headroom.alert.unit': 'tokens',
      },
    })),
  ]);
});

test.each([
  ['latest', ['gen_ai.usage.cache_write.input_tokens']],
  ['v1.41', ['gen_ai.usage.cache_creation.input_tokens']],
  ['both', ['gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.cache_creation.input_tokens']],
] as const)('semconv %s writes the cache writes as %o', (semconv, names) => {
  const { events, span } = traced({ semconv });
  const usage = {
    inputTokens: 10,
    outputTokens: 1,
    cacheReadTokens: undefined,
    cacheWriteTokens: 5,
    reasoningTokens: undefined,
  };
  say(events, 'model.start');
  say(events, 'model.end', { usage });
  const written = Object.entries(span('chat gpt-5').attributes).filter(([name]) => name.includes('.cache_'));
  expect(written).toEqual(names.map((name) => [name, 5]));
});

test('what is still open is ended as orphaned when the sink is closed, or starts again', async () => {
  const { events, sink, spans, started } = traced();
  say(events, 'run.start');
  say(events, 'run.start');
  say(events, 'model.start');
  say(events, 'tool.start');
  await sink.close?.();
  await sink.close?.();
  expect(spans()).toHaveLength(4);
  expect(started).toHaveLength(4);
  expect(spans().map(({ attributes }) => attributes['headroom.outcome'])).toEqual(
    Array.from({ length: 4 }, () => 'orphaned'),
  );
});

test('at most ten thousand spans are open: one more ends the oldest', () => {
  const { events, spans, detach, started } = traced();
  for (let index = 0; index < 10_005; index++)
    say(events, 'model.start', { runId: undefined, callId: `call_${index}` });
  expect(spans()).toHaveLength(5);
  detach();
  expect(spans()).toHaveLength(started.length);
});

test('an SDK that is registered after the sink was attached gets the spans', () => {
  const exporter = new InMemorySpanExporter();
  const events = new EventBus();
  createOtelSink().attach(events);
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  sayAll(events);
  expect(exporter.getFinishedSpans()).toHaveLength(4);
});

test.each([
  [{ spans: 'full' }],
  [{ spans: 'full', metrics: false }],
  [{ spans: 'enrich', metrics: false }],
  [{ spans: 'off' }],
] as const)('a provider that an older copy of the API registered is warned of, once, with %o', async (options) => {
  const warnings: (string | undefined)[] = [];
  const listener = (warning: Error & { code?: string }) => void warnings.push(warning.code);
  process.on('warning', listener);
  const registry = globalThis as Record<symbol, unknown>;
  const key = Symbol.for('opentelemetry.js.api.1');
  const registered = registry[key];
  const events = new EventBus();
  createOtelSink(options).attach(events);
  // Too early to tell.
  sayAll(events);
  registry[key] = { version: '1.0.0', trace: {}, metrics: {} };
  try {
    sayAll(events);
    sayAll(events);
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual(['HEADROOM_OTEL_API_MISMATCH']);
  } finally {
    registry[key] = registered;
    process.off('warning', listener);
  }
});

describe('enrich', () => {
  test('writes what was compressed on the span of the host, and opens none', () => {
    const { tracerProvider, events, spans } = traced({ spans: 'enrich' });
    tracerProvider.getTracer('host').startActiveSpan('chat of the host', (span) => {
      sayAll(events);
      span.end();
    });
    expect(spans().map(({ name }) => name)).toEqual(['chat of the host']);
    expect(spans()[0]?.attributes).toEqual({
      'gen_ai.conversation.compacted': true,
      'headroom.run.id': 'run_1',
      'headroom.compression.mode': 'optimize',
      'headroom.compression.tool_results': 2,
      'headroom.compression.input_tokens': 1_000,
      'headroom.compression.output_tokens': 400,
      'headroom.compression.saved_tokens': 600,
      'headroom.compression.savings_ratio': 0.6,
      'headroom.compression.strategies': ['json-table'],
      'headroom.compression.duration': 0.004,
    });
    expect(spans()[0]?.events.map(({ name }) => name)).toEqual([
      'headroom.retrieval.end',
      'headroom.alert.firing',
      'headroom.alert.resolved',
      'headroom.fault',
    ]);
  });

  test('does nothing where no span is active', () => {
    const { events, spans, started } = traced({ spans: 'enrich' });
    sayAll(events);
    expect([spans(), started]).toEqual([[], []]);
  });
});

test('no span is opened or written on where spans is off', () => {
  const { tracerProvider, events, spans } = traced({ spans: 'off' });
  tracerProvider.getTracer('host').startActiveSpan('of the host', (span) => {
    sayAll(events);
    span.end();
  });
  expect(spans().map(({ name, attributes, events }) => ({ name, attributes, events }))).toEqual([
    { name: 'of the host', attributes: {}, events: [] },
  ]);
});

test.each([
  [{ tracer: {} }, '"tracer"'],
  [{ meterProvider: {} }, '"meterProvider"'],
  [{ spans: true }, '"spans"'],
  [{ metrics: 'all' }, '"metrics"'],
  [{ maxLabelValues: 0 }, '"maxLabelValues"'],
  [{ tracerProvider: 'global' }, '"tracerProvider"'],
  [{ semconv: 'v1.0' }, '"semconv"'],
  [{ captureContent: 'yes' }, '"captureContent"'],
  [{ redact: /secret/ }, '"redact"'],
  [{ capture: true }, '"capture"'],
])('wrong options are refused while wiring: %o', (options, message) => {
  const create = () => createOtelSink(options as OtelSinkOptions);
  expect(create).toThrow(HeadroomError);
  expect(create).toThrow(message);
});
