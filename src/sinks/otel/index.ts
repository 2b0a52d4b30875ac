export { createOtelSink, type OtelSinkOptions } from './otel-sink.ts';
