import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context, trace, TraceFlags } from '@opentelemetry/api';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { activeSpan } from '../../../../src/sinks/otel/index.ts';
import { createPrometheusSink, type ExemplarOf } from '../../../../src/sinks/prometheus/index.ts';
import { recordEvents } from '../../../../src/testing.ts';
import { say, sayAll } from '../scripted-events.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

function exemplified(exemplarOf: ExemplarOf) {
  const events = new EventBus();
  const recorded = recordEvents(events);
  const sink = createPrometheusSink({ exemplarOf });
  sink.attach(events);
  const exemplars = async (): Promise<readonly string[]> =>
    [...(await sink.metrics()).matchAll(/^(\w+)_bucket\S* \S+ # \{(.*)\} (\S+) \S+$/gm)].map(
      ([, name, labels, value]) => `${name} ${labels} ${value}`,
    );
  return { events, sink, exemplars, faults: () => recorded.filter(({ type }) => type === 'fault') };
}

test('durations carry the trace that was active where they were told', async () => {
  const { events, exemplars, sink } = exemplified(activeSpan);
  const span = trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });
  context.with(trace.setSpan(context.active(), span), () => sayAll(events));
  const ids = `trace_id="${traceId}",span_id="${spanId}"`;
  expect(await exemplars()).toEqual([
    `gen_ai_client_inference_duration_seconds ${ids} 1.5`,
    `gen_ai_client_inference_time_to_first_chunk_seconds ${ids} 0.25`,
    `gen_ai_invoke_agent_duration_seconds ${ids} 2.5`,
    `gen_ai_execute_tool_duration_seconds ${ids} 0.03`,
    `headroom_compression_duration_seconds ${ids} 0.004`,
  ]);
  expect(sink.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  const text = await sink.metrics();
  expect(text).toMatch(/# EOF\n$/);
  // Scraped again, a counter still has its name.
  expect(text).toContain('\nheadroom_retrievals_total{outcome="found"} 1\n');
});

test('a span that is not sampled is no example, nor is none', async () => {
  const { events, exemplars } = exemplified(activeSpan);
  const span = trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.NONE });
  context.with(trace.setSpan(context.active(), span), () => sayAll(events));
  sayAll(events);
  expect(await exemplars()).toEqual([]);
});

test.each<[string, ExemplarOf]>([
  ['that throws', () => JSON.parse('{')],
  ['with content for ids', () => ({ traceId: 'the password is swordfish', spanId })],
  ['with ids that are too long', () => ({ traceId: traceId.repeat(9), spanId })],
  ['that is no exemplar', () => ({}) as never],
])('an exemplar %s costs no sample', async (_, exemplarOf) => {
  const { events, exemplars, sink, faults } = exemplified(exemplarOf);
  say(events, 'model.end');
  expect(await exemplars()).toEqual([]);
  expect(await sink.metrics()).toMatch(/^gen_ai_client_inference_duration_seconds_count\S* 1$/m);
  expect(faults()).toEqual([]);
});

test('exemplars are refused in a registry that can not write them', () => {
  const create = () => createPrometheusSink({ registry: new Registry(), exemplarOf: activeSpan });
  expect(create).toThrow(HeadroomError);
  expect(create).toThrow('Registry.OPENMETRICS_CONTENT_TYPE');
});
