import { describe, expect, test } from 'vitest';
import { EventBus, HeadroomModel, createMemoryStore, type RetrievalStore } from '../../../src/index.ts';
import { limitWaiting } from '../../../src/retrieval/limit-waiting.ts';
import { scriptedModel } from '../../../src/testing.ts';
import { OriginalKeeper } from '../../../src/compression/original-keeper.ts';

const hanging: RetrievalStore = {
  put: () => new Promise(() => {}),
  get: () => new Promise(() => {}),
  delete: async () => {},
};

describe('a store that does not answer', () => {
  test('is waited for no longer than the limit', async () => {
    const limited = limitWaiting(hanging, 5);
    await expect(limited.put('id', 'text', 'scope')).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(limited.get('id', 'scope')).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is waited for once a prompt, however many originals it should keep', async () => {
    let puts = 0;
    const counting = { ...hanging, put: () => new Promise<void>(() => void puts++) };
    const keeper = new OriginalKeeper(limitWaiting(counting, 5), 'scope');
    for (const id of ['a', 'b', 'c']) await expect(keeper.keep(id, 'text')).rejects.toThrow('did not answer');
    expect(puts).toBe(1);
  });

  test('does not keep the process alive, nor answers from those who have them', async () => {
    const store = limitWaiting(createMemoryStore(), 60_000);
    await store.put('id', 'text', 'scope');
    expect(await store.get('id', 'scope')).toEqual({ status: 'found', text: 'text' });
  });

  test('refuses one text and is tried with the next', async () => {
    const keeper = new OriginalKeeper({ ...hanging, put: refuse }, 'scope');
    await expect(keeper.keep('large', 'text')).rejects.toThrow('too large');
    await expect(keeper.keep('small', 'text')).resolves.toBeUndefined();
  });

  test('can be shared by models and their bus without being another store', () => {
    const events = new EventBus();
    const store = createMemoryStore();
    expect(new HeadroomModel(scriptedModel([]), { events, store }).store).toBe(store);
  });
});

async function refuse(id: string): Promise<void> {
  if (id === 'large') throw new RangeError('too large');
}
