import { AsyncLocalStorage } from 'node:async_hooks';

/** In the options of a call that a model further out has compressed, and tells of. One name for all copies of the package. */
const COMPRESSED = Symbol.for('headroom.compressed-call');

/** Holds while such a call is made. One for the process, for the same reason. */
const shared = globalThis as { [COMPRESSED]?: AsyncLocalStorage<true> };
const calling = (shared[COMPRESSED] ??= new AsyncLocalStorage<true>());

/**
 * The options of a call whose prompt is compressed: a `HeadroomModel` that is met on the way to the provider, behind
 * objects of a host, passes the call on.
 */
export function markCompressed<Options extends object>(options: Options): Options {
  return { ...options, [COMPRESSED]: true };
}

/** The same for hosts that make the options of a call themselves: marks the calls that are made within `call`. */
export function withinCompressedCall<Result>(call: () => Result): Result {
  return calling.run(true, call);
}

export function isMarkedCompressed(options: object): boolean {
  return COMPRESSED in options || calling.getStore() === true;
}
