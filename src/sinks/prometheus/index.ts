export { METRICS, METRIC_NAMES, type LabelOf, type MetricName } from '../metrics/metrics.ts';
export type { Buckets, HistogramName } from './buckets.ts';
export type { Exemplar, ExemplarOf } from './exemplar.ts';
export { createPrometheusSink, type PrometheusSink, type PrometheusSinkOptions } from './prometheus-sink.ts';
