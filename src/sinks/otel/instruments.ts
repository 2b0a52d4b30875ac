import type { Attributes, Meter } from '@opentelemetry/api';
import type { Labels } from '../metrics/label-bounds.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics/metrics.ts';
import type { SampleWriter } from '../metrics/recorders.ts';
import { attributeOf, type InstrumentSpec } from './metric-names.ts';
import { targetsOf, type MetricTarget } from './older-metrics.ts';
import type { SemconvRevision } from './semconv.ts';

export interface InstrumentWriterOptions {
  readonly meter: Meter;
  readonly semconv: SemconvRevision;
  /** Which metrics are written: all of the table, or those of this package alone. */
  readonly scope: 'all' | 'headroom';
}

type InstrumentWriter = (value: number, attributes: Attributes) => void;

/** One writer per metric of the table. An instrument is made when its first sample comes. */
export function createInstrumentWriters(options: InstrumentWriterOptions): Readonly<Record<MetricName, SampleWriter>> {
  const { meter, semconv, scope } = options;
  // By name: in v1.41 two metrics of the table are one.
  const instruments = new Map<string, InstrumentWriter>();

  function instrument(spec: InstrumentSpec): InstrumentWriter {
    const made = instruments.get(spec.name) ?? makeInstrument(meter, spec);
    instruments.set(spec.name, made);
    return made;
  }

  function targetWriter(name: MetricName, { spec, attributes: fixed }: MetricTarget): SampleWriter {
    const names = METRICS[name].labels.map((label): readonly [string, string] => [label, attributeOf(label)]);
    // The same labels are the same object, as long as they are within bounds.
    const attributesOf = new WeakMap<Labels, Attributes>();
    return (labels, value) => {
      const attributes = attributesOf.get(labels) ?? { ...toAttributes(labels, names), ...fixed };
      attributesOf.set(labels, attributes);
      instrument(spec)(value, attributes);
    };
  }

  function writer(name: MetricName): SampleWriter {
    if (scope === 'headroom' && !name.startsWith('headroom_')) return () => {};
    const writers = targetsOf(name, semconv).map((target) => targetWriter(name, target));
    return (labels, value) => {
      for (const write of writers) write(labels, value);
    };
  }

  return Object.fromEntries(METRIC_NAMES.map((name) => [name, writer(name)])) as Readonly<
    Record<MetricName, SampleWriter>
  >;
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
