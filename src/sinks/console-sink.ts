import type { Sink } from '../events/sink.ts';

export function createConsoleSink(_options: { readonly level: 'info' | 'debug' }): Sink {
  return { name: 'console', attach: () => () => {} };
}
