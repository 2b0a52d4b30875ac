import { AsyncLocalStorage } from 'node:async_hooks';

/** One for the process, so that two installed copies of the package still see each other's calls. */
const key = Symbol.for('headroom.compressed-scope');
const shared = globalThis as { [key]?: AsyncLocalStorage<true> };
const storage = (shared[key] ??= new AsyncLocalStorage<true>());

/** Makes a model call whose prompt is compressed, for hosts that make the options of the call anew on its way. */
export function withinCompressedCall<Result>(call: () => Result): Result {
  return storage.run(true, call);
}

/** Whether this code is part of a model call whose prompt is compressed, and which another tells of. */
export function isWithinCompressedCall(): boolean {
  return storage.getStore() === true;
}
