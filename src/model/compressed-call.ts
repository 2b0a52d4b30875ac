import { AsyncLocalStorage } from 'node:async_hooks';

/** In the options of a call that a model further out has compressed, and tells of. One name for all copies of the package. */
const COMPRESSED = Symbol.for('headroom.compressed-call');

/** One for the process, as the mark is, for hosts that make the options of a call anew on its way. */
const shared = globalThis as { [COMPRESSED]?: AsyncLocalStorage<true> };
const compressedCalls = (shared[COMPRESSED] ??= new AsyncLocalStorage<true>());

/**
 * The options of a call whose prompt is compressed: a `HeadroomModel` that is met on the way to the provider, behind
 * objects of a host, passes the call on.
 */
export function markCompressed<Options extends object>(options: Options): Options {
  return { ...options, [COMPRESSED]: true };
}

/** Makes a call whose prompt is compressed, where there are no options to mark. */
export function withinCompressedCall<Result>(call: () => Result): Result {
  return compressedCalls.run(true, call);
}

export function isMarkedCompressed(options: object): boolean {
  return COMPRESSED in options || compressedCalls.getStore() === true;
}
