import { describe, expect, it } from 'vitest';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createMemoryStore, type MemoryStoreOptions } from '../../../src/retrieval/memory-store.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';

describe('createMemoryStore', () => {
  it('counts two bytes for each UTF-16 unit, and once for a text that is put again', async () => {
    const store = createMemoryStore();
    await store.put('a', 'four', 's');
    await store.put('a', 'four', 's');
    await store.put('b', '🙂', 's');
    expect(store.usedBytes).toBe(12);
    await store.put('a', 'longer', 's');
    expect(store.usedBytes).toBe(16);
    await store.delete('s');
    expect(store.usedBytes).toBe(0);
  });

  it('lets the least recently used go first, and says that it has expired', async () => {
    const store = createMemoryStore({ maxBytes: 20 });
    await store.put('a', 'aaaa', 's');
    await store.put('b', 'bbbb', 's');
    await store.get('a', 's');
    await store.put('c', 'cccc', 's');
    expect(await store.get('b', 's')).toEqual({ status: 'expired' });
    expect(await store.get('a', 's')).toMatchObject({ status: 'found' });
    expect(await store.get('c', 's')).toMatchObject({ status: 'found' });
    expect(await store.get('d', 's')).toEqual({ status: 'unknown' });
    expect(store.usedBytes).toBe(16);
  });

  it('keeps what fits exactly and refuses what is larger than itself, keeping what it has', async () => {
    const store = createMemoryStore({ maxBytes: 8 });
    await store.put('a', 'aaaa', 's');
    await expect(store.put('b', 'bbbbb', 's')).rejects.toThrow('10 bytes does not fit');
    expect(await store.get('a', 's')).toMatchObject({ status: 'found' });
    expect(await store.get('b', 's')).toEqual({ status: 'unknown' });
  });

  it('has what expired again after it was put again', async () => {
    const store = createMemoryStore({ maxBytes: 8 });
    await store.put('a', 'aaaa', 's');
    await store.put('b', 'bbbb', 's');
    expect(await store.get('a', 's')).toEqual({ status: 'expired' });
    await store.put('a', 'aaaa', 's');
    expect(await store.get('a', 's')).toEqual({ status: 'found', text: 'aaaa' });
  });

  it('forgets with a scope that something had expired in it', async () => {
    const store = createMemoryStore({ maxBytes: 8 });
    await store.put('a', 'aaaa', 's');
    await store.put('b', 'bbbb', 't');
    await store.delete('s');
    expect(await store.get('a', 's')).toEqual({ status: 'unknown' });
  });

  it('keeps what is used and lets go of what is not for a time to live', async () => {
    const clock = fixedClock();
    const store = createMemoryStore({ timeToLiveMs: 1_000, clock });
    await store.put('a', 'aaaa', 's');
    await store.put('b', 'bbbb', 's');
    clock.advance(999);
    expect(await store.get('a', 's')).toMatchObject({ status: 'found' });
    clock.advance(1);
    expect(await store.get('b', 's')).toEqual({ status: 'expired' });
    expect(await store.get('a', 's')).toMatchObject({ status: 'found' });
    clock.advance(1_000);
    expect(await store.get('a', 's')).toEqual({ status: 'expired' });
    expect(store.usedBytes).toBe(0);
  });

  it('keeps no more than 100,000 originals, and remembers 10,000 that are gone', async () => {
    const store = createMemoryStore();
    for (let index = 0; index < 111_000; index += 1) await store.put(`id${index}`, '', 's');
    expect(await store.get('id999', 's')).toEqual({ status: 'unknown' });
    expect(await store.get('id1000', 's')).toEqual({ status: 'expired' });
    expect(await store.get('id10999', 's')).toEqual({ status: 'expired' });
    expect(await store.get('id11000', 's')).toEqual({ status: 'found', text: '' });
  });

  it('refuses options that it does not have', () => {
    expect(() => createMemoryStore({ maxBytes: 0 })).toThrow(HeadroomError);
    expect(() => createMemoryStore({ ttl: 5 } as MemoryStoreOptions)).toThrow('has no option "ttl"');
  });
});
