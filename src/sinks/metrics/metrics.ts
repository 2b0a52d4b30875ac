import type { MetricTable } from './metric-table.ts';

/** Labels whose values come from users, models and errors. They are bounded: what is too much becomes `other`. */
export const OPEN_LABELS = [
  'gen_ai_provider_name',
  'gen_ai_request_model',
  'gen_ai_agent_name',
  'gen_ai_tool_name',
  'headroom_compression_strategy',
  'error_type',
  'alertname',
  'budget',
  'destination',
] as const;

const CALL = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model', 'gen_ai_agent_name'] as const;
/**
 * Of sizes and of the first chunk, as the conventions have it, without the agent: sixteen lines for each agent and model
 * would make every scrape slow that many agents share.
 */
const MODEL = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'] as const;
const AGENT = ['gen_ai_agent_name'] as const;
/** Tools are told apart without agents and models: the product of all three has no bounds worth the name. */
const TOOL_RESULT = ['gen_ai_tool_name', 'headroom_compression_strategy'] as const;
/** `error_type` is empty unless the outcome is `error`, so that `error_type!=""` selects failures and no aborts. */
const OUTCOME = ['headroom_outcome', 'error_type'] as const;

const CALL_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] as const;
const RUN_SECONDS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6] as const;
const COMPRESSION_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const TOKENS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304] as const;
const CALLS = [1, 2, 4, 8, 16, 32, 64, 128] as const;
const WINDOW_SHARES = [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 1] as const;
const RATIOS = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1] as const;

/**
 * Every metric, once: the sink, the dashboards, the alert rules and the reference are made from this table. The names are
 * those that an OpenTelemetry exporter gives the GenAI metrics, so that one dashboard serves both.
 */
export const METRICS = {
  gen_ai_client_inference_duration_seconds: {
    kind: 'histogram',
    help: 'Wall time of one model call, from the request to the last part of the answer.',
    labels: [...CALL, ...OUTCOME],
    unit: 's',
    buckets: CALL_SECONDS,
  },
  gen_ai_client_inference_time_to_first_chunk_seconds: {
    kind: 'histogram',
    help: 'Time from the request to the first chunk of a streamed answer.',
    labels: MODEL,
    unit: 's',
    buckets: CALL_SECONDS,
  },
  gen_ai_client_inference_usage_input_tokens_total: {
    kind: 'counter',
    help: 'Input tokens that the provider billed, cached ones included.',
    labels: [...CALL, 'gen_ai_token_modality'],
    unit: '{token}',
  },
  gen_ai_client_inference_usage_output_tokens_total: {
    kind: 'counter',
    help: 'Output tokens that the provider billed, reasoning included.',
    labels: [...CALL, 'gen_ai_token_modality'],
    unit: '{token}',
  },
  gen_ai_client_inference_usage_cache_read_input_tokens_total: {
    kind: 'counter',
    help: 'Input tokens read from the prompt cache of the provider; a part of the input tokens.',
    labels: [...CALL, 'gen_ai_token_modality'],
    unit: '{token}',
  },
  gen_ai_client_inference_usage_cache_write_input_tokens_total: {
    kind: 'counter',
    help: 'Input tokens written to the prompt cache of the provider; a part of the input tokens.',
    labels: [...CALL, 'gen_ai_token_modality'],
    unit: '{token}',
  },
  gen_ai_client_inference_usage_reasoning_output_tokens_total: {
    kind: 'counter',
    help: 'Output tokens spent on reasoning; a part of the output tokens.',
    labels: [...CALL, 'gen_ai_token_modality'],
    unit: '{token}',
  },
  gen_ai_client_inference_operation_input_tokens: {
    kind: 'histogram',
    help: 'Input tokens of one model call.',
    labels: MODEL,
    unit: '{token}',
    buckets: TOKENS,
  },
  gen_ai_client_inference_operation_output_tokens: {
    kind: 'histogram',
    help: 'Output tokens of one model call.',
    labels: MODEL,
    unit: '{token}',
    buckets: TOKENS,
  },
  gen_ai_invoke_agent_duration_seconds: {
    kind: 'histogram',
    help: 'Wall time of one agent run.',
    labels: [...AGENT, ...OUTCOME],
    unit: 's',
    buckets: RUN_SECONDS,
  },
  gen_ai_invoke_agent_inference_calls: {
    kind: 'histogram',
    help: 'Model calls of one agent run.',
    labels: AGENT,
    unit: '{call}',
    buckets: CALLS,
  },
  gen_ai_invoke_agent_tool_calls: {
    kind: 'histogram',
    help: 'Tool calls of one agent run.',
    labels: AGENT,
    unit: '{call}',
    buckets: CALLS,
  },
  gen_ai_execute_tool_duration_seconds: {
    kind: 'histogram',
    help: 'Wall time of one tool execution.',
    labels: ['gen_ai_tool_name', ...OUTCOME],
    unit: 's',
    buckets: CALL_SECONDS,
  },
  headroom_compression_input_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results before compression, counted in each model call that carries them.',
    labels: CALL,
    unit: '{token}',
  },
  headroom_compression_output_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results as they were sent, counted in each model call that carries them.',
    labels: CALL,
    unit: '{token}',
  },
  headroom_compression_saved_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results that were not sent: input less output of the compression. An audit saves nothing.',
    labels: CALL,
    unit: '{token}',
  },
  headroom_tool_results_input_tokens_total: {
    kind: 'counter',
    help: 'The input tokens of compression once more, by tool and by the strategy whose text was sent.',
    labels: TOOL_RESULT,
    unit: '{token}',
  },
  headroom_tool_results_output_tokens_total: {
    kind: 'counter',
    help: 'The output tokens of compression once more, by tool and by the strategy whose text was sent.',
    labels: TOOL_RESULT,
    unit: '{token}',
  },
  headroom_tool_results_saved_tokens_total: {
    kind: 'counter',
    help: 'The saved tokens of compression once more, by tool and by the strategy whose text was sent.',
    labels: TOOL_RESULT,
    unit: '{token}',
  },
  headroom_compression_savings_ratio: {
    kind: 'histogram',
    help: 'Share of the tool result tokens of one prompt that was not sent, 0 to 1.',
    labels: AGENT,
    unit: '1',
    buckets: RATIOS,
  },
  headroom_compression_duration_seconds: {
    kind: 'histogram',
    help: 'Time spent on compressing one prompt.',
    labels: AGENT,
    unit: 's',
    buckets: COMPRESSION_SECONDS,
  },
  headroom_compression_skipped_total: {
    kind: 'counter',
    help: 'Tool results that were sent as they were, by reason, counted in each model call that carries them.',
    labels: ['reason'],
    unit: '{result}',
  },
  headroom_retrievals_total: {
    kind: 'counter',
    help: 'Answers of headroom_retrieve, by outcome.',
    labels: ['outcome'],
    unit: '{retrieval}',
  },
  headroom_retrieved_tokens_total: {
    kind: 'counter',
    help: 'Tokens that headroom_retrieve gave back, estimated at four characters each: what leaving out has cost.',
    labels: AGENT,
    unit: '{token}',
  },
  headroom_cost_usd_total: {
    kind: 'counter',
    help: 'Estimated cost of model calls in US dollars: billed tokens at the prices that were given.',
    labels: CALL,
    unit: '{USD}',
  },
  headroom_cost_saved_usd_total: {
    kind: 'counter',
    help: 'Estimated cost in US dollars that saved tokens would have added to billed calls; old results at the price of cache reads where the call read from the cache.',
    labels: CALL,
    unit: '{USD}',
  },
  headroom_cost_unknown_total: {
    kind: 'counter',
    help: 'Model calls that did not fail and whose cost is not known: no price fits the model, or the provider told no usage.',
    labels: MODEL,
    unit: '{call}',
  },
  headroom_budget_used_ratio: {
    kind: 'level',
    help: 'Share of the limit of a budget that is used in its period; names are empty unless the budget tells them apart.',
    labels: ['budget', 'gen_ai_provider_name', 'gen_ai_request_model', 'gen_ai_agent_name', 'gen_ai_tool_name'],
    unit: '1',
  },
  headroom_context_window_used_ratio: {
    kind: 'histogram',
    help: 'Share of the context window of its model that one call used, input and output together.',
    labels: AGENT,
    unit: '1',
    buckets: WINDOW_SHARES,
  },
  headroom_alerts_firing: {
    kind: 'gauge',
    help: 'Alerts that are firing in this process.',
    labels: ['alertname', 'severity'],
    unit: '{alert}',
  },
  headroom_alerts_total: {
    kind: 'counter',
    help: 'Changes of state of the alerts of this process.',
    labels: ['alertname', 'severity', 'state'],
    unit: '{alert}',
  },
  headroom_alert_delivery_failures_total: {
    kind: 'counter',
    help: 'Changes of alerts that were given up because they did not arrive, by destination.',
    labels: ['destination'],
    unit: '{change}',
  },
  headroom_faults_total: {
    kind: 'counter',
    help: 'Faults of this package that the agent went on without, by where they happened.',
    labels: ['where'],
    unit: '{fault}',
  },
  headroom_listener_errors_total: {
    kind: 'counter',
    help: 'Errors of listeners, by the type of the event that they heard; faults count them too.',
    labels: ['event'],
    unit: '{error}',
  },
  headroom_model_calls_active: {
    kind: 'gauge',
    help: 'Model calls that are under way.',
    labels: CALL,
    unit: '{call}',
  },
  headroom_runs_active: {
    kind: 'gauge',
    help: 'Agent runs that are under way.',
    labels: AGENT,
    unit: '{run}',
  },
  headroom_label_overflow_total: {
    kind: 'counter',
    help: 'Samples whose value of this label became "other", because there were too many values.',
    labels: ['label'],
    unit: '{sample}',
  },
  headroom_build_info: {
    kind: 'info',
    help: 'Always 1; the label tells the version of headroom-hooks.',
    labels: ['version'],
    unit: '1',
  },
} as const satisfies MetricTable;

export type MetricName = keyof typeof METRICS;
export type LabelOf<Name extends MetricName> = (typeof METRICS)[Name]['labels'][number];
export type LabelsOf<Name extends MetricName> = Readonly<Record<LabelOf<Name>, string>>;

export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];
