import type { HeadroomEvents } from '../../../src/events/bus.ts';
import { EVENT_TYPES, type EventFacts, type EventType } from '../../../src/events/event.ts';

/** Facts of every event, complete and plausible, to be spread and changed by a test. */
export const FACTS: { readonly [Type in EventType]: EventFacts<Type> } = {
  'run.start': {
    runId: 'run_1',
    sessionId: 'session_1',
    agent: 'support',
    provider: 'openai.responses',
    model: 'gpt-5',
  },
  'compression.end': {
    runId: 'run_1',
    agent: 'support',
    callId: 'call_1',
    provider: 'openai.responses',
    model: 'gpt-5',
    mode: 'optimize',
    loss: 'none',
    isRetry: false,
    tokensBefore: 1_000,
    tokensAfter: 400,
    tokensSaved: 600,
    decisions: [
      {
        messageIndex: 2,
        partIndex: 0,
        toolName: 'search',
        toolCallId: 'tool_1',
        contentKind: 'json',
        strategy: 'json-table',
        reason: 'compressed',
        tokensBefore: 900,
        tokensAfter: 300,
        isNew: true,
      },
      {
        messageIndex: 2,
        partIndex: 1,
        toolName: 'read_file',
        toolCallId: 'tool_2',
        contentKind: 'text',
        strategy: 'none',
        reason: 'below-minimum',
        tokensBefore: 100,
        tokensAfter: 100,
        isNew: true,
      },
    ],
    durationMs: 4,
  },
  'model.start': {
    runId: 'run_1',
    agent: 'support',
    callId: 'call_1',
    provider: 'openai.responses',
    model: 'gpt-5',
    streaming: true,
  },
  'model.end': {
    runId: 'run_1',
    agent: 'support',
    callId: 'call_1',
    provider: 'openai.responses',
    model: 'gpt-5',
    streaming: true,
    outcome: 'ok',
    endedBy: 'host',
    finishReason: 'stop',
    usage: {
      inputTokens: 1_200,
      outputTokens: 80,
      cacheReadTokens: 1_000,
      cacheWriteTokens: undefined,
      reasoningTokens: 30,
    },
    durationMs: 1_500,
    timeToFirstChunkMs: 250,
  },
  'tool.start': { runId: 'run_1', agent: 'support', toolCallId: 'tool_1', toolName: 'search' },
  'tool.end': {
    runId: 'run_1',
    agent: 'support',
    toolCallId: 'tool_1',
    toolName: 'search',
    outcome: 'ok',
    endedBy: 'host',
    durationMs: 30,
  },
  'retrieval.end': { runId: 'run_1', agent: 'support', outcome: 'found', tokens: 120, durationMs: 2 },
  'alert.firing': {
    runId: 'run_1',
    agent: 'support',
    alertId: 'token-threshold:run_1',
    rule: 'token-threshold',
    severity: 'warning',
    scope: 'run',
    value: 1_280,
    threshold: 1_000,
    unit: 'tokens',
  },
  'alert.resolved': {
    runId: 'run_1',
    agent: 'support',
    alertId: 'token-threshold:run_1',
    rule: 'token-threshold',
    severity: 'warning',
    scope: 'run',
    value: 1_280,
    threshold: 1_000,
    unit: 'tokens',
    durationMs: 900,
  },
  'run.end': {
    runId: 'run_1',
    sessionId: 'session_1',
    agent: 'support',
    provider: 'openai.responses',
    model: 'gpt-5',
    outcome: 'ok',
    endedBy: 'host',
    finishReason: 'stop',
    stepCount: 2,
    modelCallCount: 1,
    toolCallCount: 1,
    usage: {
      inputTokens: 1_200,
      outputTokens: 80,
      cacheReadTokens: 1_000,
      cacheWriteTokens: undefined,
      reasoningTokens: 30,
    },
    savings: { tokensBefore: 1_000, tokensAfter: 400, tokensSaved: 600 },
    durationMs: 2_500,
  },
  fault: {
    runId: 'run_1',
    where: 'store',
    errorName: 'TypeError',
    message: 'The original of a tool result could not be stored.',
  },
};

/** Emits an event with the facts above, and what is different this time. */
export function say<Type extends EventType>(
  events: HeadroomEvents,
  type: Type,
  changes: Partial<EventFacts<Type>> = {},
): void {
  events.emit(type, () => ({ ...FACTS[type], ...changes }));
}

/** Emits every event once, in the order of a run. */
export function sayAll(events: HeadroomEvents): void {
  for (const type of EVENT_TYPES) say(events, type);
}
