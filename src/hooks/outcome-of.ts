import type { Outcome } from '../events/event.ts';

/** Links of a chain of causes that are looked at. */
const MOST_CAUSES = 10;

/**
 * How a run ended that threw this: `aborted` for an `AbortError` or the `TimeoutError` of a signal, also where another
 * error names one as its cause, and `error` for anything else. Never throws.
 */
export function outcomeOf(error: unknown): Exclude<Outcome, 'ok'> {
  try {
    let link = error;
    for (let count = 0; count < MOST_CAUSES && typeof link === 'object' && link !== null; count += 1) {
      const { name, cause } = link as { readonly name?: unknown; readonly cause?: unknown };
      if (name === 'AbortError' || name === 'TimeoutError') return 'aborted';
      link = cause;
    }
  } catch {
    return 'error';
  }
  return 'error';
}
