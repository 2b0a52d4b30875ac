import type { EventBus } from '../../src/events/bus.ts';
import type { CompressionDecision } from '../../src/events/event.ts';

/** Who makes a call. */
export interface Caller {
  readonly runId: string;
  readonly callId: string;
  readonly agent: string;
  readonly model: string;
  /** The one that is called next. */
  readonly tool: string;
  /** What was decided on each tool result of the prompt: made before it is told of. */
  readonly decisions: readonly CompressionDecision[];
}

const STRATEGIES = ['json-table', 'log-template', 'none'];
/** A conversation after some turns: every tool result so far is carried, and decided on, in every call. */
const RESULTS = 12;

const OK = { outcome: 'ok', endedBy: 'host' } as const;

/** Emits what one model call emits, with every field that a real one has. */
export function emitModelCall(events: EventBus, { runId, callId, agent, model, decisions }: Caller): void {
  const call = { runId, sessionId: 'session_1', agent, callId, provider: 'openai.responses', model };
  events.emit('compression.end', () => ({
    ...call,
    mode: 'optimize' as const,
    loss: 'none' as const,
    isRetry: false,
    tokensBefore: RESULTS * 800,
    tokensAfter: RESULTS * 350,
    tokensSaved: RESULTS * 450,
    decisions,
    durationMs: 1.5,
  }));
  events.emit('model.start', () => ({ ...call, streaming: true }));
  events.emit('model.end', () => ({
    ...call,
    streaming: true,
    ...OK,
    finishReason: 'tool-calls',
    usage: {
      inputTokens: 5_200,
      outputTokens: 180,
      cacheReadTokens: 4_100,
      cacheWriteTokens: 900,
      reasoningTokens: 60,
    },
    durationMs: 2_400,
    timeToFirstChunkMs: 420,
    costUsd: 0.0123,
    costSavedUsd: 0.0031,
    contextWindowTokens: 200_000,
  }));
}

/** Emits what the tool call emits that a model call asks for. */
export function emitToolCall(events: EventBus, { runId, callId, agent, tool }: Caller): void {
  const toolCall = {
    runId,
    sessionId: 'session_1',
    agent,
    toolCallId: `${callId}_tool`,
    toolName: tool,
  };
  events.emit('tool.start', () => toolCall);
  events.emit('tool.end', () => ({ ...toolCall, ...OK, durationMs: 35 }));
}

/** The decisions of one prompt, on results of these tools. */
export function decisionsOn(tools: readonly string[]): readonly CompressionDecision[] {
  return Array.from({ length: RESULTS }, (_, index) => decisionOf(index, tools));
}

function decisionOf(index: number, tools: readonly string[]): CompressionDecision {
  const strategy = STRATEGIES[index % STRATEGIES.length] ?? 'none';
  return {
    messageIndex: 2 + index,
    partIndex: 0,
    toolName: tools[index % tools.length],
    toolCallId: `tool_${index}`,
    contentKind: 'json',
    strategy,
    reason: strategy === 'none' ? 'not-smaller' : 'compressed',
    tokensBefore: 800,
    tokensAfter: strategy === 'none' ? 800 : 125,
    isNew: index === RESULTS - 1,
  };
}
