import { createMemoryStore } from './memory-store.ts';
import type { RetrievalStore } from './store.ts';

const stores = new WeakMap<object, RetrievalStore>();

export function storeOf(events: object): RetrievalStore {
  let store = stores.get(events);
  if (store === undefined) stores.set(events, (store = createMemoryStore()));
  return store;
}
