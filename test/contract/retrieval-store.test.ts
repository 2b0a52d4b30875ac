import { describe } from 'vitest';
import { createKeyvStore } from '../../src/retrieval/keyv-store.ts';
import { createMemoryStore } from '../../src/retrieval/memory-store.ts';
import { KeyvFake } from './keyv-fake.ts';
import { itIsARetrievalStore } from './retrieval-store.ts';

describe('the memory store', () => {
  itIsARetrievalStore(() => createMemoryStore());
});

describe('the Keyv store', () => {
  itIsARetrievalStore(() => createKeyvStore(new KeyvFake()));
});

describe('the Keyv store with a time to live', () => {
  itIsARetrievalStore(() => createKeyvStore(new KeyvFake(), { timeToLiveMs: 60_000 }));
});
