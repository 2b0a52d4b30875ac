import { AsyncLocalStorage } from 'node:async_hooks';

/** One for the process, so that two installed copies of the package still see each other's calls. */
const key = Symbol.for('headroom.compressed-scope');
const shared = globalThis as { [key]?: AsyncLocalStorage<true> };
const storage = (shared[key] ??= new AsyncLocalStorage<true>());

/**
 * Marks the calls of models that are made within `call`: their prompts are compressed and told of already. For hosts that
 * make the options of such calls themselves.
 */
export function withinCompressedCall<Result>(call: () => Result): Result {
  return storage.run(true, call);
}

export function isWithinCompressedCall(): boolean {
  return storage.getStore() === true;
}
