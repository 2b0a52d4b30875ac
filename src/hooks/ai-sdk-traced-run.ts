import type { ModelEnd } from '../events/event.ts';
import { normalizeUsage } from '../tokens/normalize-usage.ts';
import type { RunOutput } from './hook.ts';
import { isOwnEnd } from './is-own-end.ts';
import type { SpanAttributes } from './open-telemetry-tracer.ts';
import { outcomeOf } from './outcome-of.ts';
import type { RunScope } from './run-scope.ts';

/** How a run ended, without whose it was. */
export type TracedEnding = Omit<RunOutput, keyof RunScope>;

const FINISH_REASON = 'ai.response.finishReason';

/** The last attempt to call the model. */
interface Attempt {
  /** Until the provider has answered: with all of it, or with a stream. */
  isUnderWay: boolean;
  hasEnded: boolean;
  failure: { readonly error: unknown } | undefined;
  finishReason: unknown;
}

/** A run of ai 6 as its spans tell of it. */
export class TracedRun {
  readonly scope: RunScope;
  /** Whether another opened it, and tells of its steps and its end. */
  readonly isJoined: boolean;
  /** Whether its answer is streamed, so that more is to come when the call itself is over. */
  readonly isStream: boolean;
  private attempt: Attempt | undefined;
  private summary: SpanAttributes = {};

  constructor(scope: RunScope, how: { readonly isJoined: boolean; readonly isStream: boolean }) {
    this.scope = scope;
    this.isJoined = how.isJoined;
    this.isStream = how.isStream;
  }

  /** What the span of the run says of it. */
  describe(attributes: SpanAttributes): void {
    this.summary = { ...this.summary, ...attributes };
  }

  startAttempt(): Attempt {
    return (this.attempt = { isUnderWay: true, hasEnded: false, failure: undefined, finishReason: undefined });
  }

  /** How the run ended, if that a `HeadroomModel` says how its call did is all that will ever be said of it. */
  endOfModel({ outcome, endedBy, errorType, finishReason }: ModelEnd): TracedEnding | undefined {
    const { attempt } = this;
    // An attempt that was rejected may be made again.
    if (!this.isStream || attempt === undefined || attempt.isUnderWay) return undefined;
    if (outcome === 'aborted') return endedBy === 'host' || endedBy === 'reader' ? { outcome, endedBy } : undefined;
    if (outcome === 'ok') return undefined;
    attempt.failure = { error: Object.assign(new Error('The stream of the model failed.'), { name: errorType }) };
    // When a connection breaks, ai 6 tells nobody but the reader. After an error within a stream it goes on.
    return finishReason === undefined ? { outcome, endedBy: 'host', ...attempt.failure } : undefined;
  }

  /** How the run ended, once the span of its stream has ended. ai 6 puts `other` for a stream without an end. */
  endOfStream(): TracedEnding {
    const { failure, finishReason: last, hasEnded = false } = this.attempt ?? {};
    const told = this.summary[FINISH_REASON];
    const failed = { outcome: outcomeOf(failure?.error), endedBy: 'host', ...failure } as const;
    if (told === undefined || (told === 'other' && last !== 'other')) {
      return failure !== undefined || (told === undefined && hasEnded)
        ? failed
        : { outcome: 'aborted', endedBy: 'host' };
    }
    const seen = { finishReason: typeof told === 'string' ? told : undefined, usage: usageOf(this.summary) };
    const hasFailed = told === 'error' || (failure !== undefined && !isOwnEnd(told));
    return hasFailed ? { ...failed, ...seen } : { outcome: 'ok', endedBy: 'host', ...seen };
  }
}

/** Takes from the attributes of a span what an attempt is known by. */
export function describeAttempt(attempt: { finishReason: unknown }, attributes: SpanAttributes): void {
  attempt.finishReason = attributes[FINISH_REASON] ?? attempt.finishReason;
}

function usageOf(summary: SpanAttributes): RunOutput['usage'] {
  return normalizeUsage({
    inputTokens: summary['ai.usage.inputTokens'],
    outputTokens: summary['ai.usage.outputTokens'],
  });
}
