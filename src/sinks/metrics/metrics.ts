/** What a metric is. Its name is the key in the table. */
interface MetricSpec {
  readonly help: string;
  readonly labels: readonly string[];
  /** As OpenTelemetry writes units. */
  readonly unit:
    | 's'
    | '1'
    | '{token}'
    | '{call}'
    | '{run}'
    | '{result}'
    | '{retrieval}'
    | '{alert}'
    | '{fault}'
    | '{sample}';
}

interface CounterSpec extends MetricSpec {
  readonly kind: 'counter';
}

interface HistogramSpec extends MetricSpec {
  readonly kind: 'histogram';
  readonly buckets: readonly number[];
}

interface GaugeSpec extends MetricSpec {
  readonly kind: 'gauge' | 'info';
}

type Prefix = 'gen_ai' | 'headroom';

/** Names obey the compiler: base units at the end, `_total` for counters and for nothing else. */
interface MetricTable {
  readonly [counter: `${Prefix}_${string}_total`]: CounterSpec;
  readonly [histogram: `${Prefix}_${string}_${'seconds' | 'tokens' | 'calls' | 'ratio'}`]: HistogramSpec;
  readonly [gauge: `${Prefix}_${string}_${'active' | 'firing' | 'info'}`]: GaugeSpec;
}

/** Labels whose values come from users, models and errors. They are bounded: what is too much becomes `other`. */
export const OPEN_LABELS = [
  'gen_ai_provider_name',
  'gen_ai_request_model',
  'gen_ai_agent_name',
  'gen_ai_tool_name',
  'headroom_compression_strategy',
  'error_type',
  'alertname',
] as const;

const CALL = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model', 'gen_ai_agent_name'] as const;
const COMPRESSION = [...CALL, 'gen_ai_tool_name', 'headroom_compression_strategy'] as const;
/** `error_type` is empty unless the outcome is `error`, so that `error_type!=""` selects failures and no aborts. */
const OUTCOME = ['headroom_outcome', 'error_type'] as const;

const CALL_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] as const;
const RUN_SECONDS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6] as const;
const COMPRESSION_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const TOKENS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304] as const;
const CALLS = [1, 2, 4, 8, 16, 32, 64, 128] as const;
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
    labels: CALL,
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
    labels: CALL,
    unit: '{token}',
    buckets: TOKENS,
  },
  gen_ai_client_inference_operation_output_tokens: {
    kind: 'histogram',
    help: 'Output tokens of one model call.',
    labels: CALL,
    unit: '{token}',
    buckets: TOKENS,
  },
  gen_ai_invoke_agent_duration_seconds: {
    kind: 'histogram',
    help: 'Wall time of one agent run.',
    labels: ['gen_ai_agent_name', ...OUTCOME],
    unit: 's',
    buckets: RUN_SECONDS,
  },
  gen_ai_invoke_agent_inference_calls: {
    kind: 'histogram',
    help: 'Model calls of one agent run.',
    labels: ['gen_ai_agent_name'],
    unit: '{call}',
    buckets: CALLS,
  },
  gen_ai_invoke_agent_tool_calls: {
    kind: 'histogram',
    help: 'Tool calls of one agent run.',
    labels: ['gen_ai_agent_name'],
    unit: '{call}',
    buckets: CALLS,
  },
  gen_ai_execute_tool_duration_seconds: {
    kind: 'histogram',
    help: 'Wall time of one tool execution.',
    labels: ['gen_ai_tool_name', 'gen_ai_agent_name', ...OUTCOME],
    unit: 's',
    buckets: CALL_SECONDS,
  },
  headroom_compression_input_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results before compression, counted in each model call that carries them.',
    labels: COMPRESSION,
    unit: '{token}',
  },
  headroom_compression_output_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results as they were sent, counted in each model call that carries them.',
    labels: COMPRESSION,
    unit: '{token}',
  },
  headroom_compression_saved_tokens_total: {
    kind: 'counter',
    help: 'Tokens of tool results that were not sent: input less output of the compression. An audit saves nothing.',
    labels: COMPRESSION,
    unit: '{token}',
  },
  headroom_compression_savings_ratio: {
    kind: 'histogram',
    help: 'Share of the tool result tokens of one prompt that was not sent, 0 to 1.',
    labels: CALL,
    unit: '1',
    buckets: RATIOS,
  },
  headroom_compression_duration_seconds: {
    kind: 'histogram',
    help: 'Time spent on compressing one prompt.',
    labels: ['gen_ai_agent_name'],
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
  headroom_faults_total: {
    kind: 'counter',
    help: 'Faults of this package that the agent went on without, by where they happened.',
    labels: ['where'],
    unit: '{fault}',
  },
  headroom_runs_active: {
    kind: 'gauge',
    help: 'Agent runs that are under way.',
    labels: ['gen_ai_agent_name'],
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
