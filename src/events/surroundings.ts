import type { Unsubscribe } from './bus.ts';
import { ByBus } from './by-bus.ts';

/** A piece of work by the ids that events tell of it: a model call, a tool, or else a run. */
export interface Work {
  readonly runId?: string | undefined;
  readonly callId?: string | undefined;
  readonly toolCallId?: string | undefined;
}

/** Runs `execute` once and returns what it returns, with something around it, such as an active span. */
export type Surround = <Result>(work: Work, execute: () => Result) => Result;

const surroundings = new ByBus<Surround>();

/** Puts something around the work that this bus tells of. Events tell that work happens; this is how to be there. */
export function surroundWork(events: object, surround: Surround): Unsubscribe {
  return surroundings.add(events, surround);
}

/** Runs `execute` within all that was put around it, once, whatever becomes of these. */
export function runWork<Result>(events: object, work: Work, execute: () => Result): Result {
  const surrounds = surroundings.of(events);
  if (surrounds === undefined) return execute();
  return [...surrounds].reduce<() => Result>((inner, surround) => () => within(surround, work, inner), execute)();
}

/** What becomes of the work is what becomes of it alone: what fails around it, before or after, is left away. */
function within<Result>(surround: Surround, work: Work, execute: () => Result): Result {
  let outcome: (() => Result) | undefined;
  const attempt = (): Result => {
    try {
      const result = execute();
      outcome = () => result;
    } catch (error) {
      outcome = () => {
        throw error;
      };
    }
    return outcome();
  };
  try {
    surround(work, attempt);
  } catch {
    // Told below, if it is the work's own.
  }
  return outcome === undefined ? execute() : outcome();
}
