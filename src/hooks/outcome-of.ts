import type { Outcome } from '../events/event.ts';
import { isAbort } from '../is-abort.ts';
import { HeadroomStopError } from './stop-error.ts';

/** How something ended that threw this: `aborted` when someone gave up on it or stopped it, an error otherwise. Never throws. */
export function outcomeOf(error: unknown): Exclude<Outcome, 'ok'> {
  try {
    return isAbort(error) || HeadroomStopError.is(error) ? 'aborted' : 'error';
  } catch {
    return 'error';
  }
}
