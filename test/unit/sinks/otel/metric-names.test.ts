import { describe, expect, test } from 'vitest';
import { METRIC_NAMES, METRICS } from '../../../../src/sinks/metrics/metrics.ts';
import { attributeOf, instrumentOf, type InstrumentSpec } from '../../../../src/sinks/otel/metric-names.ts';
import { targetsOf } from '../../../../src/sinks/otel/older-metrics.ts';

/**
 * What an exporter to Prometheus makes of an instrument, by the rules of the specification
 * (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics): a sum that may fall is a gauge too,
 * and only a gauge proper of unit 1 is a ratio.
 */
function prometheusName({ name, kind, unit }: InstrumentSpec): string {
  const base = name.replaceAll(/[^a-zA-Z0-9_:]/g, '_');
  const isAnnotation = /^\{.*\}$/.test(unit);
  const unitWord = unit === '1' ? (kind === 'gauge' ? 'ratio' : '') : isAnnotation ? '' : (UNIT_WORDS[unit] ?? unit);
  const withUnit = unitWord === '' || base.endsWith(`_${unitWord}`) ? base : `${base}_${unitWord}`;
  return kind === 'counter' ? `${withUnit}_total` : withUnit;
}

const UNIT_WORDS: Readonly<Record<string, string>> = { s: 'seconds', ms: 'milliseconds', By: 'bytes' };

const PROMETHEUS_KINDS = {
  counter: ['counter'],
  histogram: ['histogram'],
  'up-down-counter': ['gauge'],
  gauge: ['info', 'level'],
} as const;

describe.each(METRIC_NAMES)('%s', (name) => {
  const instrument = instrumentOf(name);

  test('is in Prometheus again what the table calls it', () => {
    expect(prometheusName(instrument)).toBe(name);
    expect(PROMETHEUS_KINDS[instrument.kind]).toContain(METRICS[name].kind);
  });

  test('is written as the conventions write names', () => {
    expect(instrument.name).toMatch(/^(?:gen_ai|headroom)(?:\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*)+$/);
    expect(instrument.name).not.toMatch(/(?:_total|_seconds)$/);
  });

  test('has the labels of the table as attributes, which become them again', () => {
    for (const label of METRICS[name].labels) {
      expect(attributeOf(label).replaceAll('.', '_')).toBe(label);
    }
  });

  test('has boundaries exactly where it is a histogram', () => {
    expect(instrument.buckets !== undefined).toBe(instrument.kind === 'histogram');
  });
});

test('the names of the conventions are spelled as they are there', () => {
  expect(
    METRIC_NAMES.map((name) => instrumentOf(name).name)
      .filter((name) => name.startsWith('gen_ai.'))
      .toSorted(),
  ).toEqual([
    'gen_ai.client.inference.duration',
    'gen_ai.client.inference.operation.input_tokens',
    'gen_ai.client.inference.operation.output_tokens',
    'gen_ai.client.inference.time_to_first_chunk',
    'gen_ai.client.inference.usage.cache_read.input_tokens',
    'gen_ai.client.inference.usage.cache_write.input_tokens',
    'gen_ai.client.inference.usage.input_tokens',
    'gen_ai.client.inference.usage.output_tokens',
    'gen_ai.client.inference.usage.reasoning.output_tokens',
    'gen_ai.execute_tool.duration',
    'gen_ai.invoke_agent.duration',
    'gen_ai.invoke_agent.inference_calls',
    'gen_ai.invoke_agent.tool_calls',
  ]);
  expect(['gen_ai_request_model', 'gen_ai_token_modality', 'error_type', 'reason'].map(attributeOf)).toEqual([
    'gen_ai.request.model',
    'gen_ai.token.modality',
    'error.type',
    'reason',
  ]);
});

test('no name stands for two metrics, and none is the namespace of another', () => {
  const names = METRIC_NAMES.map((name) => instrumentOf(name).name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(names.filter((other) => other.startsWith(`${name}.`))).toEqual([]);
  }
});

test('v1.41 has its own names where it had any, and both revisions have both', () => {
  const written = (semconv: 'v1.41' | 'both') =>
    METRIC_NAMES.flatMap((name) => targetsOf(name, semconv).map(({ spec }) => spec.name));
  const older = written('v1.41');
  expect(older).toContain('gen_ai.client.operation.duration');
  expect(older).toContain('gen_ai.client.operation.time_to_first_chunk');
  expect(older.filter((name) => name === 'gen_ai.client.token.usage')).toHaveLength(2);
  expect(older).not.toContain('gen_ai.client.inference.duration');
  expect(older).not.toContain('gen_ai.client.inference.usage.input_tokens');
  const latest = METRIC_NAMES.map((name) => instrumentOf(name).name);
  expect(new Set(written('both'))).toEqual(new Set([...latest, ...older]));
});
