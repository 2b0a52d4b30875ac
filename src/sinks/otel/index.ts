export { activeSpan } from './active-span.ts';
export { createOtelSink, type OtelSinkOptions } from './otel-sink.ts';
