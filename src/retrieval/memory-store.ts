import { DEFAULT_SCOPE, type RetrievalStore } from './store.ts';

export function createMemoryStore(): RetrievalStore {
  const texts = new Map<string, string>();
  return {
    async put(id, text, scope = DEFAULT_SCOPE) {
      texts.set(`${scope}\0${id}`, text);
    },
    async get(id, scope = DEFAULT_SCOPE) {
      const text = texts.get(`${scope}\0${id}`);
      return text === undefined ? { status: 'unknown' } : { status: 'found', text };
    },
    async delete(scope) {
      for (const key of texts.keys()) if (key.startsWith(`${scope}\0`)) texts.delete(key);
    },
  };
}
