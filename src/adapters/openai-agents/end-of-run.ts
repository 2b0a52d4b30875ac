import { endOfError, type RunEnding } from '../runs/run-ending.ts';
import { fieldOf } from '../field-of.ts';
import { endOfResponse, textOfResponse, usageOfResponses } from './end-of-response.ts';

/**
 * The ending of a run that has a result. One that waits for an approval has ended too, with the `tool-calls` that wait as
 * its finish reason: going on is a new run, whose result holds the responses of this one again. The output is what the
 * model said last: to ask the SDK for its own would have it parsed and checked once more.
 */
export function endOfResult(result: unknown, isResumed: boolean): RunEnding {
  const responses = fieldOf(result, 'rawResponses');
  const last: unknown = Array.isArray(responses) ? responses.at(-1) : undefined;
  const { finishReason } = endOfResponse(last);
  return {
    outcome: 'ok',
    endedBy: 'host',
    finishReason: typeof finishReason === 'string' ? finishReason : undefined,
    usage: isResumed ? undefined : usageOfResponses(responses),
    output: textOfResponse(last),
  };
}

/** The ending of a streamed run that has come to rest: finished, or cancelled by its reader or by an abort. */
export function endOfStream(result: unknown, isResumed: boolean, signal: AbortSignal | undefined): RunEnding {
  if (fieldOf(result, 'cancelled') !== true) return endOfResult(result, isResumed);
  if (signal?.aborted === true) return endOfError(signal.reason, signal);
  return { outcome: 'aborted', endedBy: 'reader' };
}
