import type { Attributes, Meter } from '@opentelemetry/api';
import type { Labels } from '../metrics/label-bounds.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics/metrics.ts';
import type { SampleWriter, SeriesOf } from '../metrics/recorders.ts';
import { attributeOf, type InstrumentSpec } from './metric-names.ts';
import { targetsOf, type MetricTarget } from './older-metrics.ts';
import type { SemconvRevision } from './semconv.ts';

export interface InstrumentSeriesOptions {
  readonly meter: Meter;
  readonly semconv: SemconvRevision;
  /** Which metrics are written: all of the table, or those of this package alone. */
  readonly scope: 'all' | 'headroom';
}

type InstrumentWriter = (value: number, attributes: Attributes) => void;

/** The series of each metric of the table. An instrument is made when its first series is. */
export function createInstrumentSeries(options: InstrumentSeriesOptions): Readonly<Record<MetricName, SeriesOf>> {
  const { meter, semconv, scope } = options;
  // By name: in v1.41 two metrics of the table are one.
  const instruments = new Map<string, InstrumentWriter>();

  function instrument(spec: InstrumentSpec): InstrumentWriter {
    const made = instruments.get(spec.name) ?? makeInstrument(meter, spec);
    instruments.set(spec.name, made);
    return made;
  }

  function targetSeries(name: MetricName, { spec, attributes: fixed }: MetricTarget): SeriesOf {
    const names = METRICS[name].labels.map((label): readonly [string, string] => [label, attributeOf(label)]);
    return (labels) => {
      const attributes = { ...toAttributes(labels, names), ...fixed };
      const write = instrument(spec);
      return (value) => write(value, attributes);
    };
  }

  function seriesOf(name: MetricName): SeriesOf {
    if (scope === 'headroom' && !name.startsWith('headroom_')) return () => () => {};
    const targets = targetsOf(name, semconv).map((target) => targetSeries(name, target));
    return (labels) => toAll(targets.map((target) => target(labels)));
  }

  return Object.fromEntries(METRIC_NAMES.map((name) => [name, seriesOf(name)])) as Readonly<
    Record<MetricName, SeriesOf>
  >;
}

function toAll(writers: readonly SampleWriter[]): SampleWriter {
  const [first, ...others] = writers;
  if (first !== undefined && others.length === 0) return first;
  return (value) => {
    for (const write of writers) write(value);
  };
}

/** An empty label of Prometheus is one that is not there: `error.type` is told of what failed alone. */
function toAttributes(labels: Labels, names: readonly (readonly [label: string, attribute: string])[]): Attributes {
  const attributes: Attributes = {};
  for (const [label, attribute] of names) {
    const value = labels[label];
    if (value !== undefined && value !== '') attributes[attribute] = value;
  }
  return attributes;
}

function makeInstrument(meter: Meter, { name, kind, unit, description, buckets }: InstrumentSpec): InstrumentWriter {
  const options = { unit, description };
  if (kind === 'histogram') {
    // Without advice the SDK takes boundaries for milliseconds, 0 to 10,000.
    const advice = buckets === undefined ? {} : { explicitBucketBoundaries: [...buckets] };
    const histogram = meter.createHistogram(name, { ...options, advice });
    return (value, attributes) => histogram.record(value, attributes);
  }
  if (kind === 'gauge') {
    const gauge = meter.createGauge(name, options);
    return (value, attributes) => gauge.record(value, attributes);
  }
  const counter = kind === 'counter' ? meter.createCounter(name, options) : meter.createUpDownCounter(name, options);
  return (value, attributes) => counter.add(value, attributes);
}
