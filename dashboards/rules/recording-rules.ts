import { increase, rate, ratio, sumBy, zeroWhere } from '../build/promql.ts';
import { series } from '../build/series.ts';
import type { RecordingRule } from './rule.ts';

const CALLS = 'gen_ai_client_inference_duration_seconds_count';
const RUNS = 'gen_ai_invoke_agent_duration_seconds_count';
const TOOL_CALLS = 'gen_ai_execute_tool_duration_seconds_count';
const FAILED = { error_type: '!=""' } as const;
/** What was aborted counts neither as an error nor as a success. */
const NOT_ABORTED = { headroom_outcome: '!="aborted"' } as const;

const BY_AGENT_AND_MODEL = ['job', 'gen_ai_agent_name', 'gen_ai_request_model'] as const;
const BY_MODEL = ['job', 'gen_ai_request_model'] as const;
const BY_AGENT = ['job', 'gen_ai_agent_name'] as const;
const BY_TOOL = ['job', 'gen_ai_tool_name'] as const;

export const savingsRatio = {
  record: 'job_agent_model:headroom_compression_savings:ratio_rate30m',
  of: ratio(
    sumBy(BY_AGENT_AND_MODEL, rate(series('headroom_compression_saved_tokens_total'), '30m')),
    sumBy(BY_AGENT_AND_MODEL, rate(series('headroom_compression_input_tokens_total'), '30m')),
  ),
} as const satisfies RecordingRule<string>;

export const modelCalls = {
  record: 'job_model:gen_ai_client_inference_ended:increase5m',
  of: sumBy(BY_MODEL, increase(series(CALLS, NOT_ABORTED), '5m')),
} as const satisfies RecordingRule<string>;

export const modelErrorRatio = {
  record: 'job_model:gen_ai_client_inference_errors:ratio_rate5m',
  of: ratio(
    zeroWhere(
      sumBy(BY_MODEL, rate(series(CALLS, FAILED), '5m')),
      sumBy(BY_MODEL, rate(series(CALLS, NOT_ABORTED), '5m')),
    ),
    sumBy(BY_MODEL, rate(series(CALLS, NOT_ABORTED), '5m')),
  ),
} as const satisfies RecordingRule<string>;

export const runErrorRatio = {
  record: 'job_agent:gen_ai_invoke_agent_errors:ratio_rate30m',
  of: ratio(
    zeroWhere(
      sumBy(BY_AGENT, rate(series(RUNS, FAILED), '30m')),
      sumBy(BY_AGENT, rate(series(RUNS, NOT_ABORTED), '30m')),
    ),
    sumBy(BY_AGENT, rate(series(RUNS, NOT_ABORTED), '30m')),
  ),
} as const satisfies RecordingRule<string>;

export const runs = {
  record: 'job_agent:gen_ai_invoke_agent_ended:increase30m',
  of: sumBy(BY_AGENT, increase(series(RUNS, NOT_ABORTED), '30m')),
} as const satisfies RecordingRule<string>;

export const toolErrorRatio = {
  record: 'job_tool:gen_ai_execute_tool_errors:ratio_rate15m',
  of: ratio(
    zeroWhere(
      sumBy(BY_TOOL, rate(series(TOOL_CALLS, FAILED), '15m')),
      sumBy(BY_TOOL, rate(series(TOOL_CALLS, NOT_ABORTED), '15m')),
    ),
    sumBy(BY_TOOL, rate(series(TOOL_CALLS, NOT_ABORTED), '15m')),
  ),
} as const satisfies RecordingRule<string>;

export const cacheHitRatio = {
  record: 'job_model:gen_ai_client_inference_cache_read:ratio_rate1h',
  of: ratio(
    sumBy(BY_MODEL, rate(series('gen_ai_client_inference_usage_cache_read_input_tokens_total'), '1h')),
    sumBy(BY_MODEL, rate(series('gen_ai_client_inference_usage_input_tokens_total'), '1h')),
  ),
} as const satisfies RecordingRule<string>;

export const costRate = {
  record: 'job:headroom_cost_usd:rate1h',
  of: sumBy(['job'], rate(series('headroom_cost_usd_total'), '1h')),
} as const satisfies RecordingRule<string>;

export const RECORDING_RULES: readonly RecordingRule<string>[] = [
  savingsRatio,
  modelCalls,
  modelErrorRatio,
  runs,
  runErrorRatio,
  toolErrorRatio,
  cacheHitRatio,
  costRate,
];
