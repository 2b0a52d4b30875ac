import { importPeer } from '../../import-peer.ts';

const { trace, TraceFlags } = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));

/**
 * The ids of the span that this code runs in, or `undefined` without one that is sampled: nobody could find it. For
 * `exemplarOf` of `createPrometheusSink`, so that a slow sample leads to its trace.
 */
export function activeSpan(): { readonly traceId: string; readonly spanId: string } | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  if (context === undefined || (context.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { traceId: context.traceId, spanId: context.spanId };
}
