import type { TraceAPI } from '@opentelemetry/api';

/** Where every copy of the API, of major version 1, keeps what was registered. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/**
 * Says what is wrong when a tracer provider was registered through an older copy of `@opentelemetry/api` than ours: the
 * newer copy then ignores it without a word, and every span is lost.
 */
export function describeApiMismatch(trace: TraceAPI): string | undefined {
  const registered = (globalThis as { [REGISTERED]?: { version?: unknown; trace?: unknown } })[REGISTERED];
  if (registered?.trace === undefined || trace.getTracerProvider() === registered.trace) return undefined;
  return (
    `Spans of headroom-hooks are lost: the tracer provider was registered through @opentelemetry/api ` +
    `${String(registered.version)}, which the copy that headroom-hooks loaded does not accept. Install one version ` +
    `for both (npm ls @opentelemetry/api), or give createOtelSink a tracerProvider.`
  );
}
