import type { Counter as CounterType, Gauge as GaugeType, Histogram as HistogramType, Registry } from 'prom-client';
import { HeadroomError } from '../../headroom-error.ts';
import { importPeer } from '../../import-peer.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics/metrics.ts';
import { createRecorders, type Recorders, type SampleWriter } from '../metrics/recorders.ts';

const { Counter, Gauge, Histogram } = await importPeer('prom-client', () => import('prom-client'));

export interface Instruments {
  readonly record: Recorders;
  /** Takes what was created here out of the registry. */
  readonly unregister: () => void;
}

type AnyMetric = CounterType | GaugeType | HistogramType;

/**
 * Creates every metric in the registry, or takes the one that is there. Throws a `HeadroomError`, and creates nothing,
 * when one is there that is another metric under the same name.
 */
export function createInstruments(registry: Registry, maxLabelValues: number): Instruments {
  for (const name of METRIC_NAMES) refuseOther(registry, name);
  const created: MetricName[] = [];

  const write = Object.fromEntries(
    METRIC_NAMES.map((name) => {
      const existing: AnyMetric | undefined = registry.getSingleMetric(name) as AnyMetric | undefined;
      if (existing === undefined) created.push(name);
      return [name, writer(existing ?? createMetric(registry, name), METRICS[name].kind)];
    }),
  ) as Readonly<Record<MetricName, SampleWriter>>;

  return {
    record: createRecorders(write, maxLabelValues),
    unregister() {
      for (const name of created) registry.removeSingleMetric(name);
    },
  };
}

function createMetric(registry: Registry, name: MetricName): AnyMetric {
  const spec = METRICS[name];
  const configuration = { name, help: spec.help, labelNames: [...spec.labels], registers: [registry] };
  if (spec.kind === 'counter') return new Counter(configuration);
  if (spec.kind === 'histogram') return new Histogram({ ...configuration, buckets: [...spec.buckets] });
  // In a cluster what is open adds up, and a level that adds up is none.
  return new Gauge({ ...configuration, aggregator: spec.kind === 'gauge' ? 'sum' : 'max' });
}

function writer(metric: AnyMetric, kind: string): SampleWriter {
  // Two sinks on one registry are still one build.
  if ((kind === 'info' || kind === 'level') && 'set' in metric) return (labels, value) => metric.set(labels, value);
  if ('observe' in metric) return (labels, value) => metric.observe(labels, value);
  return (labels, value) => metric.inc(labels, value);
}

function refuseOther(registry: Registry, name: MetricName): void {
  const existing: object | undefined = registry.getSingleMetric(name);
  if (existing === undefined) return;
  const { kind, labels } = METRICS[name];
  const labelNames = 'labelNames' in existing && Array.isArray(existing.labelNames) ? existing.labelNames : [];
  const isSameKind = 'type' in existing && existing.type === (kind === 'info' || kind === 'level' ? 'gauge' : kind);
  const isSameLabels = labelNames.length === labels.length && labels.every((label) => labelNames.includes(label));
  if (isSameKind && isSameLabels) return;
  throw new HeadroomError(
    'invalid-option',
    `The registry already has another metric "${name}": give createPrometheusSink a registry without it.`,
  );
}
