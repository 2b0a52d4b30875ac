import { max, orElse, ratio, sumBy, rate, times, unless, zeroWhere } from '../build/promql.ts';
import { ofProcess, selected, speed, speedBy, total } from '../build/selected.ts';
import type { Vector } from '../build/series.ts';

export const CALLS = 'gen_ai_client_inference_duration_seconds_count';
export const TOOL_CALLS = 'gen_ai_execute_tool_duration_seconds_count';
export const RUNS = 'gen_ai_invoke_agent_duration_seconds_count';
export const TOKENS_BEFORE = 'headroom_compression_input_tokens_total';
export const TOKENS_SENT = 'headroom_compression_output_tokens_total';
export const TOKENS_SAVED = 'headroom_compression_saved_tokens_total';
export const INPUT_TOKENS = 'gen_ai_client_inference_usage_input_tokens_total';
export const CACHE_READ = 'gen_ai_client_inference_usage_cache_read_input_tokens_total';
export const CACHE_WRITE = 'gen_ai_client_inference_usage_cache_write_input_tokens_total';
export const COST = 'headroom_cost_usd_total';
export const COST_SAVED = 'headroom_cost_saved_usd_total';

/** `error_type` is empty unless it failed, so that what was aborted is no error, and no success either. */
const FAILED = { error_type: '!=""' } as const;
const NOT_ABORTED = { headroom_outcome: '!="aborted"' } as const;
type Ended = typeof CALLS | typeof TOOL_CALLS | typeof RUNS;

/** The share that failed of what ended and was not aborted, in the time range. Zero is told only where something ended. */
export function errorRatioInRange(of: Ended): Vector<never> {
  const ended = total(of, NOT_ABORTED);
  return ratio(zeroWhere(total(of, FAILED), ended), ended);
}

/** The same over time. */
export function errorRatio(of: Ended): Vector<never> {
  const ended = speed(of, NOT_ABORTED);
  return ratio(zeroWhere(speed(of, FAILED), ended), ended);
}

/** The same over time for each tool. */
export function toolErrorRatio(): Vector<'gen_ai_tool_name'> {
  const ended = speedBy(['gen_ai_tool_name'], TOOL_CALLS, NOT_ABORTED);
  return ratio(zeroWhere(speedBy(['gen_ai_tool_name'], TOOL_CALLS, FAILED), ended), ended);
}

/** Estimated US dollars in the time range: zero where nothing was called, nothing where no call has a known price. */
export function costInRange(of: typeof COST | typeof COST_SAVED): Vector<never> {
  const nothingCalled = unless(times(max(ofProcess('headroom_build_info')), 0), max(selected(CALLS)));
  return orElse(total(of), nothingCalled);
}

/** Share of the tokens of tool results that was not sent, in the time range. */
export function savingsRatioInRange(): Vector<never> {
  return ratio(total(TOKENS_SAVED), total(TOKENS_BEFORE));
}

export function perMinute<Label extends string>(perSecond: Vector<Label>): Vector<Label> {
  return times(perSecond, 60);
}

export function perHour<Label extends string>(perSecond: Vector<Label>): Vector<Label> {
  return times(perSecond, 3600);
}

/** Billed input that was read from the cache of the provider. Models that tell nothing of a cache count as not read. */
export function cacheHitRatioByModel(): Vector<'gen_ai_request_model'> {
  return ratio(
    sumBy(['gen_ai_request_model'], rate(selected(CACHE_READ))),
    sumBy(['gen_ai_request_model'], rate(selected(INPUT_TOKENS))),
  );
}
