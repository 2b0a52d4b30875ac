import { isWithinCompressedCall } from '../hooks/compressed-scope.ts';

/** In the options of a call that a model further out has compressed, and tells of. One name for all copies of the package. */
const COMPRESSED = Symbol.for('headroom.compressed-call');

/**
 * The options of a call whose prompt is compressed: a `HeadroomModel` that is met on the way to the provider, behind
 * objects of a host, passes the call on.
 */
export function markCompressed<Options extends object>(options: Options): Options {
  return { ...options, [COMPRESSED]: true };
}

/** Whether the options are marked, or the call is made within one that is. */
export function isMarkedCompressed(options: object): boolean {
  return COMPRESSED in options || isWithinCompressedCall();
}
