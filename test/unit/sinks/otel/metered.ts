import type { Attributes } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

/** Collects when it is asked to, and no sooner. */
class AskedReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

export interface Point {
  readonly attributes: Attributes;
  /** Of a histogram, its sum. */
  readonly value: number;
  /** Of a histogram, how often it was observed. */
  readonly count?: number;
  readonly boundaries?: readonly number[];
}

export interface Collected {
  readonly scope: { readonly name: string; readonly version?: string | undefined };
  readonly unit: string;
  readonly points: readonly Point[];
}

export interface Metered {
  readonly meterProvider: MeterProvider;
  /** What was recorded so far, by name. */
  readonly collect: () => Promise<ReadonlyMap<string, Collected>>;
  /** Value of the one point that has these attributes; `undefined` when there is none. */
  readonly value: (name: string, attributes?: Attributes) => Promise<number | undefined>;
}

/** A meter provider of the real SDK, and what it has collected. */
export function metered(): Metered {
  const reader = new AskedReader({ aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE });
  const meterProvider = new MeterProvider({ readers: [reader] });

  async function collect(): Promise<ReadonlyMap<string, Collected>> {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw new AggregateError(errors, 'The metrics could not be collected.');
    const entries = resourceMetrics.scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.map((metric): [string, Collected] => {
        const points =
          metric.dataPointType === DataPointType.HISTOGRAM
            ? metric.dataPoints.map(({ attributes, value }) => ({
                attributes,
                value: value.sum ?? Number.NaN,
                count: value.count,
                boundaries: value.buckets.boundaries,
              }))
            : metric.dataPoints.map(({ attributes, value }) => ({ attributes, value: value as number }));
        return [metric.descriptor.name, { scope, unit: metric.descriptor.unit, points }];
      }),
    );
    return new Map(entries);
  }

  return {
    meterProvider,
    collect,
    async value(name, attributes = {}) {
      const points = (await collect()).get(name)?.points ?? [];
      const matching = points.filter((point) =>
        Object.entries(attributes).every(([key, value]) => point.attributes[key] === value),
      );
      if (matching.length > 1) throw new Error(`${matching.length} points of ${name} match.`);
      return matching[0]?.value;
    },
  };
}
