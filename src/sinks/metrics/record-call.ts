import type { ModelEnd } from '../../events/event.ts';
import type { CallLabelSets } from './label-sets.ts';
import type { Recorders } from './recorders.ts';

/**
 * Starts counters at zero while a first call goes on, so that a scrape sees them before they move: its prompt has no tool
 * results yet, and what it used is not known. Those of cost are not started, as unknown is not zero.
 */
export function startCall(record: Recorders, sets: CallLabelSets): void {
  if (sets.isStarted) return;
  sets.isStarted = true;
  record.gen_ai_client_inference_usage_input_tokens_total(sets.usage, 0);
  record.gen_ai_client_inference_usage_output_tokens_total(sets.usage, 0);
  record.headroom_compression_input_tokens_total(sets.call, 0);
  record.headroom_compression_output_tokens_total(sets.call, 0);
  record.headroom_compression_saved_tokens_total(sets.call, 0);
}

/** How long a call took, what it used, and what it cost. What nobody told is unknown, and moves nothing. */
export function recordCall(record: Recorders, event: ModelEnd, sets: CallLabelSets): void {
  const { outcome, errorType = '', durationMs, timeToFirstChunkMs } = event;
  record.gen_ai_client_inference_duration_seconds(sets.ended.get(outcome, errorType), durationMs / 1000);
  if (timeToFirstChunkMs !== undefined) {
    record.gen_ai_client_inference_time_to_first_chunk_seconds(sets.model, timeToFirstChunkMs / 1000);
  }
  recordUsage(record, event.usage, sets);
  recordCost(record, event, sets);
}

function recordUsage(record: Recorders, usage: ModelEnd['usage'], { usage: labels, model }: CallLabelSets): void {
  if (usage === undefined) return;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, reasoningTokens } = usage;
  if (inputTokens !== undefined) {
    record.gen_ai_client_inference_usage_input_tokens_total(labels, inputTokens);
    record.gen_ai_client_inference_operation_input_tokens(model, inputTokens);
  }
  if (outputTokens !== undefined) {
    record.gen_ai_client_inference_usage_output_tokens_total(labels, outputTokens);
    record.gen_ai_client_inference_operation_output_tokens(model, outputTokens);
  }
  if (cacheReadTokens !== undefined) {
    record.gen_ai_client_inference_usage_cache_read_input_tokens_total(labels, cacheReadTokens);
  }
  if (cacheWriteTokens !== undefined) {
    record.gen_ai_client_inference_usage_cache_write_input_tokens_total(labels, cacheWriteTokens);
  }
  if (reasoningTokens !== undefined) {
    record.gen_ai_client_inference_usage_reasoning_output_tokens_total(labels, reasoningTokens);
  }
}

function recordCost(record: Recorders, event: ModelEnd, { call, model, agent }: CallLabelSets): void {
  const { outcome, usage, costUsd, costSavedUsd, contextWindowTokens } = event;
  if (costUsd !== undefined) record.headroom_cost_usd_total(call, costUsd);
  else if (outcome !== 'error') record.headroom_cost_unknown_total(model, 1);
  if (costSavedUsd !== undefined) record.headroom_cost_saved_usd_total(call, costSavedUsd);
  if (contextWindowTokens === undefined || usage?.inputTokens === undefined) return;
  const usedTokens = usage.inputTokens + (usage.outputTokens ?? 0);
  record.headroom_context_window_used_ratio(agent, usedTokens / contextWindowTokens);
}
