import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { VERSION } from '../version.ts';
import { delegateOf } from './delegate-of.ts';
import { SCOPE } from './scope.ts';

/**
 * Our tracer of the provider of the moment: an SDK may be registered late, and another after it. Each provider is asked
 * once, because the SDK puts a key together whenever it is asked, which takes as long as to set two attributes.
 */
export function createCurrentTracer(currentProvider: () => TracerProvider): () => Tracer {
  let last: { readonly provider: unknown; readonly tracer: Tracer } | undefined;
  return () => {
    const provider = delegateOf(currentProvider());
    if (last?.provider !== provider) last = { provider, tracer: provider.getTracer(SCOPE, VERSION) };
    return last.tracer;
  };
}
