import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HeadroomEvent } from '../../src/events/event.ts';
import { createHeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { createOtelSink } from '../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { assertPaired, recordEvents } from '../../src/testing.ts';
import { costByPrices } from '../../src/tokens/prices.ts';
import { parseSamples, sumOf } from '../unit/sinks/prometheus/prometheus-text.ts';
import { metered } from '../unit/sinks/otel/metered.ts';
import { createAgentTeam, TEAM_PRICES } from './agent-team.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterAll(() => context.disable());

test('one team of agents: the bill, events, both kinds of metrics, spans and the ends of runs tell the same numbers', async () => {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const meter = metered();
  const otel = createOtelSink({ tracerProvider, meterProvider: meter.meterProvider });
  const prometheus = createPrometheusSink();
  const hooks = createHeadroomHooks({ sinks: [prometheus, otel], prices: TEAM_PRICES });
  const events = recordEvents(hooks.events);
  const team = createAgentTeam(hooks);
  const { text } = await team.manager.generate({ prompt: 'What went wrong?' });
  expect(text).toBe('It was the till.');
  assertPaired(events);
  expect(events.filter(({ type }) => type === 'fault')).toEqual([]);

  const samples = parseSamples(await prometheus.metrics());
  const counted = (name: string, labels = {}) => sumOf(samples, name, labels);
  const calls = of(events, 'model.end');
  const prompts = of(events, 'compression.end');
  const tools = of(events, 'tool.end');
  const runs = of(events, 'run.end');
  const spans = exporter.getFinishedSpans();
  const chats = spans.filter(({ name }) => name.startsWith('chat '));
  const recorded = await meter.collect();
  const inSpans = (attribute: string): number => sum(chats, ({ attributes }) => numberOf(attributes[attribute]));
  const inMetrics = (name: string): number => sum(recorded.get(name)?.points ?? [], ({ value }) => value);

  // A retry is a call of its own, which nobody billed.
  expect(team.bill).toHaveLength(5);
  expect(calls).toHaveLength(6);
  expect(team.callCount()).toBe(6);
  expect(counted('gen_ai_client_inference_duration_seconds_count')).toBe(6);
  expect(counted('gen_ai_client_inference_duration_seconds_count', { error_type: 'AI_APICallError' })).toBe(1);
  expect(prompts.filter(({ isRetry }) => isRetry)).toHaveLength(1);
  expect(sum(runs, (run) => run.modelCallCount)).toBe(6);

  for (const [metric, key] of [
    ['input', 'inputTokens'],
    ['output', 'outputTokens'],
    ['cache_read_input', 'cacheReadTokens'],
    ['cache_write_input', 'cacheWriteTokens'],
    ['reasoning_output', 'reasoningTokens'],
  ] as const) {
    const billed = sum(team.bill, ({ usage }) => usage[key]);
    expect(billed).toBeGreaterThan(0);
    expect(sum(calls, ({ usage }) => usage?.[key])).toBe(billed);
    expect(sum(runs, ({ usage }) => usage?.[key])).toBe(billed);
    expect(counted(`gen_ai_client_inference_usage_${metric}_tokens_total`)).toBe(billed);
    const name = metric.replace(/_(?=input|output)/, '.');
    expect(inMetrics(`gen_ai.client.inference.usage.${name}_tokens`)).toBe(billed);
    expect(inSpans(`gen_ai.usage.${name}_tokens`)).toBe(billed);
    // Usage stands on the leaf alone: a sum over all spans counts nothing twice.
    expect(sum(spans, ({ attributes }) => numberOf(attributes[`gen_ai.usage.${name}_tokens`]))).toBe(billed);
    for (const model of ['manager-1', 'researcher-2']) {
      const lines = team.bill.filter((line) => line.model === model);
      const ofModel = counted(`gen_ai_client_inference_usage_${metric}_tokens_total`, { gen_ai_request_model: model });
      expect(ofModel).toBe(sum(lines, ({ usage }) => usage[key]));
    }
  }

  // What was saved is counted with the first attempt, and once.
  const sent = prompts.filter(({ isRetry }) => !isRetry);
  for (const [metric, key] of [
    ['input', 'tokensBefore'],
    ['output', 'tokensAfter'],
    ['saved', 'tokensSaved'],
  ] as const) {
    const tokens = sum(sent, (prompt) => prompt[key]);
    expect(tokens).toBeGreaterThan(0);
    expect(sum(runs, ({ savings }) => savings[key])).toBe(tokens);
    expect(counted(`headroom_compression_${metric}_tokens_total`)).toBe(tokens);
    expect(counted(`headroom_tool_results_${metric}_tokens_total`)).toBe(tokens);
    expect(inMetrics(`headroom.compression.${metric}_tokens`)).toBe(tokens);
    expect(sum(prompts, (prompt) => prompt[key])).toBe(inSpans(`headroom.compression.${metric}_tokens`));
  }
  expect(sum(team.models, (model) => model.totalTokensSaved)).toBe(sum(sent, ({ tokensSaved }) => tokensSaved));
  for (const run of runs) {
    const labels = { gen_ai_agent_name: run.agent ?? 'unknown' };
    expect(counted('headroom_compression_saved_tokens_total', labels)).toBe(run.savings.tokensSaved);
  }

  const costOf = costByPrices(TEAM_PRICES);
  const cost = sum(team.bill, ({ model, usage }) => {
    const all = { cacheReadTokens: undefined, cacheWriteTokens: undefined, reasoningTokens: undefined, ...usage };
    return costOf({ provider: 'scripted.chat', model, usage: all });
  });
  expect(cost).toBeGreaterThan(0);
  expect(sum(calls, ({ costUsd }) => costUsd)).toBeCloseTo(cost, 12);
  expect(sum(runs, ({ costUsd }) => costUsd)).toBeCloseTo(cost, 12);
  expect(counted('headroom_cost_usd_total')).toBeCloseTo(cost, 12);
  expect(inSpans('headroom.cost.usd')).toBeCloseTo(cost, 12);
  const saved = sum(calls, ({ costSavedUsd }) => costSavedUsd);
  expect(saved).toBeGreaterThan(0);
  expect(sum(runs, ({ costSavedUsd }) => costSavedUsd)).toBeCloseTo(saved, 12);
  expect(counted('headroom_cost_saved_usd_total')).toBeCloseTo(saved, 12);
  // Never more than plain input would have cost.
  expect(saved).toBeLessThan((3 * sum(sent, ({ tokensSaved }) => tokensSaved)) / 1e6);
  expect(counted('headroom_cost_unknown_total')).toBe(0);

  expect(inSpans('headroom.cost.saved_usd')).toBeCloseTo(saved, 12);

  expect(tools).toHaveLength(5);
  expect(chats).toHaveLength(6);
  expect(spans.filter(({ name }) => name.startsWith('execute_tool '))).toHaveLength(5);
  // Though several tools of the manager are at work.
  expect(spans.filter(({ name }) => name.startsWith('invoke_agent')).map(parentNameIn(spans))).toEqual([
    'execute_tool ask_researcher',
    undefined,
  ]);
  expect(counted('gen_ai_execute_tool_duration_seconds_count')).toBe(5);
  expect(counted('gen_ai_execute_tool_duration_seconds_count', { gen_ai_tool_name: 'read_log' })).toBe(2);
  expect(sum(runs, (run) => run.toolCallCount)).toBe(5);
  expect(counted('gen_ai_invoke_agent_tool_calls_sum')).toBe(5);
  expect(counted('gen_ai_invoke_agent_inference_calls_sum')).toBe(6);
  expect(runs.map(({ agent, outcome }) => [agent, outcome])).toEqual([
    ['researcher', 'ok'],
    ['manager', 'ok'],
  ]);
  expect(counted('headroom_runs_active')).toBe(0);
  expect(counted('headroom_model_calls_active')).toBe(0);
  await hooks.close();
});

function of<Type extends HeadroomEvent['type']>(events: readonly HeadroomEvent[], type: Type) {
  return events.filter((event): event is Extract<HeadroomEvent, { type: Type }> => event.type === type);
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number | undefined): number {
  return items.reduce((total, item) => total + (valueOf(item) ?? 0), 0);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function parentNameIn(spans: readonly ReadableSpan[]) {
  return ({ parentSpanContext }: ReadableSpan): string | undefined =>
    spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId)?.name;
}
