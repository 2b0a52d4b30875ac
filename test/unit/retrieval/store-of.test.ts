import { describe, expect, it } from 'vitest';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';
import { shareStore, storeOf } from '../../../src/retrieval/store-of.ts';

describe('storeOf', () => {
  it('is one store for each bus', () => {
    const [one, two] = [{}, {}];
    expect(storeOf(one)).toBe(storeOf(one));
    expect(storeOf(one)).not.toBe(storeOf(two));
  });

  it('is the store that was named for the bus', () => {
    const events = {};
    const store = createMemoryStore();
    expect(shareStore(events, store)).toBe(store);
    expect(shareStore(events, store)).toBe(store);
    expect(storeOf(events)).toBe(store);
  });

  it('can not be named when the bus has another already', () => {
    const events = {};
    storeOf(events);
    expect(() => shareStore(events, createMemoryStore())).toThrow(HeadroomError);
  });
});
