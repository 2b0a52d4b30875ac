import type { EventFacts } from '../../../src/events/event.ts';
import type { TokenUsage } from '../../../src/tokens/normalize-usage.ts';

export function usageOf(usage: Partial<TokenUsage>): TokenUsage {
  return {
    inputTokens: undefined,
    outputTokens: undefined,
    cacheReadTokens: undefined,
    cacheWriteTokens: undefined,
    reasoningTokens: undefined,
    ...usage,
  };
}

let calls = 0;

export function modelStart(runId: string | undefined): EventFacts<'model.start'> {
  calls += 1;
  return { runId, callId: `call_${calls}`, provider: 'p', model: 'm', streaming: false };
}

/** The end of the call that was started last. */
export function modelEnd(runId: string | undefined, usage?: TokenUsage): EventFacts<'model.end'> {
  const call = { callId: `call_${calls}`, provider: 'p', model: 'm', streaming: false };
  return { ...call, runId, outcome: 'ok', endedBy: 'host', usage, durationMs: 5 };
}

export function compressionEnd(facts: Partial<EventFacts<'compression.end'>>): EventFacts<'compression.end'> {
  const { tokensBefore = 10, tokensAfter = 10 } = facts;
  return {
    callId: 'call',
    provider: 'p',
    model: 'm',
    mode: 'optimize',
    loss: 'none',
    isRetry: false,
    tokensBefore,
    tokensAfter,
    tokensSaved: tokensBefore - tokensAfter,
    decisions: [],
    durationMs: 1,
    ...facts,
  };
}
