import type { TracerProvider } from '@opentelemetry/api';

/** The provider behind the proxy that the API hands out, whichever copy of the API made the proxy. */
export function delegateOf(provider: TracerProvider): TracerProvider {
  return 'getDelegate' in provider && typeof provider.getDelegate === 'function'
    ? (provider.getDelegate() as TracerProvider)
    : provider;
}
