export { METRICS, METRIC_NAMES, type LabelOf, type MetricName } from '../metrics/metrics.ts';
export { createPrometheusSink, type PrometheusSink, type PrometheusSinkOptions } from './prometheus-sink.ts';
