export { activeSpan } from './active-span.ts';
export type { Redact, TextPlace } from './content/redact.ts';
export { createOtelSink, type OtelSinkOptions } from './otel-sink.ts';
