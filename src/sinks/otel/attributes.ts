import type { Attributes } from '@opentelemetry/api';
import type {
  AlertFiring,
  AlertResolved,
  CompressionDecision,
  CompressionEnd,
  EventBase,
  Fault,
  ModelEnd,
  ModelStart,
  RetrievalEnd,
  RunEnd,
  RunStart,
  ToolStart,
} from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { genAiProviderName } from '../provider-name.ts';
import { CACHE_WRITE_TOKENS, ERROR_TYPE, GEN_AI, HEADROOM, type SemconvRevision } from './semconv.ts';

/** What every span tells about the run that it belongs to. */
function runAttributes({ runId, sessionId, agent }: EventBase): Attributes {
  return { [HEADROOM.runId]: runId, [GEN_AI.conversationId]: sessionId, [GEN_AI.agent]: agent };
}

/** What is known of a run from its start. */
export function runStartAttributes(event: RunStart): Attributes {
  return { [GEN_AI.operation]: 'invoke_agent', [GEN_AI.requestModel]: event.model, ...runAttributes(event) };
}

/** A run tells its sums under our own names: under `gen_ai.usage` they would be counted again beside those of its calls. */
export function runEndAttributes(event: RunEnd): Attributes {
  const { stepCount, modelCallCount, toolCallCount, usage, savings } = event;
  return {
    [HEADROOM.stepCount]: stepCount,
    [HEADROOM.modelCallCount]: modelCallCount,
    [HEADROOM.toolCallCount]: toolCallCount,
    [HEADROOM.runInputTokens]: usage?.inputTokens,
    [HEADROOM.runOutputTokens]: usage?.outputTokens,
    [HEADROOM.runSavedTokens]: savings.tokensSaved,
    ...endAttributes(event),
  };
}

/** What a sampler may decide on, known from the start. */
export function modelStartAttributes(event: ModelStart): Attributes {
  return {
    [GEN_AI.operation]: 'chat',
    [GEN_AI.provider]: genAiProviderName(event.provider),
    [GEN_AI.requestModel]: event.model,
    // The conventions want it only where it is true.
    [GEN_AI.requestStream]: event.streaming ? true : undefined,
    ...runAttributes(event),
  };
}

/** What the provider told: this span is the one place where the usage of a call stands. */
export function modelEndAttributes(event: ModelEnd, semconv: SemconvRevision): Attributes {
  const { usage, outcome, timeToFirstChunkMs } = event;
  // The conventions want `error` for a generation that was cut short.
  const finishReason = event.finishReason ?? (outcome === 'aborted' ? 'error' : undefined);
  return {
    [GEN_AI.finishReasons]: finishReason === undefined ? undefined : [FINISH_REASONS.get(finishReason) ?? 'other'],
    [GEN_AI.timeToFirstChunk]: timeToFirstChunkMs === undefined ? undefined : timeToFirstChunkMs / 1000,
    [GEN_AI.inputTokens]: usage?.inputTokens,
    [GEN_AI.outputTokens]: usage?.outputTokens,
    [GEN_AI.cacheReadTokens]: usage?.cacheReadTokens,
    [GEN_AI.reasoningTokens]: usage?.reasoningTokens,
    [HEADROOM.costUsd]: event.costUsd,
    [HEADROOM.costSavedUsd]: event.costSavedUsd,
    ...Object.fromEntries(CACHE_WRITE_TOKENS[semconv].map((name) => [name, usage?.cacheWriteTokens])),
    ...endAttributes(event),
  };
}

/** Which tool it is; neither its arguments nor its result. */
export function toolStartAttributes(event: ToolStart): Attributes {
  return {
    [GEN_AI.operation]: 'execute_tool',
    [GEN_AI.toolName]: event.toolName,
    [GEN_AI.toolType]: 'function',
    [GEN_AI.toolCallId]: event.toolCallId,
    ...runAttributes(event),
  };
}

/** How it ended, unless it ended well and by itself. */
export function endAttributes({
  outcome,
  endedBy,
  errorType = '',
}: Pick<RunEnd, 'outcome' | 'endedBy' | 'errorType'>): Attributes {
  return {
    [HEADROOM.outcome]: outcome === 'ok' ? undefined : outcome,
    [HEADROOM.endedBy]: endedBy === 'host' ? undefined : endedBy,
    [ERROR_TYPE]: outcome === 'error' ? identifierOr('_OTHER', errorType) : undefined,
  };
}

/** The prompt of a call as it was sent: an audit saved nothing, and nothing was compacted. For the span of the call. */
export function compressionSummary(event: CompressionEnd): Attributes {
  const { mode, decisions, tokensBefore, durationMs } = event;
  const strategies = new Set<string>();
  for (const { reason, strategy } of mode === 'audit' ? [] : decisions) {
    if (reason === 'compressed') strategies.add(identifierOr('other', strategy));
  }
  const tokensAfter = mode === 'audit' ? tokensBefore : event.tokensAfter;
  return {
    [HEADROOM.compressionMode]: mode,
    [HEADROOM.compressionToolResults]: decisions.length,
    [HEADROOM.compressionInputTokens]: tokensBefore,
    [HEADROOM.compressionOutputTokens]: tokensAfter,
    [HEADROOM.compressionSavedTokens]: tokensBefore - tokensAfter,
    [HEADROOM.compressionSavingsRatio]: tokensBefore > 0 ? (tokensBefore - tokensAfter) / tokensBefore : undefined,
    [HEADROOM.compressionStrategies]: strategies.size > 0 ? [...strategies].sort() : undefined,
    [HEADROOM.compressionDuration]: durationMs / 1000,
    // The conventions want it only where it is true.
    [GEN_AI.compacted]: strategies.size > 0 ? true : undefined,
  };
}

/**
 * What else there is to tell beside the summary, for the span of the compression. The tokens stand on the span of the call alone, so that no
 * sum counts them twice.
 */
export function compressionAttributes(event: CompressionEnd, summary: Attributes): Attributes {
  const reasons = new Set<string>();
  for (const { reason } of event.decisions) if (reason !== 'compressed') reasons.add(identifierOr('other', reason));
  return {
    [GEN_AI.requestModel]: event.model,
    [HEADROOM.compressionMode]: event.mode,
    [HEADROOM.compressionLoss]: event.loss,
    [HEADROOM.compressionIsRetry]: event.isRetry ? true : undefined,
    [HEADROOM.compressionSkipped]: summary[GEN_AI.compacted] === true ? undefined : true,
    [HEADROOM.compressionSkipReasons]: reasons.size > 0 ? [...reasons].sort() : undefined,
    [HEADROOM.compressionStrategies]: summary[HEADROOM.compressionStrategies],
    [HEADROOM.compressionToolResults]: event.decisions.length,
    ...runAttributes(event),
  };
}

/** What was done with one tool result; in an audit, what would have been. */
export function decisionAttributes(decision: CompressionDecision): Attributes {
  return {
    [GEN_AI.toolName]: decision.toolName,
    [GEN_AI.toolCallId]: decision.toolCallId,
    [HEADROOM.resultContentKind]: decision.contentKind,
    [HEADROOM.resultStrategy]: decision.strategy,
    [HEADROOM.resultReason]: decision.reason,
    [HEADROOM.resultInputTokens]: decision.tokensBefore,
    [HEADROOM.resultOutputTokens]: decision.tokensAfter,
  };
}

/** What an alert says. */
export function alertAttributes(event: AlertFiring | AlertResolved): Attributes {
  return {
    [HEADROOM.alertId]: event.alertId,
    [HEADROOM.alertRule]: event.rule,
    [HEADROOM.alertSeverity]: event.severity,
    [HEADROOM.alertScope]: event.scope,
    [HEADROOM.alertValue]: event.value,
    [HEADROOM.alertThreshold]: event.threshold,
    [HEADROOM.alertUnit]: event.unit,
  };
}

/** How a retrieval came out. */
export function retrievalAttributes({ outcome, tokens }: RetrievalEnd): Attributes {
  return { [HEADROOM.retrievalOutcome]: outcome, [HEADROOM.retrievalTokens]: tokens };
}

/** Where something of ours failed, and the class of the error; not its message. */
export function faultAttributes({ where, errorName }: Fault): Attributes {
  return { [HEADROOM.faultWhere]: where, [ERROR_TYPE]: identifierOr('_OTHER', errorName) };
}

/** Finish reasons of the AI SDK, and what the conventions call them. */
const FINISH_REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_call'],
  ['error', 'error'],
]);

/** Attributes whose value is a name or an id, which may be any text. */
const NAMES = new Set<string>([
  GEN_AI.agent,
  GEN_AI.conversationId,
  GEN_AI.provider,
  GEN_AI.requestModel,
  GEN_AI.toolName,
  GEN_AI.toolCallId,
  HEADROOM.runId,
  HEADROOM.alertId,
]);

/**
 * What may leave: without attributes that are `undefined` and numbers that are none, and with `other` in place of a text
 * that is no word of a vocabulary.
 */
export function publishable(attributes: Attributes): Attributes {
  const published: Attributes = {};
  for (const name in attributes) {
    const value = attributes[name];
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) continue;
    published[name] = typeof value === 'string' && !NAMES.has(name) ? identifierOr('other', value) : value;
  }
  return published;
}
