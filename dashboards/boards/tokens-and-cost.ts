import { dashboard } from '../build/dashboard.ts';
import { chart, gauge, stat } from '../build/panel.ts';
import { increase, maxBy, percentile, ratio, sum, zeroWhere } from '../build/promql.ts';
import { ofProcess, orZero, selected, speed, speedBy, total } from '../build/selected.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { TOKENS_AND_COST } from './links.ts';
import {
  CACHE_READ,
  CACHE_WRITE,
  CALLS,
  COST,
  COST_SAVED,
  INPUT_TOKENS,
  cacheHitRatioByModel,
  costInRange,
  perHour,
  perMinute,
} from './measures.ts';

const OUTPUT_TOKENS = 'gen_ai_client_inference_usage_output_tokens_total';
const REASONING = 'gen_ai_client_inference_usage_reasoning_output_tokens_total';
const INPUT_SIZE = 'gen_ai_client_inference_operation_input_tokens_bucket';
const OUTPUT_SIZE = 'gen_ai_client_inference_operation_output_tokens_bucket';
const WINDOW_USED = 'headroom_context_window_used_ratio_bucket';
const COST_UNKNOWN = 'headroom_cost_unknown_total';
const MODEL = ['gen_ai_request_model'] as const;
const AGENT = ['gen_ai_agent_name'] as const;

/** Calls without a known cost, of those that did not fail: agents are not told apart there. */
const costUnknownInRange = ratio(zeroWhere(total(COST_UNKNOWN), callsInRange()), callsInRange());

function callsInRange() {
  return sum(increase(selected(CALLS, { headroom_outcome: '!="error"' }, ['agent']), '$__range'));
}

export const tokensAndCost = dashboard({
  ...TOKENS_AND_COST,
  description: 'What do the providers bill, who spends it, and how near are the limits?',
  rows: [
    {
      title: 'In this time range',
      panels: [
        stat({
          title: 'Input tokens',
          description:
            'Input that the providers billed, cached input included. Tool results are most of it in long runs.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(INPUT_TOKENS)), legend: 'input' }],
        }),
        stat({
          title: 'Output tokens',
          description: 'Output that the providers billed, reasoning included.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(OUTPUT_TOKENS)), legend: 'output' }],
        }),
        stat({
          title: 'Cache hit ratio',
          description:
            'Share of the input that was read from the cache of the provider. Where it falls, something at the start of prompts changes: see the runbook of HeadroomCacheHitRatioDropped.',
          unit: 'percentunit',
          max: 1,
          colour: 'blue',
          targets: [
            { of: ratio(zeroWhere(total(CACHE_READ), total(INPUT_TOKENS)), total(INPUT_TOKENS)), legend: 'hit' },
          ],
        }),
        stat({
          title: 'Cost',
          description:
            'Estimate: billed tokens at the prices that were given. Empty where there are calls and no prices.',
          unit: 'currencyUSD',
          colour: 'blue',
          targets: [{ of: costInRange(COST), legend: 'cost' }],
        }),
        stat({
          title: 'Cost avoided',
          description: 'Estimate: what saved tokens would have added, old results at the price of cache reads.',
          unit: 'currencyUSD',
          colour: 'green',
          targets: [{ of: costInRange(COST_SAVED), legend: 'avoided' }],
        }),
        stat({
          title: 'Calls of unknown cost',
          description:
            'Share of calls without a price, or whose provider told no usage: the cost is too low by these. Give prices for all models.',
          unit: 'percentunit',
          max: 1,
          colour: 'green',
          steps: [[THRESHOLDS.costUnknownRatio, 'orange']],
          targets: [{ of: costUnknownInRange, legend: 'unknown' }],
        }),
      ],
    },
    {
      title: 'Tokens',
      panels: [
        chart({
          title: 'Input by model',
          description: 'Billed input tokens a minute. Compare with the rate limit of the provider.',
          unit: 'short',
          stacked: true,
          targets: [{ of: perMinute(speedBy(MODEL, INPUT_TOKENS)), legend: '{{gen_ai_request_model}}' }],
        }),
        chart({
          title: 'Output by model',
          description: 'Billed output tokens a minute, and the part of all output that is reasoning.',
          unit: 'short',
          targets: [
            { of: perMinute(speedBy(MODEL, OUTPUT_TOKENS)), legend: '{{gen_ai_request_model}}' },
            { of: perMinute(zeroWhere(speed(REASONING), speed(OUTPUT_TOKENS))), legend: 'reasoning, all models' },
          ],
        }),
        chart({
          title: 'Input tokens of a call',
          description:
            'How large prompts are. p95 near the context window means that runs are about to fail: see below.',
          unit: 'short',
          targets: [
            { of: percentile(0.5, selected(INPUT_SIZE)), legend: 'p50' },
            { of: percentile(0.95, selected(INPUT_SIZE)), legend: 'p95' },
          ],
        }),
        chart({
          title: 'Output tokens of a call',
          description: 'How long answers are. Output costs most and takes most of the time of a call.',
          unit: 'short',
          targets: [
            { of: percentile(0.5, selected(OUTPUT_SIZE)), legend: 'p50' },
            { of: percentile(0.95, selected(OUTPUT_SIZE)), legend: 'p95' },
          ],
        }),
        chart({
          title: 'Prompt cache',
          description:
            'Input tokens a minute that were read from the cache of the provider and written to it. Writes without reads cost more than no cache.',
          unit: 'short',
          targets: [
            { of: perMinute(speed(CACHE_READ)), legend: 'read' },
            { of: perMinute(speed(CACHE_WRITE)), legend: 'written' },
          ],
        }),
        chart({
          title: 'Cache hit ratio by model',
          description:
            'Share of the input that was read from the cache. A fall after a release points at what it changed at the start of prompts.',
          unit: 'percentunit',
          max: 1,
          targets: [{ of: cacheHitRatioByModel(), legend: '{{gen_ai_request_model}}' }],
        }),
      ],
    },
    {
      title: 'Cost and limits',
      panels: [
        chart({
          title: 'Cost an hour by model',
          description: 'Estimated spend an hour at the present rate. A model that is not here has no price.',
          unit: 'currencyUSD',
          stacked: true,
          steps: [[THRESHOLDS.spendUsdPerHour, 'orange']],
          targets: [{ of: perHour(speedBy(MODEL, COST)), legend: '{{gen_ai_request_model}}' }],
        }),
        chart({
          title: 'Cost an hour by agent',
          description: 'Estimated spend an hour at the present rate: who spends it.',
          unit: 'currencyUSD',
          stacked: true,
          targets: [{ of: perHour(speedBy(AGENT, COST)), legend: '{{gen_ai_agent_name}}' }],
        }),
        gauge({
          title: 'Budgets',
          description:
            'Share of each budget of createAlerts() that is used, in the process that used most. At 100 % calls are stopped where the rule enforces it.',
          unit: 'percentunit',
          max: 1,
          colour: 'green',
          steps: [
            [THRESHOLDS.budgetNear, 'orange'],
            [THRESHOLDS.budgetExhausted, 'red'],
          ],
          noValue: 'No budgets',
          targets: [{ of: maxBy(['budget'], ofProcess('headroom_budget_used_ratio')), legend: '{{budget}}' }],
        }),
        chart({
          title: 'Context window used, p95',
          description:
            'Share of the context window that calls fill, input and output together, by agent. Above the line, lower targetTokens or end runs earlier. Needs contextWindows.',
          unit: 'percentunit',
          max: 1,
          steps: [[THRESHOLDS.contextWindowRatio, 'red']],
          targets: [{ of: percentile(0.95, selected(WINDOW_USED), { by: AGENT }), legend: '{{gen_ai_agent_name}}' }],
        }),
      ],
    },
  ],
});
