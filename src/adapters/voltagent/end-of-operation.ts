import { outcomeOf } from '../../hooks/outcome-of.ts';
import { endOfError as endOfThrown, endOfResult, knownUsage, type RunEnding } from '../runs/run-ending.ts';

/** The part of the output of an operation that is read: a text, or an object. */
interface OperationOutput {
  readonly text?: unknown;
  readonly object?: unknown;
  readonly finishReason?: unknown;
  readonly usage?: unknown;
  readonly totalUsage?: unknown;
}

/** The ending of an operation that has an output. VoltAgent tells the output of a stream that failed after its first step too. */
export function endOfOutput(output: unknown, failure: { readonly error: unknown } | undefined): RunEnding {
  const { text, object, finishReason, usage, totalUsage } = output as OperationOutput;
  const ending: RunEnding = {
    ...endOfResult({ text: text ?? object, finishReason }),
    // Steps are counted as they finish, those of attempts that failed too.
    stepCount: undefined,
    usage: knownUsage(totalUsage ?? usage),
  };
  if (failure === undefined) return ending;
  const error = thrownError(failure.error);
  return { ...ending, outcome: outcomeOf(error), error };
}

/** The ending of an operation that has none. */
export function endOfError(error: unknown, abortSignal: AbortSignal): RunEnding {
  return endOfThrown(thrownError(error), abortSignal);
}

/** VoltAgent tells its hooks of errors within one of its own. */
export function thrownError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('originalError' in error)) return error;
  return error.originalError ?? error;
}
