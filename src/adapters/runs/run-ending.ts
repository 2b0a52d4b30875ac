import type { RunOutput } from '../../hooks/hook.ts';
import { outcomeOf } from '../../hooks/outcome-of.ts';
import { HeadroomStopError } from '../../hooks/stop-error.ts';
import { normalizeUsage } from '../../tokens/normalize-usage.ts';

/** How a run ended, without whose it was. */
export type RunEnding = Omit<RunOutput, 'runId' | 'parentRunId' | 'sessionId' | 'agent'>;

/** The part of a result of `generateText` that is read. `totalUsage` sums the steps in ai 6 and ai 7. */
export interface TextResult {
  readonly text?: unknown;
  readonly finishReason?: unknown;
  readonly totalUsage?: unknown;
  readonly usage?: unknown;
  readonly steps?: readonly unknown[] | undefined;
}

/** The ending of a run that has a result. A model can give up without an error: then the finish reason says so. */
export function endOfResult(result: TextResult): RunEnding {
  return {
    outcome: result.finishReason === 'error' ? 'error' : 'ok',
    endedBy: 'host',
    finishReason: typeof result.finishReason === 'string' ? result.finishReason : undefined,
    stepCount: result.steps?.length,
    usage: normalizeUsage(result.totalUsage ?? result.usage),
    output: result.text,
  };
}

/** Hosts say 0 where nobody told them, and no call is without tokens. */
export function knownUsage(usage: unknown): RunEnding['usage'] {
  const known = normalizeUsage(usage);
  return (known?.inputTokens ?? 0) + (known?.outputTokens ?? 0) === 0 ? undefined : known;
}

/** The ending of a run that threw: aborted if someone gave up on it or stopped it, an error otherwise. */
export function endOfError(error: unknown, abortSignal: AbortSignal | undefined): RunEnding {
  const isStopped = abortSignal?.aborted === true || HeadroomStopError.is(error);
  return { outcome: isStopped ? 'aborted' : outcomeOf(error), endedBy: 'host', error };
}
