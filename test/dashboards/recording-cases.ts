import {
  AGENT,
  CALLS,
  MODEL,
  OK,
  RUNS,
  TOOL,
  TOOL_CALLS,
  cache,
  ended,
  savings,
  type InputSeries,
} from './rule-series.ts';

export interface RecordingCase {
  readonly record: string;
  readonly series: InputSeries;
  readonly atMinute: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export const RECORDING_CASES: readonly RecordingCase[] = [
  {
    record: 'job_agent_model:headroom_compression_savings:ratio_rate30m',
    series: savings(430, 1_000),
    atMinute: 40,
    labels: { job: 'shop', gen_ai_agent_name: 'clerk', gen_ai_request_model: 'gpt' },
    value: 0.43,
  },
  {
    record: 'job_model:gen_ai_client_inference_ended:increase5m',
    series: ended(CALLS, MODEL, { good: 94, bad: 6 }),
    atMinute: 10,
    labels: { job: 'shop', gen_ai_request_model: 'gpt' },
    value: 500,
  },
  {
    record: 'job_model:gen_ai_client_inference_errors:ratio_rate5m',
    // No failure, so no series of failures: that is zero, and not nothing.
    series: { [`${CALLS}{${MODEL}, ${OK}}`]: '0+5x60' },
    atMinute: 10,
    labels: { job: 'shop', gen_ai_request_model: 'gpt' },
    value: 0,
  },
  {
    record: 'job_agent:gen_ai_invoke_agent_ended:increase30m',
    series: ended(RUNS, AGENT, { good: 9, bad: 1 }),
    atMinute: 40,
    labels: { job: 'shop', gen_ai_agent_name: 'clerk' },
    value: 300,
  },
  {
    record: 'job_agent:gen_ai_invoke_agent_errors:ratio_rate30m',
    series: ended(RUNS, AGENT, { good: 3, bad: 1 }),
    atMinute: 40,
    labels: { job: 'shop', gen_ai_agent_name: 'clerk' },
    value: 0.25,
  },
  {
    record: 'job_tool:gen_ai_execute_tool_errors:ratio_rate15m',
    series: ended(TOOL_CALLS, TOOL, { good: 1, bad: 3 }),
    atMinute: 40,
    labels: { job: 'shop', gen_ai_tool_name: 'search' },
    value: 0.75,
  },
  {
    record: 'job_model:gen_ai_client_inference_cache_read:ratio_rate1h',
    series: cache(8_000, 0),
    atMinute: 100,
    labels: { job: 'shop', gen_ai_request_model: 'gpt' },
    value: 0.8,
  },
  {
    record: 'job:headroom_cost_usd:rate1h',
    series: {
      'headroom_cost_usd_total{job="shop", gen_ai_agent_name="clerk"}': '0+6x200',
      'headroom_cost_usd_total{job="shop", gen_ai_agent_name="cook"}': '0+3x200',
    },
    atMinute: 100,
    labels: { job: 'shop' },
    value: 0.15,
  },
];
