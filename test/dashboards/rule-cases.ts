/** Series as promtool reads them: a name with labels, and values a minute. */
type InputSeries = Readonly<Record<string, string>>;

export interface AlertCase {
  readonly alert: string;
  /** A minute at which it fires with the series of `beyond`, and is silent with those of `within`. */
  readonly atMinute: number;
  /** Just beyond the threshold. */
  readonly beyond: InputSeries;
  /** Just within it, and whatever else has to be silent, by what it is. */
  readonly within: Readonly<Record<string, InputSeries>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

export interface RecordingCase {
  readonly record: string;
  readonly series: InputSeries;
  readonly atMinute: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const MODEL = 'job="shop", gen_ai_request_model="gpt"';
const AGENT = 'job="shop", gen_ai_agent_name="clerk"';
const TOOL = 'job="shop", gen_ai_tool_name="search"';
const AGENT_AND_MODEL = `${AGENT}, gen_ai_request_model="gpt"`;
const OK = 'headroom_outcome="ok"';
const ABORTED = 'headroom_outcome="aborted"';
const FAILED = 'headroom_outcome="error", error_type="Overloaded"';
const CALLS = 'gen_ai_client_inference_duration_seconds_count';
const RUNS = 'gen_ai_invoke_agent_duration_seconds_count';
const TOOL_CALLS = 'gen_ai_execute_tool_duration_seconds_count';

/** `good` and `bad` of them end a minute, on two instances, and as many again are aborted. */
function ended(name: string, labels: string, { good, bad }: { readonly good: number; readonly bad: number }) {
  return {
    [`${name}{${labels}, ${OK}, instance="a"}`]: `0+${good}x200`,
    [`${name}{${labels}, ${FAILED}, instance="b"}`]: `0+${bad}x200`,
    [`${name}{${labels}, ${ABORTED}, instance="b"}`]: `0+${good}x200`,
  };
}

function buckets(name: string, labels: string, counts: Readonly<Record<string, number>>): InputSeries {
  return Object.fromEntries(
    Object.entries(counts).map(([le, count]) => [`${name}_bucket{${labels}, le="${le}"}`, `0+${count}x200`]),
  );
}

function savings(saved: number, input: number): InputSeries {
  return {
    [`headroom_compression_saved_tokens_total{${AGENT_AND_MODEL}, instance="a"}`]: `0+${saved}x200`,
    [`headroom_compression_input_tokens_total{${AGENT_AND_MODEL}, instance="a"}`]: `0+${input}x200`,
  };
}

/** 10,000 input tokens a minute, of which so many are read from the cache on the first day and on the second. */
function cache(first: number, second: number, input = 10_000): InputSeries {
  const name = 'gen_ai_client_inference_usage';
  return {
    [`${name}_input_tokens_total{${MODEL}}`]: `0+${input}x1700`,
    [`${name}_cache_read_input_tokens_total{${MODEL}}`]: `0+${first}x1500 ${first * 1500 + second}+${second}x200`,
  };
}

function unknownCosts(unknown: number, priced = true): InputSeries {
  return {
    [`headroom_cost_unknown_total{${MODEL}}`]: `0+${unknown}x200`,
    ...ended(CALLS, MODEL, { good: 50, bad: 50 }),
    ...(priced ? { 'headroom_cost_usd_total{job="shop", gen_ai_request_model="claude"}': '0+1x200' } : {}),
  };
}

const BUDGET = 'headroom_budget_used_ratio{job="shop", budget="day", instance="a"}';
const OTHER_BUDGET = 'headroom_budget_used_ratio{job="shop", budget="day", instance="b"}';

export const ALERT_CASES: readonly AlertCase[] = [
  {
    alert: 'HeadroomRunErrorRatioHigh',
    atMinute: 40,
    beyond: ended(RUNS, AGENT, { good: 89, bad: 11 }),
    within: {
      'fewer failures': ended(RUNS, AGENT, { good: 91, bad: 9 }),
      'fewer runs': { [`${RUNS}{${AGENT}, ${FAILED}}`]: '0+0.5x200' },
    },
    labels: { job: 'shop', gen_ai_agent_name: 'clerk', severity: 'critical' },
    summary: 'Runs of the agent clerk fail.',
    description: '11% of its runs failed in 30 minutes. Look at the types of errors of model calls and tools first.',
  },
  {
    alert: 'HeadroomModelErrorRatioHigh',
    atMinute: 15,
    beyond: ended(CALLS, MODEL, { good: 94.5, bad: 5.5 }),
    within: {
      'fewer failures': ended(CALLS, MODEL, { good: 95.5, bad: 4.5 }),
      'fewer calls': { [`${CALLS}{${MODEL}, ${FAILED}}`]: '0+3x200' },
    },
    labels: { job: 'shop', gen_ai_request_model: 'gpt', severity: 'warning' },
    summary: 'Calls of the model gpt fail.',
    description:
      '5.5% of its calls failed in 5 minutes. The type of the error says whether it is a limit, an outage or the request.',
  },
  {
    alert: 'HeadroomToolErrorRatioHigh',
    atMinute: 25,
    beyond: ended(TOOL_CALLS, TOOL, { good: 79, bad: 21 }),
    within: {
      'fewer failures': ended(TOOL_CALLS, TOOL, { good: 81, bad: 19 }),
      'fewer calls': { [`${TOOL_CALLS}{${TOOL}, ${FAILED}}`]: '0+1x200' },
    },
    labels: { job: 'shop', gen_ai_tool_name: 'search', severity: 'warning' },
    summary: 'Calls of the tool search fail.',
    description: '21% of its calls failed in 15 minutes. Agents try again, which costs tokens.',
  },
  {
    alert: 'HeadroomContextWindowNearLimit',
    atMinute: 25,
    beyond: buckets('headroom_context_window_used_ratio', AGENT, { '0.9': 90, '0.95': 100, '1': 100, '+Inf': 100 }),
    within: {
      'fewer large calls': buckets('headroom_context_window_used_ratio', AGENT, {
        '0.8': 90,
        '0.9': 96,
        '0.95': 100,
        '1': 100,
        '+Inf': 100,
      }),
      'no calls': buckets('headroom_context_window_used_ratio', AGENT, { '0.9': 0, '+Inf': 0 }),
    },
    labels: { job: 'shop', gen_ai_agent_name: 'clerk', severity: 'warning' },
    summary: 'The agent clerk fills its context window.',
    description: 'One call in twenty uses more than 92.5% of it. Calls beyond it fail.',
  },
  {
    alert: 'HeadroomSavingsRatioLow',
    atMinute: 65,
    beyond: savings(90, 1_000),
    within: { 'more saved': savings(110, 1_000), 'fewer tokens': savings(9, 100) },
    labels: { job: 'shop', gen_ai_agent_name: 'clerk', gen_ai_request_model: 'gpt', severity: 'info' },
    summary: 'Compression saves little for the agent clerk.',
    description: 'It saves 9% of the tokens of tool results sent to gpt. Look at the savings by tool.',
  },
  {
    alert: 'HeadroomCompressionSlow',
    atMinute: 25,
    beyond: buckets('headroom_compression_duration_seconds', AGENT, { '0.5': 90, '0.55': 100, '+Inf': 100 }),
    within: {
      'fewer slow prompts': buckets('headroom_compression_duration_seconds', AGENT, {
        '0.25': 90,
        '0.5': 96,
        '1': 100,
        '+Inf': 100,
      }),
    },
    labels: { job: 'shop', gen_ai_agent_name: 'clerk', severity: 'warning' },
    summary: 'Compression is slow for the agent clerk.',
    description:
      'One prompt in twenty takes longer than 525ms. Look for results of many megabytes, and for a busy processor.',
  },
  {
    alert: 'HeadroomCacheHitRatioDropped',
    atMinute: 1_610,
    beyond: cache(8_000, 3_900),
    within: {
      'a smaller drop': cache(8_000, 4_100),
      'little to lose': cache(1_900, 100),
      'few tokens': cache(800, 100, 1_000),
    },
    labels: { job: 'shop', gen_ai_request_model: 'gpt', severity: 'warning' },
    summary: 'Calls of gpt read less from the cache of the provider.',
    description:
      'The cache hit ratio is 48.75% of what it was a day ago: something at the start of prompts changes between calls.',
  },
  {
    alert: 'HeadroomSpendRateHigh',
    atMinute: 90,
    beyond: { 'headroom_cost_usd_total{job="shop", gen_ai_agent_name="clerk"}': '0+0.85x200' },
    within: { 'less spent': { 'headroom_cost_usd_total{job="shop", gen_ai_agent_name="clerk"}': '0+0.82x200' } },
    labels: { job: 'shop', severity: 'warning' },
    summary: 'Model calls cost more than expected.',
    description: 'An estimated 51.00 USD an hour. Look at the cost by agent and by model.',
  },
  {
    alert: 'HeadroomBudgetNearLimit',
    atMinute: 5,
    beyond: { [BUDGET]: '0.8x10', [OTHER_BUDGET]: '0.1x10' },
    within: { 'less used': { [BUDGET]: '0.79x10' }, 'used up': { [BUDGET]: '1x10', [OTHER_BUDGET]: '0.9x10' } },
    labels: { job: 'shop', budget: 'day', severity: 'warning' },
    summary: 'The budget day is nearly used.',
    description: '80% of it is used in the process that used most.',
  },
  {
    alert: 'HeadroomBudgetExhausted',
    atMinute: 5,
    beyond: { [BUDGET]: '1x10' },
    within: { 'nearly used': { [BUDGET]: '0.99x10' }, 'a new period': { [BUDGET]: '1.2x3 0x7' } },
    labels: { job: 'shop', budget: 'day', severity: 'critical' },
    summary: 'The budget day is used up.',
    description: '100% of it is used. Where its rule enforces it, calls are stopped until its period is over.',
  },
  {
    alert: 'HeadroomCostUnknown',
    atMinute: 100,
    beyond: unknownCosts(11),
    within: { 'fewer of them': unknownCosts(9), 'no prices at all': unknownCosts(100, false) },
    labels: { job: 'shop', gen_ai_request_model: 'gpt', severity: 'info' },
    summary: 'The cost of calls of gpt is not known.',
    // 50 that went well and 50 that were aborted.
    description: '11% of its calls have no known cost, while others have: cost and budgets are too low.',
  },
  {
    alert: 'HeadroomTelemetryAbsent',
    atMinute: 30,
    beyond: { 'headroom_build_info{job="shop", version="0.1.0"}': '1x13 _x50' },
    within: {
      'one process left': { 'headroom_build_info{job="shop", version="0.1.0"}': '1x60' },
      'not for long': { 'headroom_build_info{job="shop", version="0.1.0"}': '1x18 _x50' },
    },
    labels: { severity: 'critical' },
    summary: 'No process tells anything.',
    description: 'There is no headroom_build_info in this Prometheus: nothing is scraped, or no agent runs.',
  },
  {
    alert: 'HeadroomAlertsUndelivered',
    atMinute: 30,
    // A series that was not there before: its first value is what was lost.
    beyond: { 'headroom_alert_delivery_failures_total{job="shop", destination="pager"}': '_x16 3x60' },
    within: {
      'nothing new': { 'headroom_alert_delivery_failures_total{job="shop", destination="pager"}': '3x60' },
    },
    labels: { job: 'shop', destination: 'pager', severity: 'critical' },
    summary: 'Alerts of agents do not arrive at pager.',
    description: '3 changes of alerts were given up in 15 minutes. Look there for what is firing.',
  },
  {
    alert: 'HeadroomFaults',
    atMinute: 30,
    beyond: { 'headroom_faults_total{job="shop", where="store"}': '0x20 2x60' },
    within: {
      'nothing new': { 'headroom_faults_total{job="shop", where="store"}': '2x60' },
      'those of listeners': { 'headroom_faults_total{job="shop", where="listener"}': '0+1x60' },
    },
    labels: { job: 'shop', where: 'store', severity: 'warning' },
    summary: 'Faults in headroom-hooks, where: store.',
    description: 'About 2 faults in 15 minutes. Agents went on without what failed; the fault events have the errors.',
  },
  {
    alert: 'HeadroomListenerErrors',
    atMinute: 30,
    beyond: { 'headroom_listener_errors_total{job="shop", event="model.end"}': '0x20 2x60' },
    within: { 'nothing new': { 'headroom_listener_errors_total{job="shop", event="model.end"}': '2x60' } },
    labels: { job: 'shop', event: 'model.end', severity: 'warning' },
    summary: 'A listener of model.end fails.',
    description: 'About 2 errors in 15 minutes. The listener is code of yours, or a sink.',
  },
  {
    alert: 'HeadroomLabelOverflow',
    atMinute: 100,
    beyond: { 'headroom_label_overflow_total{job="shop", label="gen_ai_tool_name"}': '_x50 7x100' },
    within: { 'nothing new': { 'headroom_label_overflow_total{job="shop", label="gen_ai_tool_name"}': '7x150' } },
    labels: { job: 'shop', label: 'gen_ai_tool_name', severity: 'info' },
    summary: 'The label gen_ai_tool_name has too many values.',
    description: '7 samples became "other" in an hour. Sums are right; what is told apart is not.',
  },
];

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
