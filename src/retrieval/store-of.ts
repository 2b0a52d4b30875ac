import { createMemoryStore } from './memory-store.ts';
import type { RetrievalStore } from './store.ts';

/** One for the process, so that two installed copies of the package find the same store for a bus. */
const key = Symbol.for('headroom.stores');
const shared = globalThis as { [key]?: WeakMap<object, RetrievalStore> };
const stores = (shared[key] ??= new WeakMap<object, RetrievalStore>());

/** The store that belongs to a bus: the one that was named for it, else a memory store made on first use. */
export function storeOf(events: object): RetrievalStore {
  const existing = stores.get(events);
  if (existing !== undefined) return existing;
  const store = createMemoryStore();
  stores.set(events, store);
  return store;
}

/** Names the store of a bus, so that models and hooks on that bus share it. */
export function shareStore(events: object, store: RetrievalStore): void {
  stores.set(events, store);
}
