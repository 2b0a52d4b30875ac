import { expect, it } from 'vitest';
import type { RetrievalStore } from '../../src/retrieval/store.ts';

const HOSTILE_TEXTS: readonly string[] = [
  '',
  'null',
  '\0',
  'a\r\nb\n',
  '\ud800 and \udfff alone',
  '<|endoftext|>',
  '{"__proto__": {"x": 1}}',
  '\u2028\ufeff\uffff',
  'x'.repeat(100_000),
];

const HOSTILE_NAMES: readonly string[] = ['', 'a', 'a:b', ':a', '__proto__', 'constructor', '\0', 'ü', '1:a', '🙂'];

/** What every store promises. `makeStore` gives a new and empty one each time. */
export function itIsARetrievalStore(makeStore: () => RetrievalStore): void {
  it('gives back exactly what was put', async () => {
    const store = makeStore();
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      await store.put(`id${index}`, text, 'scope');
      expect(await store.get(`id${index}`, 'scope')).toEqual({ status: 'found', text });
    }
  });

  it('does not know what was never put', async () => {
    const store = makeStore();
    expect(await store.get('id', 'scope')).toEqual({ status: 'unknown' });
    for (const name of HOSTILE_NAMES) expect(await store.get(name, name)).toEqual({ status: 'unknown' });
  });

  it('keeps the same text once, however often it is put', async () => {
    const store = makeStore();
    await Promise.all([1, 2, 3].map(() => store.put('id', 'text', 'scope')));
    expect(await store.get('id', 'scope')).toEqual({ status: 'found', text: 'text' });
  });

  it('keeps scopes apart, whatever ids and scopes are made of', async () => {
    const store = makeStore();
    const pairs = HOSTILE_NAMES.flatMap((id) => HOSTILE_NAMES.map((scope) => ({ id, scope })));
    for (const { id, scope } of pairs) await store.put(id, JSON.stringify([id, scope]), scope);
    for (const { id, scope } of pairs) {
      expect(await store.get(id, scope)).toEqual({ status: 'found', text: JSON.stringify([id, scope]) });
    }
    expect(await store.get('a', 'another')).toEqual({ status: 'unknown' });
  });

  it('forgets a whole scope, and no other', async () => {
    const store = makeStore();
    for (const scope of HOSTILE_NAMES) await store.put('id', scope, scope);
    await store.delete('a');
    for (const scope of HOSTILE_NAMES) {
      const stored = await store.get('id', scope);
      expect(stored).toEqual(scope === 'a' ? { status: 'unknown' } : { status: 'found', text: scope });
    }
  });

  it('takes what is put into a scope after it was forgotten', async () => {
    const store = makeStore();
    await store.delete('scope');
    await store.put('id', 'one', 'scope');
    await store.delete('scope');
    await store.delete('scope');
    await store.put('id', 'two', 'scope');
    await store.put('other', 'three', 'scope');
    expect(await store.get('id', 'scope')).toEqual({ status: 'found', text: 'two' });
    expect(await store.get('other', 'scope')).toEqual({ status: 'found', text: 'three' });
  });
}
