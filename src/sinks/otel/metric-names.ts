import { METRICS, type MetricName } from '../metrics/metrics.ts';

/** An instrument of OpenTelemetry, as a metric of the table becomes one. */
export interface InstrumentSpec {
  readonly name: string;
  /** `gauge` keeps the last value, `up-down-counter` takes differences. */
  readonly kind: 'counter' | 'up-down-counter' | 'gauge' | 'histogram';
  /** As the conventions write units; empty where a unit would add to the Prometheus name. */
  readonly unit: string;
  readonly description: string;
  readonly buckets: readonly number[] | undefined;
}

/**
 * Where the dots of a name are; what follows is one word in snake case. A metric of ours that fits none of them is under
 * `headroom`. No name of a metric is a namespace itself.
 */
const METRIC_NAMESPACES = [
  'gen_ai.client.inference.usage.cache_read',
  'gen_ai.client.inference.usage.cache_write',
  'gen_ai.client.inference.usage.reasoning',
  'gen_ai.client.inference.usage',
  'gen_ai.client.inference.operation',
  'gen_ai.client.inference',
  'gen_ai.client',
  'gen_ai.invoke_agent',
  'gen_ai.execute_tool',
  'gen_ai',
  'headroom.compression',
  'headroom.tool_results',
  'headroom.context_window',
  'headroom.cost',
  'headroom.budget',
  'headroom',
] as const;

const ATTRIBUTE_NAMESPACES = [
  'gen_ai.operation',
  'gen_ai.provider',
  'gen_ai.request',
  'gen_ai.response',
  'gen_ai.agent',
  'gen_ai.tool',
  'gen_ai.token',
  'gen_ai',
  'headroom.compression',
  'headroom',
  'error',
  'server',
] as const;

type TableKind = (typeof METRICS)[MetricName]['kind'] | 'level';

/** A gauge of the table is moved by differences, so that it is a sum that may fall; a level is set. */
const KINDS: Readonly<Record<TableKind, InstrumentSpec['kind']>> = {
  counter: 'counter',
  histogram: 'histogram',
  gauge: 'up-down-counter',
  level: 'gauge',
  info: 'gauge',
};

/**
 * The instrument of a metric: what an exporter to Prometheus makes of its name and unit, by the rules of the OpenTelemetry
 * specification, is the name in the table. So one dashboard serves both.
 */
export function instrumentOf(name: MetricName): InstrumentSpec {
  const spec = METRICS[name];
  const kind = KINDS[spec.kind];
  // A gauge of unit 1 becomes a `_ratio`, which one that is always 1 is not.
  const unit = spec.kind === 'info' ? '' : spec.unit;
  return {
    name: withDots(withoutSuffix(name, unit, kind), METRIC_NAMESPACES),
    kind,
    unit,
    description: spec.help,
    buckets: 'buckets' in spec ? spec.buckets : undefined,
  };
}

/** The attribute of a label: `gen_ai_request_model` is `gen_ai.request.model`. A label without a namespace stays as it is. */
export function attributeOf(label: string): string {
  return withDots(label, ATTRIBUTE_NAMESPACES);
}

/** Less what an exporter to Prometheus adds again. */
function withoutSuffix(name: string, unit: string, kind: InstrumentSpec['kind']): string {
  const less = kind === 'counter' ? name.replace(/_total$/, '') : name;
  if (unit === 's') return less.replace(/_seconds$/, '');
  return unit === '1' && kind === 'gauge' ? less.replace(/_ratio$/, '') : less;
}

function withDots(name: string, namespaces: readonly string[]): string {
  const namespace = namespaces.find((candidate) => name.startsWith(`${candidate.replaceAll('.', '_')}_`));
  return namespace === undefined ? name : `${namespace}.${name.slice(namespace.length + 1)}`;
}
