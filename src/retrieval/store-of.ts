import { HeadroomError } from '../headroom-error.ts';
import { createMemoryStore } from './memory-store.ts';
import type { RetrievalStore } from './store.ts';

/** One for the process, so that two installed copies of the package find the same store for a bus. */
const key = Symbol.for('headroom.stores');
const shared = globalThis as { [key]?: WeakMap<object, RetrievalStore> };
const stores = (shared[key] ??= new WeakMap<object, RetrievalStore>());

/** The store that belongs to a bus: the one that was named for it, else a memory store made on first use. */
export function storeOf(events: object): RetrievalStore {
  return stores.get(events) ?? shareStore(events, createMemoryStore());
}

/**
 * Names the store of a bus, so that models and hooks on that bus share it, and returns it. Throws a `HeadroomError` when
 * the bus has another one: what one of them keeps, the other would not find.
 */
export function shareStore(events: object, store: RetrievalStore): RetrievalStore {
  const existing = stores.get(events);
  if (existing !== undefined && existing !== store) {
    throw new HeadroomError(
      'invalid-option',
      'These events have a store already. Call createHeadroomHooks({ store }) before anything else uses its events, or give all of them the same store.',
    );
  }
  stores.set(events, store);
  return store;
}
