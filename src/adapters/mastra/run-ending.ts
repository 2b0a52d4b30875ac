import { normalizeUsage } from '../../tokens/normalize-usage.ts';
import { endOfError, type RunEnding } from '../runs/run-ending.ts';
import type { OutputResultArguments } from './processor-arguments.ts';

/** Finish reasons of a run that came to its own end, whatever became of its signal later. */
const OWN_ENDS: readonly unknown[] = ['stop', 'length', 'content-filter', 'tool-calls'];

/** The ending of a run that Mastra says is over: with a result, with an error, or because someone gave up on it. */
export function endOfRun(
  result: OutputResultArguments<unknown>['result'],
  seen: { readonly failure?: { readonly error: unknown } | undefined; readonly abortSignal?: AbortSignal | undefined },
): RunEnding {
  const { text, usage, finishReason } = result ?? {};
  const told: Partial<RunEnding> = {
    finishReason: typeof finishReason === 'string' ? finishReason : undefined,
    usage: normalizeUsage(usage),
    output: text,
  };
  const isOwnEnd = OWN_ENDS.includes(finishReason);
  if (seen.abortSignal?.aborted === true && !isOwnEnd) {
    return { ...told, outcome: 'aborted', endedBy: 'host', error: seen.abortSignal.reason };
  }
  if (finishReason === 'aborted') return { ...told, outcome: 'aborted', endedBy: 'host' };
  if (seen.failure !== undefined && !isOwnEnd) return { ...told, ...endOfError(seen.failure.error, undefined) };
  if (finishReason === 'error') return { ...told, outcome: 'error', endedBy: 'host' };
  return { ...told, outcome: 'ok', endedBy: 'host' };
}
