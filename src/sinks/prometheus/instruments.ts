import type { Counter as CounterType, Gauge as GaugeType, Histogram as HistogramType, Registry } from 'prom-client';
import { HeadroomError } from '../../headroom-error.ts';
import { importPeer } from '../../import-peer.ts';
import type { Labels } from '../metrics/label-bounds.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics/metrics.ts';
import { createRecorders, type Recorders, type SeriesOf } from '../metrics/recorders.ts';
import type { Buckets } from './buckets.ts';
import { exemplarLabels, type ExemplarOf } from './exemplar.ts';
import { PendingSums } from './pending-sums.ts';
import { PendingValues } from './pending-values.ts';

const { Counter, Gauge, Histogram } = await importPeer('prom-client', () => import('prom-client'));

export interface InstrumentsOptions {
  readonly registry: Registry;
  readonly maxLabelValues: number;
  readonly buckets: Buckets;
  readonly exemplarOf: ExemplarOf | undefined;
}

export interface Instruments {
  readonly record: Recorders;
  /** Takes what was created here out of the registry. */
  readonly unregister: () => void;
}

type AnyMetric = CounterType | GaugeType | HistogramType;

/** Of the metrics that were created here, whichever sink writes to them. */
const ownSeries = new WeakMap<AnyMetric, SeriesOf>();

/**
 * Creates every metric in the registry, or takes the one that is there. Throws a `HeadroomError`, and creates nothing,
 * when one is there that is another metric under the same name.
 */
export function createInstruments(options: InstrumentsOptions): Instruments {
  const { registry, maxLabelValues } = options;
  for (const name of METRIC_NAMES) refuseOther(registry, name);
  const created: MetricName[] = [];

  const seriesOf = Object.fromEntries(
    METRIC_NAMES.map((name) => {
      const existing: AnyMetric | undefined = registry.getSingleMetric(name) as AnyMetric | undefined;
      if (existing === undefined) created.push(name);
      const metric = existing ?? createMetric(options, name);
      return [name, ownSeries.get(metric) ?? seriesOfOther(metric, METRICS[name].kind)];
    }),
  ) as Readonly<Record<MetricName, SeriesOf>>;

  return {
    record: createRecorders(seriesOf, maxLabelValues),
    unregister() {
      for (const name of created) registry.removeSingleMetric(name);
    },
  };
}

function createMetric(options: InstrumentsOptions, name: MetricName): AnyMetric {
  const spec = METRICS[name];
  const configuration = { name, help: spec.help, labelNames: [...spec.labels], registers: [options.registry] };
  if (spec.kind === 'histogram') return createHistogram(options, { ...configuration, buckets: [...spec.buckets] });
  const pending = new PendingSums();
  const collect = (): void => pending.flush(writerOf(metric, spec.kind));
  // In a cluster what is open adds up; a level that adds up is none.
  const aggregator = spec.kind === 'gauge' ? 'sum' : 'max';
  const metric: CounterType | GaugeType =
    spec.kind === 'counter'
      ? new Counter({ ...configuration, collect })
      : new Gauge({ ...configuration, aggregator, collect });
  const reset = metric.reset.bind(metric);
  metric.reset = () => {
    pending.clear();
    reset();
  };
  const isSet = spec.kind === 'level' || spec.kind === 'info';
  ownSeries.set(metric, (labels) => (isSet ? pending.setter(labels) : pending.adder(labels)));
  return metric;
}

function createHistogram(
  { buckets, exemplarOf }: InstrumentsOptions,
  configuration: ConstructorParameters<typeof HistogramType>[0] & { readonly name: string },
): HistogramType {
  const ownBuckets = new Map(Object.entries(buckets)).get(configuration.name);
  const settings = ownBuckets === undefined ? configuration : { ...configuration, buckets: [...ownBuckets] };
  // Of the others nobody asks for an example: a trace explains why something was slow.
  const enableExemplars = exemplarOf !== undefined && configuration.name.endsWith('_seconds');
  if (enableExemplars) {
    const histogram = new Histogram({ ...settings, enableExemplars });
    ownSeries.set(histogram, (labels) => (value) => {
      // The trace is that of the moment.
      histogram.observe({ labels, value, exemplarLabels: exemplarLabels(exemplarOf) });
    });
    return histogram;
  }
  const pending = new PendingValues((labels, value) => histogram.observe(labels, value));
  const histogram: HistogramType = new Histogram({ ...settings, collect: () => pending.flush() });
  const reset = histogram.reset.bind(histogram);
  histogram.reset = () => {
    pending.clear();
    reset();
  };
  ownSeries.set(histogram, (labels) => pending.adder(labels));
  return histogram;
}

/** The series of a metric that somebody else created, who may scrape it without asking us. */
function seriesOfOther(metric: AnyMetric, kind: string): SeriesOf {
  const write = writerOf(metric, kind);
  return (labels) => (value) => write(labels, value);
}

/** Writes to a metric of prom-client. */
function writerOf(metric: AnyMetric, kind: string): (labels: Labels, value: number) => void {
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
