import { metrics } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import { METRIC_NAMES, METRICS } from '../../../../src/sinks/metrics/metrics.ts';
import { createOtelSink, type OtelSinkOptions } from '../../../../src/sinks/otel/index.ts';
import { attributeOf, instrumentOf } from '../../../../src/sinks/otel/metric-names.ts';
import { createPrometheusSink } from '../../../../src/sinks/prometheus/index.ts';
import { VERSION } from '../../../../src/sinks/version.ts';
import { fixedClock } from '../../../../src/testing.ts';
import { say, sayAll } from '../scripted-events.ts';
import { metered } from './metered.ts';

afterEach(() => metrics.disable());

function recorded(options: OtelSinkOptions = {}) {
  const meter = metered();
  const events = new EventBus({ clock: fixedClock() });
  const sink = createOtelSink({ meterProvider: meter.meterProvider, spans: 'off', ...options });
  sink.attach(events);
  return { ...meter, events, sink };
}

/** A run in which all is told that there is, failure and overflow included. */
function tellAll(events: EventBus): void {
  sayAll(events);
  say(events, 'model.end', { outcome: 'error', errorType: 'APICallError', callId: 'call_2' });
  const usage = { inputTokens: 10, outputTokens: 2, cacheReadTokens: 4, cacheWriteTokens: 3, reasoningTokens: 1 };
  say(events, 'model.end', { usage, callId: 'call_3', model: 'gpt-5-mini' });
  say(events, 'run.start', { runId: 'run_2' });
}

describe('the metrics of the OpenTelemetry sink', () => {
  test('are those of the Prometheus sink, sample for sample, after the same events', async () => {
    const { events, collect } = recorded();
    const prometheus = createPrometheusSink();
    prometheus.attach(events);
    tellAll(events);
    const collected = await collect();
    for (const { name, values } of (await prometheus.registry.getMetricsAsJSON()) as unknown as readonly PromMetric[]) {
      const instrument = instrumentOf(name);
      const points = collected.get(instrument.name)?.points ?? [];
      const told = points.map(({ attributes, value, count }) => ({ attributes, value, count }));
      expect({ name, points: sorted(told) }).toEqual({ name, points: sorted(samplesOf(values)) });
    }
  });

  test('have the unit and, where they are histograms, the boundaries of the table', async () => {
    const { events, collect } = recorded();
    tellAll(events);
    const collected = await collect();
    expect(collected.size).toBeGreaterThan(20);
    for (const name of METRIC_NAMES) {
      const spec = METRICS[name];
      const { points, unit, scope } = collected.get(instrumentOf(name).name) ?? { points: [] };
      if (unit === undefined) continue;
      expect(unit).toBe(spec.kind === 'info' ? '' : spec.unit);
      expect(scope).toMatchObject({ name: 'headroom-hooks', version: VERSION });
      if ('buckets' in spec) for (const { boundaries } of points) expect(boundaries).toEqual(spec.buckets);
    }
  });

  test('tell error.type of what failed alone', async () => {
    const { events, collect } = recorded();
    say(events, 'model.end');
    say(events, 'model.end', { outcome: 'error', errorType: 'APICallError' });
    const points = (await collect()).get('gen_ai.client.inference.duration')?.points ?? [];
    expect(points.map(({ attributes }) => attributes['error.type'])).toEqual([undefined, 'APICallError']);
  });

  test('hold attributes within bounds, and count what did not fit', async () => {
    const { events, collect, value } = recorded({ maxLabelValues: 3 });
    for (let index = 0; index < 10; index++) say(events, 'model.end', { model: `model-${index}` });
    const points = (await collect()).get('gen_ai.client.inference.duration')?.points ?? [];
    expect(new Set(points.map(({ attributes }) => attributes['gen_ai.request.model']))).toEqual(
      new Set(['model-0', 'model-1', 'model-2', 'other']),
    );
    expect(points.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(10);
    expect(await value('headroom.label_overflow', { label: 'gen_ai_request_model' })).toBeGreaterThan(0);
  });

  test('count what two buses tell together', async () => {
    const { events, sink, value } = recorded();
    const other = new EventBus({ clock: fixedClock() });
    sink.attach(other);
    say(events, 'model.end');
    say(other, 'model.end');
    const tokens = await value('gen_ai.client.inference.usage.input_tokens');
    expect(tokens).toBe(2_400);
  });

  test('call no run open once the sink is closed', async () => {
    const { events, sink, value } = recorded();
    say(events, 'run.start');
    expect(await value('headroom.runs_active')).toBe(1);
    await sink.close?.();
    expect(await value('headroom.runs_active')).toBe(0);
  });
});

describe('a meter provider that comes later', () => {
  test('gets the metrics from then on, though the sink was made and used before', async () => {
    const events = new EventBus({ clock: fixedClock() });
    createOtelSink({ spans: 'off' }).attach(events);
    say(events, 'run.start');
    say(events, 'model.end');
    const { meterProvider, value } = metered();
    metrics.setGlobalMeterProvider(meterProvider);
    say(events, 'model.end');
    say(events, 'run.end');
    expect(await value('gen_ai.client.inference.usage.input_tokens')).toBe(1_200);
    // The run that began unseen does not end below zero.
    expect(await value('headroom.runs_active')).toBeUndefined();
    expect(await value('headroom.build_info', { version: VERSION })).toBe(1);
    expect(await value('headroom.compression.skipped', { reason: 'not-smaller' })).toBe(0);
  });

  test('in place of another gets instruments of its own, and the first is left even', async () => {
    const events = new EventBus({ clock: fixedClock() });
    createOtelSink({ spans: 'off' }).attach(events);
    const first = metered();
    metrics.setGlobalMeterProvider(first.meterProvider);
    say(events, 'run.start');
    say(events, 'model.end');
    metrics.disable();
    say(events, 'model.end');
    const second = metered();
    metrics.setGlobalMeterProvider(second.meterProvider);
    say(events, 'model.end');
    say(events, 'run.end');
    for (const { value } of [first, second]) {
      expect(await value('gen_ai.client.inference.usage.input_tokens')).toBe(1_200);
      expect((await value('headroom.runs_active')) ?? 0).toBe(0);
    }
  });

  test('is not needed: without one an event costs less than five microseconds', () => {
    const events = new EventBus({ clock: fixedClock() });
    createOtelSink({ spans: 'off' }).attach(events);
    const rounds = Array.from({ length: 7 }, () => {
      const before = performance.now();
      for (let index = 0; index < 20_000; index++) say(events, 'tool.end');
      return ((performance.now() - before) * 1_000) / 20_000;
    });
    expect(Math.min(...rounds)).toBeLessThan(5);
  });
});

describe('which metrics are written', () => {
  test('none, where metrics is false', async () => {
    const { events, collect } = recorded({ metrics: false });
    tellAll(events);
    expect([...(await collect()).keys()]).toEqual([]);
  });

  test.each([
    ['where metrics is headroom', { metrics: 'headroom' }],
    ['where the host has spans of its own', { spans: 'enrich' }],
  ] as const)('ours alone, %s', async (_, options) => {
    const { events, collect } = recorded(options);
    tellAll(events);
    const names = [...(await collect()).keys()];
    expect(names).toContain('headroom.compression.saved_tokens');
    expect(names.filter((name) => !name.startsWith('headroom.'))).toEqual([]);
  });

  test('all, where that is asked for beside spans of the host', async () => {
    const { events, collect } = recorded({ spans: 'enrich', metrics: true });
    tellAll(events);
    expect([...(await collect()).keys()]).toContain('gen_ai.client.inference.duration');
  });

  test('those of v1.41 where they are asked for, with the type of token as an attribute', async () => {
    const { events, collect, value } = recorded({ semconv: 'v1.41' });
    say(events, 'model.end');
    expect(await value('gen_ai.client.token.usage', { 'gen_ai.token.type': 'input' })).toBe(1_200);
    expect(await value('gen_ai.client.token.usage', { 'gen_ai.token.type': 'output' })).toBe(80);
    expect(await value('gen_ai.client.operation.duration')).toBe(1.5);
    expect([...(await collect()).keys()].filter((name) => name.startsWith('gen_ai.client.inference.'))).toEqual([
      'gen_ai.client.inference.usage.cache_read.input_tokens',
      'gen_ai.client.inference.usage.reasoning.output_tokens',
    ]);
  });

  test('the latest, whatever the code asks for, where the environment says so', async () => {
    process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = 'http, gen_ai_latest_experimental';
    try {
      const { events, collect } = recorded({ semconv: 'v1.41' });
      say(events, 'model.end');
      const names = [...(await collect()).keys()];
      expect(names).toContain('gen_ai.client.inference.duration');
      expect(names).not.toContain('gen_ai.client.operation.duration');
    } finally {
      delete process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
    }
  });
});

interface PromMetric {
  readonly name: (typeof METRIC_NAMES)[number];
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string | number>>;
    readonly value: number;
    readonly metricName?: string;
  }[];
}

interface Sample {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly count: number | undefined;
}

/** Sums and counts of histograms, values of all else, with labels spelled as attributes. */
function samplesOf(values: PromMetric['values']): readonly Sample[] {
  const attributesOf = (labels: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(
      Object.entries(labels)
        .filter(([, value]) => value !== '')
        .map(([label, value]) => [attributeOf(label), value]),
    );
  const sums = values.filter(({ metricName }) => metricName === undefined || metricName.endsWith('_sum'));
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count') === true);
  return sums.map(({ labels, value }, index) => ({
    attributes: attributesOf(labels),
    value,
    count: counts[index]?.value,
  }));
}

function sorted(samples: readonly Sample[]): readonly string[] {
  return samples
    .map(({ attributes, value, count }) =>
      JSON.stringify([Object.entries(attributes).map(String).toSorted(), Math.round(value * 1e9) / 1e9, count]),
    )
    .toSorted();
}
