import { endOfError, type RunEnding } from '../runs/run-ending.ts';
import { fieldOf } from './agents-sdk.ts';
import { endOfResponse, usageOfResponses } from './end-of-response.ts';

/**
 * The ending of a run that has a result. One that waits for an approval has ended too, with the `tool-calls` that wait as
 * its finish reason: going on is a new run, whose result holds the responses of this one again.
 */
export function endOfResult(result: unknown, isResumed: boolean): RunEnding {
  const responses = fieldOf(result, 'rawResponses');
  const finishReason = Array.isArray(responses) ? endOfResponse(responses.at(-1)).finishReason : undefined;
  return {
    outcome: 'ok',
    endedBy: 'host',
    finishReason: typeof finishReason === 'string' ? finishReason : undefined,
    usage: isResumed ? undefined : usageOfResponses(responses),
    output: outputOf(result),
  };
}

/** The ending of a streamed run that has come to rest: finished, or cancelled by its reader or by an abort. */
export function endOfStream(result: unknown, isResumed: boolean, signal: AbortSignal | undefined): RunEnding {
  if (fieldOf(result, 'cancelled') !== true) return endOfResult(result, isResumed);
  if (signal?.aborted === true) return endOfError(signal.reason, signal);
  return { outcome: 'aborted', endedBy: 'reader' };
}

/** The SDK warns, or throws, where there is no output yet. */
function outputOf(result: unknown): unknown {
  const interruptions = fieldOf(result, 'interruptions');
  if (Array.isArray(interruptions) && interruptions.length > 0) return undefined;
  return fieldOf(result, 'finalOutput');
}
