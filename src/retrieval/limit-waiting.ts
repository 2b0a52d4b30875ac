import type { RetrievalStore } from './store.ts';

/** Longer than any store takes that works, and short enough for an agent to go on without it. */
const LONGEST_WAIT_MS = 5_000;

/** The same store for those who must not hang on it: a `put` or `get` that takes too long rejects with a `TimeoutError`. */
export function limitWaiting(store: RetrievalStore, longestWaitMs: number = LONGEST_WAIT_MS): RetrievalStore {
  return {
    put: (id, text, scope) => settleWithin(longestWaitMs, () => store.put(id, text, scope)),
    get: (id, scope) => settleWithin(longestWaitMs, () => store.get(id, scope)),
    delete: (scope) => store.delete(scope),
  };
}

async function settleWithin<Value>(limitMs: number, begin: () => Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`The store did not answer within ${limitMs} ms.`), { name: 'TimeoutError' }));
    }, limitMs);
  });
  try {
    return await Promise.race([begin(), late]);
  } finally {
    clearTimeout(timer);
  }
}
