import { METRICS, type MetricName } from '../metrics/metrics.ts';

/** Names of the metrics that are histograms. */
export type HistogramName = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends 'histogram' ? Name : never;
}[MetricName];

/** Upper bounds of buckets, by histogram, in place of those in the table. */
export type Buckets = Readonly<Partial<Record<HistogramName, readonly number[]>>>;

/** Says what is wrong with buckets, or `undefined` when nothing is. */
export function isBuckets(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'has to map histograms to bounds';
  for (const [name, bounds] of Object.entries(value) as [string, unknown][]) {
    const isHistogram = Object.hasOwn(METRICS, name) && METRICS[name as MetricName].kind === 'histogram';
    if (!isHistogram) return `has to name histograms of METRICS ("${name}" is none)`;
    if (bounds !== undefined && !areBounds(bounds)) {
      return `has to give "${name}" one or more finite numbers, each above the one before`;
    }
  }
  return undefined;
}

function areBounds(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((bound: unknown, index) => {
    const before: unknown = index === 0 ? -Infinity : value[index - 1];
    return typeof bound === 'number' && Number.isFinite(bound) && bound > Number(before);
  });
}
