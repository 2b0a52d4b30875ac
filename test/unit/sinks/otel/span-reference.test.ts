import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import { tellContent } from '../../../../src/events/contents.ts';
import { createOtelSink } from '../../../../src/sinks/otel/index.ts';
import { SPAN_ATTRIBUTES, SPAN_EVENTS, SPANS } from '../../../../src/sinks/otel/span-reference.ts';
import { fixedClock } from '../../../../src/testing.ts';
import { FACTS, say, sayAll } from '../scripted-events.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterAll(() => context.disable());

/** Where each attribute was seen, with the types of its values, after everything that events can tell. */
async function written(): Promise<ReadonlyMap<string, { readonly on: Set<string>; readonly types: Set<string> }>> {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const events = new EventBus({ clock: fixedClock() });
  const sink = createOtelSink({ tracerProvider, semconv: 'both', metrics: false, captureContent: true });
  sink.attach(events);
  say(events, 'run.start');
  const session = { sessionId: 'session_1' };
  const usage = { inputTokens: 10, outputTokens: 2, cacheReadTokens: 4, cacheWriteTokens: 3, reasoningTokens: 1 };
  const failed = { outcome: 'error', endedBy: 'close', errorType: 'Error' } as const;
  say(events, 'compression.end', { ...session, isRetry: true });
  say(events, 'compression.end', { ...session, decisions: FACTS['compression.end'].decisions.slice(1) });
  say(events, 'model.start', session);
  say(events, 'tool.start', session);
  const { callId } = FACTS['model.start'];
  const { toolCallId } = FACTS['tool.start'];
  tellContent(events, () => ({ of: 'prompt', callId, messages: [], instructions: 'Be brief.' }));
  tellContent(events, () => ({ of: 'answer', callId, messages: [] }));
  tellContent(events, () => ({ of: 'arguments', runId: 'run_1', toolCallId, value: {} }));
  tellContent(events, () => ({ of: 'result', runId: 'run_1', toolCallId, value: {} }));
  for (const type of ['retrieval.end', 'alert.firing', 'alert.resolved', 'fault'] as const) say(events, type);
  say(events, 'tool.end', failed);
  say(events, 'model.end', { ...failed, usage, costUsd: 0.02, costSavedUsd: 0.01 });
  say(events, 'run.end', failed);
  sayAll(events);
  await sink.close?.();

  const seen = new Map<string, { readonly on: Set<string>; readonly types: Set<string> }>();
  const see = (place: string, attributes: Readonly<Record<string, unknown>>): void => {
    for (const [name, value] of Object.entries(attributes)) {
      const entry = seen.get(name) ?? { on: new Set(), types: new Set() };
      seen.set(name, entry);
      entry.on.add(place);
      entry.types.add(Array.isArray(value) ? 'string[]' : typeof value);
    }
  };
  for (const span of exporter.getFinishedSpans()) {
    see(span.name.split(' ')[0] ?? '', span.attributes);
    for (const event of span.events) see(event.name, event.attributes ?? {});
  }
  return seen;
}

test('the table lists every attribute that is written, on the spans and events where it is written, and no other', async () => {
  const seen = await written();
  expect([...seen.keys()].toSorted()).toEqual(Object.keys(SPAN_ATTRIBUTES).toSorted());
  for (const [name, { on, types }] of seen) {
    const row = SPAN_ATTRIBUTES[name];
    expect({ name, on: [...on].toSorted() }).toEqual({ name, on: row?.on.toSorted() });
    const type = row?.type === 'int' || row?.type === 'double' ? 'number' : row?.type;
    expect({ name, types: [...types] }).toEqual({ name, types: [type] });
  }
});

test('places are spans and events of the tables', () => {
  const places = new Set(Object.values(SPAN_ATTRIBUTES).flatMap(({ on }) => on));
  expect([...places].toSorted()).toEqual([...Object.keys(SPANS), ...Object.keys(SPAN_EVENTS)].toSorted());
});
