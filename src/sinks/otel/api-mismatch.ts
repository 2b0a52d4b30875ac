import type { MetricsAPI, TraceAPI } from '@opentelemetry/api';
import { registeredApi } from './registered-api.ts';

export interface LoadedApi {
  readonly trace: TraceAPI;
  readonly metrics: MetricsAPI;
}

/**
 * Says what is wrong when a provider was registered through an older copy of `@opentelemetry/api` than ours: the newer copy
 * then ignores it without a word, and every span and every metric is lost.
 */
export function describeApiMismatch({ trace, metrics }: LoadedApi): string | undefined {
  const registered = registeredApi();
  const seesTracers = registered?.trace === undefined || trace.getTracerProvider() === registered.trace;
  const seesMeters = registered?.metrics === undefined || metrics.getMeterProvider() === registered.metrics;
  if (registered === undefined || (seesTracers && seesMeters)) return undefined;
  return (
    `Telemetry of headroom-hooks is lost: the SDK was registered through @opentelemetry/api ` +
    `${String(registered.version)}, which the copy that headroom-hooks loaded does not accept. Install one version ` +
    `for both (npm ls @opentelemetry/api), or give createOtelSink a tracerProvider and a meterProvider.`
  );
}
