import type { Schema } from './read-protobuf.ts';

/*
 * The fields of OTLP 1 that the tests look at, named as OTLP/JSON names them:
 * https://github.com/open-telemetry/opentelemetry-proto.
 */
const anyValue: Schema = {
  1: ['stringValue', 'string'],
  2: ['boolValue', 'bool'],
  3: ['intValue', 'varint'],
  4: ['doubleValue', 'double'],
  5: ['arrayValue', (): Schema => ({ 1: ['values', () => anyValue] })],
};
const keyValue: Schema = { 1: ['key', 'string'], 2: ['value', () => anyValue] };
const resource: Schema = { 1: ['attributes', () => keyValue] };
const scope: Schema = { 1: ['name', 'string'], 2: ['version', 'string'] };
const span: Schema = {
  1: ['traceId', 'bytes'],
  2: ['spanId', 'bytes'],
  4: ['parentSpanId', 'bytes'],
  5: ['name', 'string'],
  6: ['kind', 'varint'],
  9: ['attributes', () => keyValue],
  11: ['events', (): Schema => ({ 2: ['name', 'string'], 3: ['attributes', () => keyValue] })],
  13: ['links', (): Schema => ({ 2: ['spanId', 'bytes'] })],
  15: ['status', (): Schema => ({ 3: ['code', 'varint'] })],
};
const numberPoint: Schema = { 4: ['asDouble', 'double'], 6: ['asInt', 'fixed64'], 7: ['attributes', () => keyValue] };
const histogramPoint: Schema = {
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  7: ['explicitBounds', 'packed-double'],
  9: ['attributes', () => keyValue],
};
const metric: Schema = {
  1: ['name', 'string'],
  3: ['unit', 'string'],
  5: ['gauge', (): Schema => ({ 1: ['dataPoints', () => numberPoint] })],
  7: ['sum', (): Schema => ({ 1: ['dataPoints', () => numberPoint], 3: ['isMonotonic', 'bool'] })],
  9: ['histogram', (): Schema => ({ 1: ['dataPoints', () => histogramPoint] })],
};

export const TRACES: Schema = {
  1: [
    'resourceSpans',
    (): Schema => ({
      1: ['resource', () => resource],
      2: ['scopeSpans', (): Schema => ({ 1: ['scope', () => scope], 2: ['spans', () => span] })],
    }),
  ],
};
export const METRICS: Schema = {
  1: [
    'resourceMetrics',
    (): Schema => ({
      1: ['resource', () => resource],
      2: ['scopeMetrics', (): Schema => ({ 1: ['scope', () => scope], 2: ['metrics', () => metric] })],
    }),
  ],
};
