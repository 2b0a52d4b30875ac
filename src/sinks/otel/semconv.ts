/*
 * Names of the GenAI semantic conventions, https://github.com/open-telemetry/semantic-conventions-genai, as of 2026-11
 * (status: development; it builds on the core conventions v1.44.0). `v1.41` is the last release of the main repository
 * that held them. Copied, because the npm package marks them all as unstable.
 */
export const GEN_AI = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  agent: 'gen_ai.agent.name',
  conversationId: 'gen_ai.conversation.id',
  compacted: 'gen_ai.conversation.compacted',
  requestModel: 'gen_ai.request.model',
  requestStream: 'gen_ai.request.stream',
  finishReasons: 'gen_ai.response.finish_reasons',
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheReadTokens: 'gen_ai.usage.cache_read.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  toolName: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  toolCallId: 'gen_ai.tool.call.id',
} as const;

/** Attributes that hold content, by what was said. */
export const CONTENT_ATTRIBUTES = {
  instructions: 'gen_ai.system_instructions',
  prompt: 'gen_ai.input.messages',
  answer: 'gen_ai.output.messages',
  arguments: 'gen_ai.tool.call.arguments',
  result: 'gen_ai.tool.call.result',
} as const;

/** Which revision of the names to write, where they differ. */
export const SEMCONV_REVISIONS = ['latest', 'v1.41', 'both'] as const;
export type SemconvRevision = (typeof SEMCONV_REVISIONS)[number];

/** Renamed after v1.41: https://github.com/open-telemetry/semantic-conventions-genai, pull request 440. */
export const CACHE_WRITE_TOKENS: Readonly<Record<SemconvRevision, readonly string[]>> = {
  latest: ['gen_ai.usage.cache_write.input_tokens'],
  'v1.41': ['gen_ai.usage.cache_creation.input_tokens'],
  both: ['gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.cache_creation.input_tokens'],
};

/** Class name of the error, of the core conventions. */
export const ERROR_TYPE = 'error.type';

/** Our own names. Nothing of ours goes under `gen_ai.`. */
export const HEADROOM = {
  runId: 'headroom.run.id',
  outcome: 'headroom.outcome',
  endedBy: 'headroom.ended_by',
  stepCount: 'headroom.run.steps',
  modelCallCount: 'headroom.run.model_calls',
  toolCallCount: 'headroom.run.tool_calls',
  runInputTokens: 'headroom.run.input_tokens',
  runOutputTokens: 'headroom.run.output_tokens',
  runSavedTokens: 'headroom.run.saved_tokens',
  costUsd: 'headroom.cost.usd',
  costSavedUsd: 'headroom.cost.saved_usd',
  compressionMode: 'headroom.compression.mode',
  compressionLoss: 'headroom.compression.loss',
  compressionIsRetry: 'headroom.compression.retry',
  compressionSkipped: 'headroom.compression.skipped',
  compressionSkipReasons: 'headroom.compression.skip_reasons',
  compressionStrategies: 'headroom.compression.strategies',
  compressionInputTokens: 'headroom.compression.input_tokens',
  compressionOutputTokens: 'headroom.compression.output_tokens',
  compressionSavedTokens: 'headroom.compression.saved_tokens',
  compressionSavingsRatio: 'headroom.compression.savings_ratio',
  compressionToolResults: 'headroom.compression.tool_results',
  compressionDuration: 'headroom.compression.duration',
  resultContentKind: 'headroom.result.content_kind',
  resultStrategy: 'headroom.result.strategy',
  resultReason: 'headroom.result.reason',
  resultInputTokens: 'headroom.result.input_tokens',
  resultOutputTokens: 'headroom.result.output_tokens',
  alertId: 'headroom.alert.id',
  alertRule: 'headroom.alert.rule',
  alertSeverity: 'headroom.alert.severity',
  alertScope: 'headroom.alert.scope',
  alertValue: 'headroom.alert.value',
  alertThreshold: 'headroom.alert.threshold',
  alertUnit: 'headroom.alert.unit',
  retrievalOutcome: 'headroom.retrieval.outcome',
  retrievalTokens: 'headroom.retrieval.tokens',
  faultWhere: 'headroom.fault.where',
} as const;
