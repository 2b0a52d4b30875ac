export { METRICS, METRIC_NAMES, type LabelOf, type MetricName } from './metrics.ts';
export { createPrometheusSink, type PrometheusSink, type PrometheusSinkOptions } from './prometheus-sink.ts';
