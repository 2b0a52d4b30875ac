import { Counter, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { DECISION_REASONS } from '../../../../src/compression/decision.ts';
import { EventBus } from '../../../../src/events/bus.ts';
import type { CompressionDecision } from '../../../../src/events/event.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import {
  createPrometheusSink,
  METRIC_NAMES,
  METRICS,
  type MetricName,
} from '../../../../src/sinks/prometheus/index.ts';
import { SKIP_REASONS } from '../../../../src/sinks/metrics/record-events.ts';
import { FACTS, say, sayAll } from '../scripted-events.ts';
import { lintMetrics, parseSamples, sumOf, type Sample } from './prometheus-text.ts';

function counted(options: Parameters<typeof createPrometheusSink>[0] = {}) {
  const events = new EventBus();
  const sink = createPrometheusSink(options);
  const detach = sink.attach(events);
  const samples = async (): Promise<readonly Sample[]> => parseSamples(await sink.metrics());
  const sum = async (name: string, labels: Sample['labels'] = {}) => sumOf(await samples(), name, labels);
  return { events, sink, detach, samples, sum };
}

const CALL = {
  gen_ai_operation_name: 'chat',
  gen_ai_provider_name: 'openai',
  gen_ai_request_model: 'gpt-5',
  gen_ai_agent_name: 'support',
};
const USAGE = { ...CALL, gen_ai_token_modality: 'unknown' };
const MODEL = { gen_ai_operation_name: 'chat', gen_ai_provider_name: 'openai', gen_ai_request_model: 'gpt-5' };
const SEARCH = { gen_ai_tool_name: 'search', headroom_compression_strategy: 'json-table' };
const READ_FILE = { gen_ai_tool_name: 'read_file', headroom_compression_strategy: 'none' };
const OK = { headroom_outcome: 'ok', error_type: '' };
const AGENT = { gen_ai_agent_name: 'support' };
const ALERT = { alertname: 'token-threshold', severity: 'warning' };

/** The samples of each metric after one run; of a histogram its count and its sum. What is zero is left out. */
const AFTER_ONE_RUN: { readonly [Name in MetricName]: readonly (readonly [Sample['labels'], ...number[]])[] } = {
  gen_ai_client_inference_duration_seconds: [[{ ...CALL, ...OK }, 1, 1.5]],
  gen_ai_client_inference_time_to_first_chunk_seconds: [[MODEL, 1, 0.25]],
  gen_ai_client_inference_usage_input_tokens_total: [[USAGE, 1_200]],
  gen_ai_client_inference_usage_output_tokens_total: [[USAGE, 80]],
  gen_ai_client_inference_usage_cache_read_input_tokens_total: [[USAGE, 1_000]],
  gen_ai_client_inference_usage_cache_write_input_tokens_total: [],
  gen_ai_client_inference_usage_reasoning_output_tokens_total: [[USAGE, 30]],
  gen_ai_client_inference_operation_input_tokens: [[MODEL, 1, 1_200]],
  gen_ai_client_inference_operation_output_tokens: [[MODEL, 1, 80]],
  gen_ai_invoke_agent_duration_seconds: [[{ ...AGENT, ...OK }, 1, 2.5]],
  gen_ai_invoke_agent_inference_calls: [[AGENT, 1, 1]],
  gen_ai_invoke_agent_tool_calls: [[AGENT, 1, 1]],
  gen_ai_execute_tool_duration_seconds: [[{ gen_ai_tool_name: 'search', ...OK }, 1, 0.03]],
  headroom_compression_input_tokens_total: [[CALL, 1_000]],
  headroom_compression_output_tokens_total: [[CALL, 400]],
  headroom_compression_saved_tokens_total: [[CALL, 600]],
  headroom_tool_results_input_tokens_total: [
    [SEARCH, 900],
    [READ_FILE, 100],
  ],
  headroom_tool_results_output_tokens_total: [
    [SEARCH, 300],
    [READ_FILE, 100],
  ],
  headroom_tool_results_saved_tokens_total: [[SEARCH, 600]],
  headroom_compression_savings_ratio: [[AGENT, 1, 0.6]],
  headroom_compression_duration_seconds: [[AGENT, 1, 0.004]],
  headroom_compression_skipped_total: [[{ reason: 'below-minimum' }, 1]],
  headroom_retrievals_total: [[{ outcome: 'found' }, 1]],
  headroom_retrieved_tokens_total: [[AGENT, 120]],
  headroom_cost_usd_total: [[CALL, 0.0125]],
  headroom_cost_saved_usd_total: [[CALL, 0.0005]],
  headroom_cost_unknown_total: [],
  headroom_budget_used_ratio: [
    [
      {
        budget: 'day-budget',
        gen_ai_provider_name: '',
        gen_ai_request_model: '',
        gen_ai_agent_name: 'support',
        gen_ai_tool_name: '',
      },
      0.25,
    ],
  ],
  headroom_context_window_used_ratio: [[AGENT, 1, 0.64]],
  headroom_alerts_firing: [],
  headroom_alerts_total: [
    [{ ...ALERT, state: 'firing' }, 1],
    [{ ...ALERT, state: 'resolved' }, 1],
  ],
  headroom_alert_delivery_failures_total: [],
  headroom_faults_total: [[{ where: 'store' }, 1]],
  headroom_listener_errors_total: [],
  headroom_model_calls_active: [],
  headroom_runs_active: [],
  headroom_label_overflow_total: [],
  headroom_build_info: [[{ version: '0.1.0' }, 1]],
};

test.each(METRIC_NAMES)('%s tells one run as it was', async (name) => {
  const { events, samples } = counted();
  sayAll(events);
  const all = await samples();
  const valuesOf = (suffix: string) => all.filter((sample) => sample.name === `${name}${suffix}` && sample.value !== 0);
  const found =
    METRICS[name].kind === 'histogram'
      ? valuesOf('_count').map(({ labels, value }) => [labels, value, sumOf(all, `${name}_sum`, labels)])
      : valuesOf('').map(({ labels, value }) => [labels, value]);
  expect(found).toEqual(AFTER_ONE_RUN[name]);
});

test('the text obeys the rules of promtool', async () => {
  const { events, sink } = counted();
  sayAll(events);
  const text = await sink.metrics();
  expect(lintMetrics(text)).toEqual([]);
  expect(text.match(/^# TYPE /gm)).toHaveLength(METRIC_NAMES.length);
  expect(sink.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});

test('a metric in seconds ends in _seconds, and nothing else does', () => {
  for (const name of METRIC_NAMES) expect(name.endsWith('_seconds')).toBe(METRICS[name].unit === 's');
});

test('input is output and saved, by tool, by strategy and in all; it adds up to what the events told', async () => {
  const { events, sum } = counted();
  say(events, 'compression.end');
  say(events, 'compression.end', { callId: 'call_2', agent: undefined, model: 'claude-opus-4-1' });
  say(events, 'compression.end', { callId: 'call_3', decisions: [], tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 });
  const tokens = (kind: string, labels?: Sample['labels']) => sum(`headroom_compression_${kind}_tokens_total`, labels);
  const byTool = (kind: string, labels?: Sample['labels']) => sum(`headroom_tool_results_${kind}_tokens_total`, labels);
  for (const [of, labels] of [
    [tokens, {}],
    [tokens, { gen_ai_request_model: 'gpt-5' }],
    [byTool, {}],
    [byTool, { gen_ai_tool_name: 'search' }],
    [byTool, { headroom_compression_strategy: 'none' }],
  ] as const) {
    expect(await of('input', labels)).toBe((await of('output', labels)) + (await of('saved', labels)));
  }
  for (const kind of ['input', 'output', 'saved']) expect(await byTool(kind)).toBe(await tokens(kind));
  expect(await tokens('input')).toBe(2_000);
  expect(await tokens('saved')).toBe(1_200);
  expect(await sum('headroom_compression_savings_ratio_count')).toBe(2);
  expect(await tokens('saved', { gen_ai_agent_name: 'unknown' })).toBe(600);
});

test('an audit saves nothing: its prompt was sent as it was', async () => {
  const { events, sum } = counted();
  say(events, 'compression.end', { mode: 'audit' });
  expect(await sum('headroom_compression_input_tokens_total')).toBe(1_000);
  expect(await sum('headroom_tool_results_output_tokens_total', { headroom_compression_strategy: 'none' })).toBe(1_000);
  expect(await sum('headroom_compression_saved_tokens_total')).toBe(0);
  expect(await sum('headroom_compression_savings_ratio_sum')).toBe(0);
  expect(await sum('headroom_compression_skipped_total', { reason: 'audit' })).toBe(1);
});

test('failures carry the class of their error, aborts do not look like failures', async () => {
  const { events, sum } = counted();
  say(events, 'model.end', { outcome: 'error', errorType: 'APICallError' });
  say(events, 'tool.end', { outcome: 'error' });
  say(events, 'run.end', { outcome: 'aborted', errorType: 'AbortError' });
  const count = (name: string, labels: Sample['labels']) => sum(`gen_ai_${name}_duration_seconds_count`, labels);
  expect(await count('client_inference', { headroom_outcome: 'error', error_type: 'APICallError' })).toBe(1);
  expect(await count('execute_tool', { headroom_outcome: 'error', error_type: '_OTHER' })).toBe(1);
  expect(await count('invoke_agent', { headroom_outcome: 'aborted', error_type: '' })).toBe(1);
});

test('usage that is unknown moves nothing, and a value that is no number spoils nothing', async () => {
  const { events, sum } = counted();
  say(events, 'model.end', { usage: undefined });
  const usage = { cacheReadTokens: -1, cacheWriteTokens: Number.POSITIVE_INFINITY, reasoningTokens: undefined };
  say(events, 'model.end', { usage: { inputTokens: Number.NaN, outputTokens: 7, ...usage }, durationMs: Number.NaN });
  expect(await sum('gen_ai_client_inference_usage_input_tokens_total')).toBe(0);
  expect(await sum('gen_ai_client_inference_operation_input_tokens_count')).toBe(0);
  expect(await sum('gen_ai_client_inference_usage_output_tokens_total')).toBe(7);
  expect(await sum('gen_ai_client_inference_usage_cache_read_input_tokens_total')).toBe(0);
  expect(await sum('gen_ai_client_inference_usage_cache_write_input_tokens_total')).toBe(0);
  expect(await sum('gen_ai_client_inference_duration_seconds_count')).toBe(1);
  expect(await sum('headroom_faults_total')).toBe(0);
});

test('gauges follow what is open, whatever start or end is missing or comes twice', async () => {
  const { events, sum, detach } = counted();
  say(events, 'run.end', { runId: 'run_unknown' });
  say(events, 'alert.resolved', { alertId: 'alert_unknown' });
  expect([await sum('headroom_runs_active'), await sum('headroom_alerts_firing')]).toEqual([0, 0]);
  for (const runId of ['run_1', 'run_1', 'run_2']) say(events, 'run.start', { runId });
  for (const alertId of ['alert_1', 'alert_1', 'alert_2']) say(events, 'alert.firing', { alertId });
  expect([await sum('headroom_runs_active'), await sum('headroom_alerts_firing')]).toEqual([2, 2]);
  say(events, 'run.end', { runId: 'run_1' });
  say(events, 'run.end', { runId: 'run_1' });
  expect(await sum('headroom_runs_active')).toBe(1);
  for (const callId of ['call_1', 'call_1', 'call_2']) say(events, 'model.start', { callId });
  say(events, 'model.end', { callId: 'call_1' });
  say(events, 'model.end', { callId: 'call_3' });
  expect(await sum('headroom_model_calls_active')).toBe(1);
  detach();
  expect(await sum('headroom_model_calls_active')).toBe(0);
  expect([await sum('headroom_runs_active'), await sum('headroom_alerts_firing')]).toEqual([0, 0]);
});

test('every word of a closed vocabulary has a series from the start', async () => {
  const { samples } = counted();
  const all = await samples();
  const wordsOf = (name: string, label: string) =>
    all.filter((sample) => sample.name === name).map(({ labels }) => labels[label]);
  const skipped = DECISION_REASONS.filter((reason) => reason !== 'compressed');
  expect(wordsOf('headroom_compression_skipped_total', 'reason')).toEqual([...skipped, 'audit']);
  expect(SKIP_REASONS).toEqual([...skipped, 'audit']);
  expect(wordsOf('headroom_retrievals_total', 'outcome')).toEqual(['found', 'unknown', 'expired', 'failed']);
  expect(wordsOf('headroom_faults_total', 'where')).toContain('listener');
});

test.each([
  'gen_ai_client_inference_usage_input_tokens_total',
  'gen_ai_client_inference_usage_output_tokens_total',
  'headroom_compression_input_tokens_total',
  'headroom_compression_output_tokens_total',
  'headroom_compression_saved_tokens_total',
])('%s has a series from the start of a first call, so that no increase is missed', async (name) => {
  const { events, samples } = counted();
  events.emit('compression.end', () => ({
    ...FACTS['compression.end'],
    tokensBefore: 0,
    tokensAfter: 0,
    tokensSaved: 0,
    decisions: [],
  }));
  say(events, 'model.start');
  expect((await samples()).filter((sample) => sample.name === name).map(({ value }) => value)).toEqual([0]);
});

test('ten thousand names of models, tools and agents stay within bounds, are counted, and lose no token', async () => {
  const { events, samples, sink } = counted();
  const [decision] = FACTS['compression.end'].decisions as readonly [CompressionDecision];
  for (let index = 0; index < 10_000; index++) {
    const names = { model: `model-${index}`, agent: `agent-${index % 777}`, provider: `provider-${index % 333}` };
    const decisions = [{ ...decision, toolName: `tool-${index}`, strategy: `strategy-${index % 555}` }];
    say(events, 'run.start', { runId: `run_${index}`, ...names });
    say(events, 'compression.end', { ...names, decisions });
    say(events, 'model.end', names);
    say(events, 'tool.end', {
      agent: names.agent,
      toolName: `tool-${index}`,
      outcome: 'error',
      errorType: `E${index}`,
    });
    say(events, 'alert.firing', { rule: `rule-${index}`, alertId: `alert_${index}` });
    say(events, 'run.end', { runId: `run_${index}`, ...names });
  }
  const all = await samples();
  for (const label of ['gen_ai_request_model', 'gen_ai_tool_name', 'gen_ai_agent_name', 'error_type', 'alertname']) {
    const values = new Set(all.map(({ labels }) => labels[label]).filter((value) => value !== undefined));
    values.delete('');
    expect(values.size).toBeLessThanOrEqual(101);
    expect(values).toContain('other');
    expect(sumOf(all, 'headroom_label_overflow_total', { label })).toBeGreaterThanOrEqual(9_000);
  }
  for (const name of METRIC_NAMES) {
    const suffix = METRICS[name].kind === 'histogram' ? '_count' : '';
    expect(all.filter((sample) => sample.name === `${name}${suffix}`).length).toBeLessThanOrEqual(2_200);
  }
  expect(sumOf(all, 'headroom_compression_saved_tokens_total')).toBe(6_000_000);
  expect(sumOf(all, 'gen_ai_client_inference_usage_input_tokens_total')).toBe(12_000_000);
  expect(sumOf(all, 'headroom_tool_results_saved_tokens_total')).toBe(6_000_000);
  expect(sumOf(all, 'headroom_cost_usd_total')).toBeCloseTo(125, 6);
  expect(sumOf(all, 'gen_ai_client_inference_duration_seconds_count')).toBe(10_000);
  expect(sumOf(all, 'gen_ai_execute_tool_duration_seconds_count')).toBe(10_000);
  expect(sumOf(all, 'headroom_runs_active')).toBe(0);
  expect((await sink.metrics()).length).toBeLessThan(20_000_000);
});

test('combinations of names that are each within bounds are bounded too', async () => {
  const { events, samples, sum } = counted();
  for (let index = 0; index < 5_000; index++) {
    say(events, 'model.end', { agent: `agent-${index % 73}`, model: `model-${index % 71}` });
  }
  const name = 'gen_ai_client_inference_duration_seconds_count';
  expect((await samples()).filter((sample) => sample.name === name)).toHaveLength(2_001);
  expect(await sum(name)).toBe(5_000);
  expect(await sum('headroom_label_overflow_total', { label: 'gen_ai_request_model' })).toBeGreaterThan(0);
});

test('names that are hostile to the text format stay one readable series each', async () => {
  const { events, samples } = counted();
  const names = ['a\nb', 'a"b', 'a\\b', 'lone \ud800 one', 'lone \udfff one', '__proto__', 'x'.repeat(100_000), ''];
  for (const toolName of names) say(events, 'tool.end', { toolName });
  const tools = (await samples())
    .filter(({ name }) => name === 'gen_ai_execute_tool_duration_seconds_count')
    .map(({ labels, value }) => [labels['gen_ai_tool_name'], value]);
  expect(tools).toEqual([
    ['a\\nb', 1],
    ['a\\"b', 1],
    ['a\\\\b', 1],
    ['lone \ufffd one', 2],
    ['__proto__', 1],
    ['other', 1],
    ['', 1],
  ]);
});

test('label sets whose values run into each other stay apart', async () => {
  const { events, samples } = counted();
  for (const [model, agent] of [
    ['a\n', 'b'],
    ['a', '\nb'],
  ] as const) {
    say(events, 'model.end', { model, agent });
  }
  const name = 'gen_ai_client_inference_duration_seconds_count';
  expect((await samples()).filter((sample) => sample.name === name).map(({ value }) => value)).toEqual([1, 1]);
});

test('two sinks on one registry share its metrics, and unregister takes away what was created', async () => {
  const registry = new Registry();
  const first = counted({ registry });
  const second = counted({ registry });
  say(first.events, 'run.end');
  say(second.events, 'run.end');
  expect(await first.sum('gen_ai_invoke_agent_duration_seconds_count')).toBe(2);
  expect(await second.sum('headroom_build_info')).toBe(1);
  second.sink.unregister();
  expect(registry.getMetricsAsArray()).toHaveLength(METRIC_NAMES.length);
  first.sink.unregister();
  expect(registry.getMetricsAsArray()).toEqual([]);
});

test('a registry that is reset starts again from nothing', async () => {
  const { events, sink, sum } = counted();
  say(events, 'retrieval.end');
  sink.registry.resetMetrics();
  say(events, 'retrieval.end');
  expect(await sum('headroom_retrievals_total')).toBe(1);
  expect(await sum('headroom_retrievals_total')).toBe(1);
});

test('what histograms observe is all there when it is asked for, however much it is, and gone after a reset', async () => {
  const { events, sink, sum } = counted();
  for (let call = 0; call < 12_000; call++) say(events, 'tool.end');
  expect(await sum('gen_ai_execute_tool_duration_seconds_count')).toBe(12_000);
  say(events, 'tool.end');
  expect(await sum('gen_ai_execute_tool_duration_seconds_count')).toBe(12_001);
  say(events, 'tool.end');
  sink.registry.resetMetrics();
  expect(await sum('gen_ai_execute_tool_duration_seconds_count')).toBe(0);
});

test('a metric of the same shape that somebody else registered is written to at once', async () => {
  const registry = new Registry();
  const labelNames = ['outcome'];
  const mine = new Counter({ name: 'headroom_retrievals_total', help: 'Mine.', labelNames, registers: [registry] });
  const { events, sum } = counted({ registry });
  say(events, 'retrieval.end');
  mine.inc({ outcome: 'found' }, 2);
  expect(await sum('headroom_retrievals_total', { outcome: 'found' })).toBe(3);
});

test('buckets can be others, of one histogram', async () => {
  const { events, samples } = counted({ buckets: { gen_ai_client_inference_duration_seconds: [1, 2] } });
  say(events, 'model.end');
  const boundsOf = async (name: string) =>
    (await samples()).filter((sample) => sample.name === `${name}_bucket`).map(({ labels }) => labels['le']);
  expect(await boundsOf('gen_ai_client_inference_duration_seconds')).toEqual(['1', '2', '+Inf']);
  expect(await boundsOf('gen_ai_client_inference_operation_input_tokens')).toHaveLength(13);
});

test('errors of listeners and changes of alerts that were lost are counted by where that was', async () => {
  const { events, sum } = counted();
  events.on('tool.start', () => {
    throw new TypeError('mine');
  });
  say(events, 'tool.start');
  events.fault('alert', 'Lost.', new Error('x'), { destination: 'slack', lostChanges: 3 });
  events.fault('alert', 'Lost.', new Error('x'), { destination: 'https://hooks.example.com/a?b', lostChanges: 1 });
  expect(await sum('headroom_listener_errors_total', { event: 'tool.start' })).toBe(1);
  expect(await sum('headroom_faults_total', { where: 'listener' })).toBe(1);
  expect(await sum('headroom_alert_delivery_failures_total', { destination: 'slack' })).toBe(3);
  expect(await sum('headroom_alert_delivery_failures_total', { destination: 'other' })).toBe(1);
  expect(await sum('headroom_faults_total', { where: 'alert' })).toBe(2);
});

test('a cost that is not known is counted as such, unless the call failed', async () => {
  const { events, sum } = counted();
  say(events, 'model.end');
  for (const outcome of ['ok', 'aborted', 'error'] as const) {
    say(events, 'model.end', { outcome, costUsd: undefined, costSavedUsd: undefined });
  }
  expect(await sum('headroom_cost_unknown_total')).toBe(2);
  expect(await sum('headroom_cost_usd_total')).toBe(0.0125);
  expect(await sum('headroom_cost_saved_usd_total')).toBe(0.0005);
});

test('a registry that has another metric of the same name is refused, and left as it was', () => {
  const registry = new Registry();
  registry.registerMetric(
    new Counter({ name: 'headroom_faults_total', help: 'Mine.', labelNames: ['mine'], registers: [] }),
  );
  expect(() => createPrometheusSink({ registry })).toThrow(HeadroomError);
  expect(() => createPrometheusSink({ registry })).toThrow('already has another metric "headroom_faults_total"');
  expect(registry.getMetricsAsArray()).toHaveLength(1);
});

test('attaching twice counts once', async () => {
  const { events, sink, sum, detach } = counted();
  const detachAgain = sink.attach(events);
  say(events, 'retrieval.end');
  detach();
  detach();
  say(events, 'retrieval.end');
  detachAgain();
  say(events, 'retrieval.end');
  expect(await sum('headroom_retrievals_total')).toBe(2);
});

test.each([
  [{ registry: {} }, '"registry"'],
  [{ maxLabelValues: 0 }, '"maxLabelValues"'],
  [{ prefix: 'my_' }, '"prefix"'],
  [{ buckets: { headroom_retrievals_total: [1] } }, '"headroom_retrievals_total" is none'],
  [{ buckets: { gen_ai_client_inference_duration_seconds: [2, 1] } }, 'each above the one before'],
  [{ buckets: { gen_ai_client_inference_duration_seconds: [] } }, 'one or more'],
  [{ exemplarOf: true }, '"exemplarOf"'],
])('wrong options are refused while wiring: %o', (options, message) => {
  const create = () => createPrometheusSink(options as Parameters<typeof createPrometheusSink>[0]);
  expect(create).toThrow(HeadroomError);
  expect(create).toThrow(message);
});
