import type { HeadroomEvent } from '../../events/event.ts';
import type { TokenUsage } from '../../tokens/normalize-usage.ts';
import { BoundedMap } from '../../bounded-map.ts';

/** Open runs of which it is remembered that their model calls told their usage. */
const OPEN_RUN_LIMIT = 10_000;
/** Ended runs that are remembered, because a stream that was given up can end after its run. */
const ENDED_RUN_LIMIT = 1_000;

/**
 * Counts usage once: that of each model call or, where no model call of a run told any, that in `run.end`, which is what
 * a host knows whose model is not wrapped.
 */
export class CountedUsage {
  private readonly told = new BoundedMap<true>(OPEN_RUN_LIMIT);
  private readonly ended = new BoundedMap<'by-call' | 'by-run'>(ENDED_RUN_LIMIT);

  /** The usage that this event is to be counted with. To be asked once for each event. */
  of(event: HeadroomEvent): TokenUsage | undefined {
    const { runId } = event;
    if (event.type === 'model.end') {
      if (runId === undefined || totalTokensOf(event.usage) === undefined) return event.usage;
      if (this.ended.get(runId) === 'by-run') return undefined;
      if (!this.ended.has(runId)) this.told.set(runId, true);
      return event.usage;
    }
    if (event.type !== 'run.end' || runId === undefined || this.ended.has(runId)) return undefined;
    const isTold = this.told.take(runId) !== undefined;
    const usage = isTold ? undefined : event.usage;
    this.ended.set(runId, totalTokensOf(usage) === undefined ? 'by-call' : 'by-run');
    return usage;
  }

  hasEnded(runId: string): boolean {
    return this.ended.has(runId);
  }
}

/** Input and output tokens that are known, or `undefined` when neither is. */
export function totalTokensOf(usage: TokenUsage | undefined): number | undefined {
  const inputTokens = usage?.inputTokens;
  const outputTokens = usage?.outputTokens;
  if (!isCount(inputTokens)) return isCount(outputTokens) ? outputTokens : undefined;
  return isCount(outputTokens) ? inputTokens + outputTokens : inputTokens;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
