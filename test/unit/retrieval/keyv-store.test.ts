import { describe, expect, it } from 'vitest';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createKeyvStore, type KeyvLike } from '../../../src/retrieval/keyv-store.ts';
import { KeyvFake } from '../../contract/keyv-fake.ts';

describe('createKeyvStore', () => {
  it('shares originals between processes, and forgets a scope in all of them', async () => {
    const keyv = new KeyvFake();
    const here = createKeyvStore(keyv);
    const there = createKeyvStore(keyv);
    await here.put('a', 'text', 's');
    expect(await there.get('a', 's')).toEqual({ status: 'found', text: 'text' });
    await there.delete('s');
    expect(await here.get('a', 's')).not.toMatchObject({ status: 'found' });
    await here.put('a', 'text', 's');
    expect(await there.get('a', 's')).toEqual({ status: 'found', text: 'text' });
  });

  it('removes what this process put when its scope is deleted', async () => {
    const keyv = new KeyvFake();
    const store = createKeyvStore(keyv);
    await store.put('a', 'the canary', 's');
    await store.put('b', 'other', 't');
    await store.delete('s');
    expect([...keyv.entries.values()].map(({ json }) => json).join()).not.toContain('canary');
    expect(await store.get('b', 't')).toMatchObject({ status: 'found' });
  });

  it('says expired of what this process put, and unknown of the rest', async () => {
    const keyv = new KeyvFake();
    const store = createKeyvStore(keyv, { timeToLiveMs: 1_000 });
    await store.put('a', 'text', 's');
    keyv.nowMs = 1_000;
    expect(await store.get('a', 's')).toEqual({ status: 'expired' });
    expect(await createKeyvStore(keyv).get('a', 's')).toEqual({ status: 'unknown' });
  });

  it('finds what was put after a deletion for as long as it lives', async () => {
    const keyv = new KeyvFake();
    const store = createKeyvStore(keyv, { timeToLiveMs: 1_000 });
    await store.delete('s');
    keyv.nowMs = 900;
    await store.put('a', 'text', 's');
    keyv.nowMs = 1_899;
    expect(await store.get('a', 's')).toMatchObject({ status: 'found' });
  });

  it('rejects when the backend does not take the value, or fails', async () => {
    const refusing: KeyvLike = { get: async () => undefined, set: async () => false, delete: async () => false };
    await expect(createKeyvStore(refusing).put('a', 'text', 's')).rejects.toThrow('did not store');
    const down: KeyvLike = { ...refusing, get: () => Promise.reject(new Error('connection refused')) };
    await expect(createKeyvStore(down).get('a', 's')).rejects.toThrow('connection refused');
  });

  it('does not take a foreign value for an original', async () => {
    for (const value of [null, 'text', 7, [], {}, { text: 'x' }, { generation: 1, text: 'x' }]) {
      const keyv: KeyvLike = { get: async () => value, set: async () => true, delete: async () => true };
      expect(await createKeyvStore(keyv).get('a', 's')).toEqual({ status: 'unknown' });
    }
  });

  it('refuses what is no Keyv, and options that it does not have', () => {
    expect(() => createKeyvStore({} as KeyvLike)).toThrow(HeadroomError);
    expect(() => createKeyvStore(new KeyvFake(), { timeToLiveMs: 0 })).toThrow('above 0');
  });
});
