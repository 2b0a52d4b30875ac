import type {
  AlertFiring,
  CompressionDecision,
  CompressionEnd,
  Fault,
  ModelEnd,
  RetrievalEnd,
} from '../../events/event.ts';
import { BoundedMap } from '../bounded-map.ts';
import { identifierOr } from '../identifiers.ts';
import type { Handlers } from '../listen.ts';
import { genAiProviderName } from '../provider-name.ts';
import type { Recorders } from './recorders.ts';
import type { LabelsOf } from './metrics.ts';

/** Runs and alerts that are counted as open at once; one more stops counting the oldest. */
const OPEN_LIMIT = 10_000;

/** Why a tool result was sent as it was: the reasons of the engine, and an audit. */
export const SKIP_REASONS: readonly string[] = [
  'below-minimum',
  'not-smaller',
  'error-result',
  'provider-executed',
  'excluded-tool',
  'own-result',
  'too-large',
  'unsupported',
  'store-failed',
  'fault',
  'aborted',
  'audit',
];
const RETRIEVAL_OUTCOMES = [
  'found',
  'unknown',
  'expired',
  'failed',
] as const satisfies readonly RetrievalEnd['outcome'][];
const FAULT_PLACES = [
  'listener',
  'sink',
  'hook',
  'compression',
  'strategy',
  'store',
  'counter',
  'call-options',
  'alert',
] as const satisfies readonly Fault['where'][];

/** Starts the series of closed vocabularies at zero, so that `rate()` and `increase()` see their first event. */
export function startAtZero(record: Recorders): void {
  for (const reason of SKIP_REASONS) record.headroom_compression_skipped_total({ reason }, 0);
  for (const outcome of RETRIEVAL_OUTCOMES) record.headroom_retrievals_total({ outcome }, 0);
  for (const where of FAULT_PLACES) record.headroom_faults_total({ where }, 0);
}

/** The handlers that turn the events of one bus into samples; `close` ends what is still counted as open. */
export function createEventRecorder(record: Recorders): { readonly handlers: Handlers; close(): void } {
  const openRuns = new BoundedMap<LabelsOf<'headroom_runs_active'>>(OPEN_LIMIT, closeRun);
  const firingAlerts = new BoundedMap<LabelsOf<'headroom_alerts_firing'>>(OPEN_LIMIT, closeAlert);

  function closeRun(labels: LabelsOf<'headroom_runs_active'>): void {
    record.headroom_runs_active(labels, -1);
  }

  function closeAlert(labels: LabelsOf<'headroom_alerts_firing'>): void {
    record.headroom_alerts_firing(labels, -1);
  }

  const handlers: Handlers = {
    'run.start': ({ runId, agent }) => {
      if (runId === undefined || openRuns.has(runId)) return;
      const labels = agentLabels(agent);
      record.headroom_runs_active(labels, 1);
      openRuns.set(runId, labels);
    },
    'run.end': ({ runId, agent, durationMs, modelCallCount, toolCallCount, ...end }) => {
      const open = runId === undefined ? undefined : openRuns.take(runId);
      if (open !== undefined) closeRun(open);
      const labels = agentLabels(agent);
      record.gen_ai_invoke_agent_duration_seconds({ ...labels, ...outcomeLabels(end) }, durationMs / 1000);
      record.gen_ai_invoke_agent_inference_calls(labels, modelCallCount);
      record.gen_ai_invoke_agent_tool_calls(labels, toolCallCount);
    },
    'model.start': (event) => {
      const labels = { ...callLabels(event), gen_ai_token_modality: 'unknown' };
      record.gen_ai_client_inference_usage_input_tokens_total(labels, 0);
      record.gen_ai_client_inference_usage_output_tokens_total(labels, 0);
    },
    'model.end': (event) => {
      const labels = callLabels(event);
      const { durationMs, timeToFirstChunkMs } = event;
      record.gen_ai_client_inference_duration_seconds({ ...labels, ...outcomeLabels(event) }, durationMs / 1000);
      if (timeToFirstChunkMs !== undefined) {
        record.gen_ai_client_inference_time_to_first_chunk_seconds(labels, timeToFirstChunkMs / 1000);
      }
      recordUsage(record, { labels, usage: event.usage });
    },
    'tool.start': undefined,
    'tool.end': ({ toolName, agent, durationMs, ...end }) => {
      const labels = { gen_ai_tool_name: toolName, ...agentLabels(agent), ...outcomeLabels(end) };
      record.gen_ai_execute_tool_duration_seconds(labels, durationMs / 1000);
    },
    'compression.end': (event) => {
      recordCompression(record, event);
      record.headroom_compression_duration_seconds(agentLabels(event.agent), event.durationMs / 1000);
    },
    'retrieval.end': ({ outcome }) => record.headroom_retrievals_total({ outcome }, 1),
    'alert.firing': (event) => {
      const labels = alertLabels(event);
      record.headroom_alerts_total({ ...labels, state: 'firing' }, 1);
      if (firingAlerts.has(event.alertId)) return;
      record.headroom_alerts_firing(labels, 1);
      firingAlerts.set(event.alertId, labels);
    },
    'alert.resolved': (event) => {
      record.headroom_alerts_total({ ...alertLabels(event), state: 'resolved' }, 1);
      const firing = firingAlerts.take(event.alertId);
      if (firing !== undefined) closeAlert(firing);
    },
    fault: ({ where }) => record.headroom_faults_total({ where }, 1),
  };

  return {
    handlers,
    close() {
      for (const labels of openRuns.takeAll()) closeRun(labels);
      for (const labels of firingAlerts.takeAll()) closeAlert(labels);
    },
  };
}

type CallLabels = LabelsOf<'headroom_compression_savings_ratio'>;

/** Tokens that the provider told. What it did not tell is unknown, and moves nothing. */
function recordUsage(
  record: Recorders,
  { labels, usage }: { readonly labels: CallLabels; readonly usage: ModelEnd['usage'] },
): void {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, reasoningTokens } = usage ?? {};
  const withModality = { ...labels, gen_ai_token_modality: 'unknown' };
  if (inputTokens !== undefined) {
    record.gen_ai_client_inference_usage_input_tokens_total(withModality, inputTokens);
    record.gen_ai_client_inference_operation_input_tokens(labels, inputTokens);
  }
  if (outputTokens !== undefined) {
    record.gen_ai_client_inference_usage_output_tokens_total(withModality, outputTokens);
    record.gen_ai_client_inference_operation_output_tokens(labels, outputTokens);
  }
  if (cacheReadTokens !== undefined) {
    record.gen_ai_client_inference_usage_cache_read_input_tokens_total(withModality, cacheReadTokens);
  }
  if (cacheWriteTokens !== undefined) {
    record.gen_ai_client_inference_usage_cache_write_input_tokens_total(withModality, cacheWriteTokens);
  }
  if (reasoningTokens !== undefined) {
    record.gen_ai_client_inference_usage_reasoning_output_tokens_total(withModality, reasoningTokens);
  }
}

/**
 * Tokens of one prompt as it was sent. Input is output and saved, for every decision and so for every sum. A retry sends
 * a prompt that was counted already.
 */
function recordCompression(record: Recorders, event: CompressionEnd): void {
  if (event.isRetry) return;
  const labels = callLabels(event);
  let inputTokens = 0;
  let savedTokens = 0;
  for (const decision of event.decisions.map((decision) => asSent(decision, event.mode))) {
    const { toolName = 'unknown', strategy, reason, tokensBefore, tokensAfter } = decision;
    const decisionLabels = {
      ...labels,
      gen_ai_tool_name: toolName,
      headroom_compression_strategy: identifierOr('other', strategy),
    };
    record.headroom_compression_input_tokens_total(decisionLabels, tokensBefore);
    record.headroom_compression_output_tokens_total(decisionLabels, tokensAfter);
    record.headroom_compression_saved_tokens_total(decisionLabels, tokensBefore - tokensAfter);
    if (reason !== 'compressed') {
      record.headroom_compression_skipped_total({ reason: SKIP_REASONS.includes(reason) ? reason : 'other' }, 1);
    }
    inputTokens += tokensBefore;
    savedTokens += tokensBefore - tokensAfter;
  }
  if (inputTokens > 0) record.headroom_compression_savings_ratio(labels, savedTokens / inputTokens);
}

/** An audit tells what would have been sent; what was sent is the text as it was. */
function asSent(decision: CompressionDecision, mode: CompressionEnd['mode']): CompressionDecision {
  if (mode !== 'audit') return decision;
  const { reason, tokensBefore } = decision;
  const reasonAsSent = reason === 'compressed' ? 'audit' : reason;
  return { ...decision, strategy: 'none', reason: reasonAsSent, tokensAfter: tokensBefore };
}

function agentLabels(agent: string | undefined): { readonly gen_ai_agent_name: string } {
  return { gen_ai_agent_name: agent ?? 'unknown' };
}

function callLabels({ provider, model, agent }: Pick<ModelEnd, 'provider' | 'model' | 'agent'>): CallLabels {
  return {
    gen_ai_operation_name: 'chat',
    gen_ai_provider_name: genAiProviderName(provider),
    gen_ai_request_model: model,
    ...agentLabels(agent),
  };
}

function outcomeLabels({ outcome, errorType = '' }: Pick<ModelEnd, 'outcome' | 'errorType'>): {
  readonly headroom_outcome: string;
  readonly error_type: string;
} {
  return { headroom_outcome: outcome, error_type: outcome === 'error' ? identifierOr('_OTHER', errorType) : '' };
}

function alertLabels({ rule, severity }: Pick<AlertFiring, 'rule' | 'severity'>): LabelsOf<'headroom_alerts_firing'> {
  return { alertname: identifierOr('other', rule), severity };
}
