import {
  absent,
  andOn,
  before,
  divided,
  increase,
  increaseFromNothing,
  maxBy,
  percentile,
  ratio,
  sumBy,
  times,
  where,
} from '../build/promql.ts';
import { series } from '../build/series.ts';
import { THRESHOLDS } from '../thresholds.ts';
import {
  cacheHitRatio,
  costRate,
  modelCalls,
  modelErrorRatio,
  runErrorRatio,
  runs,
  savingsRatio,
  toolErrorRatio,
} from './recording-rules.ts';
import { recorded, type AlertRule } from './rule.ts';

/** A share of fewer tells little. */
const LEAST_COUNT = 20;
const LEAST_TOKENS = 10_000;

const CALLS = 'gen_ai_client_inference_duration_seconds_count';
const BY_MODEL = ['job', 'gen_ai_request_model'] as const;
const BY_AGENT = ['job', 'gen_ai_agent_name'] as const;
const BY_TOOL = ['job', 'gen_ai_tool_name'] as const;
const BY_BUDGET = [
  'job',
  'budget',
  'gen_ai_provider_name',
  'gen_ai_request_model',
  'gen_ai_agent_name',
  'gen_ai_tool_name',
] as const;

const budgets = maxBy(BY_BUDGET, series('headroom_budget_used_ratio'));

/** What is wrong with the agents. */
export const AGENT_ALERTS: readonly AlertRule[] = [
  {
    alert: 'HeadroomRunErrorRatioHigh',
    when: andOn(
      BY_AGENT,
      where(recorded(runErrorRatio), `> ${THRESHOLDS.runErrorRatio}`),
      where(recorded(runs), `> ${LEAST_COUNT}`),
    ),
    heldFor: '5m',
    severity: 'critical',
    summary: 'Runs of the agent {{ $labels.gen_ai_agent_name }} fail.',
    description:
      '{{ $value | humanizePercentage }} of its runs failed in 30 minutes. Look at the types of errors of model calls and tools first.',
  },
  {
    alert: 'HeadroomModelErrorRatioHigh',
    when: andOn(
      BY_MODEL,
      where(recorded(modelErrorRatio), `> ${THRESHOLDS.modelErrorRatio}`),
      where(recorded(modelCalls), `> ${LEAST_COUNT}`),
    ),
    heldFor: '5m',
    severity: 'warning',
    summary: 'Calls of the model {{ $labels.gen_ai_request_model }} fail.',
    description:
      '{{ $value | humanizePercentage }} of its calls failed in 5 minutes. The type of the error says whether it is a limit, an outage or the request.',
  },
  {
    alert: 'HeadroomToolErrorRatioHigh',
    when: andOn(
      BY_TOOL,
      where(recorded(toolErrorRatio), `> ${THRESHOLDS.toolErrorRatio}`),
      where(
        sumBy(
          BY_TOOL,
          increase(series('gen_ai_execute_tool_duration_seconds_count', { headroom_outcome: '!="aborted"' }), '15m'),
        ),
        `> ${LEAST_COUNT}`,
      ),
    ),
    heldFor: '5m',
    severity: 'warning',
    summary: 'Calls of the tool {{ $labels.gen_ai_tool_name }} fail.',
    description:
      '{{ $value | humanizePercentage }} of its calls failed in 15 minutes. Agents try again, which costs tokens.',
  },
  {
    alert: 'HeadroomContextWindowNearLimit',
    when: where(
      percentile(0.95, series('headroom_context_window_used_ratio_bucket'), { by: BY_AGENT, window: '15m' }),
      `> ${THRESHOLDS.contextWindowRatio}`,
    ),
    heldFor: '5m',
    severity: 'warning',
    summary: 'The agent {{ $labels.gen_ai_agent_name }} fills its context window.',
    description: 'One call in twenty uses more than {{ $value | humanizePercentage }} of it. Calls beyond it fail.',
  },
];

/** What is wrong with savings, and with what they cost. */
export const COMPRESSION_ALERTS: readonly AlertRule[] = [
  {
    alert: 'HeadroomSavingsRatioLow',
    when: andOn(
      ['job', 'gen_ai_agent_name', 'gen_ai_request_model'],
      where(recorded(savingsRatio), `< ${THRESHOLDS.savingsRatio}`),
      where(
        sumBy(
          ['job', 'gen_ai_agent_name', 'gen_ai_request_model'],
          increase(series('headroom_compression_input_tokens_total'), '30m'),
        ),
        `> ${LEAST_TOKENS}`,
      ),
    ),
    heldFor: '30m',
    keptFor: '10m',
    severity: 'info',
    summary: 'Compression saves little for the agent {{ $labels.gen_ai_agent_name }}.',
    description:
      'It saves {{ $value | humanizePercentage }} of the tokens of tool results sent to {{ $labels.gen_ai_request_model }}. Look at the savings by tool.',
  },
  {
    alert: 'HeadroomCompressionSlow',
    when: where(
      percentile(0.95, series('headroom_compression_duration_seconds_bucket'), { by: BY_AGENT, window: '10m' }),
      `> ${THRESHOLDS.compressionSeconds}`,
    ),
    heldFor: '10m',
    severity: 'warning',
    summary: 'Compression is slow for the agent {{ $labels.gen_ai_agent_name }}.',
    description:
      'One prompt in twenty takes longer than {{ $value | humanizeDuration }}. Look for results of many megabytes, and for a busy processor.',
  },
  {
    alert: 'HeadroomCacheHitRatioDropped',
    when: andOn(
      BY_MODEL,
      where(
        // A model that hardly used the cache has nothing to lose.
        divided(recorded(cacheHitRatio), where(before(recorded(cacheHitRatio), '1d'), '> 0.2')),
        `< ${THRESHOLDS.cacheHitRatioLeft}`,
      ),
      where(
        sumBy(BY_MODEL, increase(series('gen_ai_client_inference_usage_input_tokens_total'), '1h')),
        `> ${10 * LEAST_TOKENS}`,
      ),
    ),
    heldFor: '30m',
    severity: 'warning',
    summary: 'Calls of {{ $labels.gen_ai_request_model }} read less from the cache of the provider.',
    description:
      'The cache hit ratio is {{ $value | humanizePercentage }} of what it was a day ago: something at the start of prompts changes between calls.',
  },
];

/** What is spent. */
export const COST_ALERTS: readonly AlertRule[] = [
  {
    alert: 'HeadroomSpendRateHigh',
    when: where(times(recorded(costRate), 3600), `> ${THRESHOLDS.spendUsdPerHour}`),
    heldFor: '10m',
    severity: 'warning',
    summary: 'Model calls cost more than expected.',
    description: 'An estimated {{ printf "%.2f" $value }} USD an hour. Look at the cost by agent and by model.',
  },
  {
    alert: 'HeadroomBudgetNearLimit',
    when: where(where(budgets, `>= ${THRESHOLDS.budgetNear}`), `< ${THRESHOLDS.budgetExhausted}`),
    severity: 'warning',
    summary: 'The budget {{ $labels.budget }} is nearly used.',
    description: '{{ $value | humanizePercentage }} of it is used in the process that used most.',
  },
  {
    alert: 'HeadroomBudgetExhausted',
    when: where(budgets, `>= ${THRESHOLDS.budgetExhausted}`),
    severity: 'critical',
    summary: 'The budget {{ $labels.budget }} is used up.',
    description:
      '{{ $value | humanizePercentage }} of it is used. Where its rule enforces it, calls are stopped until its period is over.',
  },
  {
    alert: 'HeadroomCostUnknown',
    when: andOn(
      ['job'],
      where(
        ratio(
          sumBy(BY_MODEL, increase(series('headroom_cost_unknown_total'), '1h')),
          sumBy(BY_MODEL, increase(series(CALLS, { headroom_outcome: '!="error"' }), '1h')),
        ),
        `> ${THRESHOLDS.costUnknownRatio}`,
      ),
      // Whoever gave no prices at all does not want to know.
      sumBy(['job'], series('headroom_cost_usd_total')),
    ),
    heldFor: '30m',
    severity: 'info',
    summary: 'The cost of calls of {{ $labels.gen_ai_request_model }} is not known.',
    description:
      '{{ $value | humanizePercentage }} of its calls have no known cost, while others have: cost and budgets are too low.',
  },
];

/** Whether the numbers can be believed. */
export const HEALTH_ALERTS: readonly AlertRule[] = [
  {
    alert: 'HeadroomTelemetryAbsent',
    when: absent(series('headroom_build_info')),
    heldFor: '10m',
    severity: 'critical',
    summary: 'No process tells anything.',
    description: 'There is no headroom_build_info in this Prometheus: nothing is scraped, or no agent runs.',
  },
  {
    alert: 'HeadroomAlertsUndelivered',
    when: where(
      sumBy(['job', 'destination'], increaseFromNothing(series('headroom_alert_delivery_failures_total'), '15m')),
      '> 0',
    ),
    severity: 'critical',
    summary: 'Alerts of agents do not arrive at {{ $labels.destination }}.',
    description:
      '{{ printf "%.0f" $value }} changes of alerts were given up in 15 minutes. Look there for what is firing.',
  },
  {
    alert: 'HeadroomFaults',
    // Those of listeners have an alert of their own.
    when: where(
      sumBy(['job', 'where'], increase(series('headroom_faults_total', { where: '!="listener"' }), '15m')),
      '> 0',
    ),
    keptFor: '10m',
    severity: 'warning',
    summary: 'Faults in headroom-hooks, where: {{ $labels.where }}.',
    description:
      'About {{ printf "%.0f" $value }} faults in 15 minutes. Agents went on without what failed; the fault events have the errors.',
  },
  {
    alert: 'HeadroomListenerErrors',
    when: where(sumBy(['job', 'event'], increase(series('headroom_listener_errors_total'), '15m')), '> 0'),
    keptFor: '10m',
    severity: 'warning',
    summary: 'A listener of {{ $labels.event }} fails.',
    description: 'About {{ printf "%.0f" $value }} errors in 15 minutes. The listener is code of yours, or a sink.',
  },
  {
    alert: 'HeadroomLabelOverflow',
    when: where(sumBy(['job', 'label'], increaseFromNothing(series('headroom_label_overflow_total'), '1h')), '> 0'),
    severity: 'info',
    summary: 'The label {{ $labels.label }} has too many values.',
    description:
      '{{ printf "%.0f" $value }} samples became "other" in an hour. Sums are right; what is told apart is not.',
  },
];

export const ALERT_GROUPS: ReadonlyMap<string, readonly AlertRule[]> = new Map([
  ['headroom-agents', AGENT_ALERTS],
  ['headroom-compression', COMPRESSION_ALERTS],
  ['headroom-cost', COST_ALERTS],
  ['headroom-health', HEALTH_ALERTS],
]);
