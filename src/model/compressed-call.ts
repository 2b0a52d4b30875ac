import { isWithinCall } from '../hooks/call-scope.ts';
import type { CallOptions } from './language-model.ts';

/** In the options of a call that a model further out has compressed, and tells of. One name for all copies of the package. */
const COMPRESSED = Symbol.for('headroom.compressed-call');

/**
 * The options of a call whose prompt is compressed: a `HeadroomModel` that is met on the way to the provider, behind
 * objects of a host, passes the call on.
 */
export function markCompressed<Options extends object>(options: Options): Options {
  return { ...options, [COMPRESSED]: true };
}

/** Whether a call is compressed further out: it says so, or it is made by one that is being made. */
export function isCompressed(options: CallOptions): boolean {
  return COMPRESSED in options || isWithinCall(options.prompt);
}
