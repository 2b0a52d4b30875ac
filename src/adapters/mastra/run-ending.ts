import { isOwnEnd } from '../../hooks/is-own-end.ts';
import { endOfError, knownUsage, type RunEnding } from '../runs/run-ending.ts';
import type { OutputResultArguments } from './processor-arguments.ts';

/** The ending of a run that Mastra says is over: with a result, with an error, or because someone gave up on it. */
export function endOfRun(
  result: OutputResultArguments<unknown>['result'],
  seen: { readonly failure?: { readonly error: unknown } | undefined; readonly abortSignal?: AbortSignal | undefined },
): RunEnding {
  const { text, usage, finishReason } = result ?? {};
  const told: Partial<RunEnding> = {
    finishReason: typeof finishReason === 'string' ? finishReason : undefined,
    usage: knownUsage(usage),
    output: text,
  };
  // Whatever became of its signal later.
  const isAtItsEnd = isOwnEnd(finishReason);
  if (seen.abortSignal?.aborted === true && !isAtItsEnd) {
    return { ...told, outcome: 'aborted', endedBy: 'host', error: seen.abortSignal.reason };
  }
  // A tripwire is another processor's way to stop a run.
  if (finishReason === 'aborted' || finishReason === 'tripwire')
    return { ...told, outcome: 'aborted', endedBy: 'host' };
  if (seen.failure !== undefined && !isAtItsEnd) return { ...told, ...endOfError(seen.failure.error, undefined) };
  if (finishReason === 'error') return { ...told, outcome: 'error', endedBy: 'host' };
  return { ...told, outcome: 'ok', endedBy: 'host' };
}
