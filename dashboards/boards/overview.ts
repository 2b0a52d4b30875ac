import { dashboard } from '../build/dashboard.ts';
import { chart, stat } from '../build/panel.ts';
import { percentile, shareOf, sum, sumBy } from '../build/promql.ts';
import { orZero, selected, speed, speedBy, total } from '../build/selected.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { AGENTS_AND_HEALTH, COMPRESSION, OVERVIEW, TOKENS_AND_COST } from './links.ts';
import {
  CALLS,
  COST,
  COST_SAVED,
  TOKENS_SAVED,
  costInRange,
  errorRatio,
  errorRatioInRange,
  perHour,
  savingsRatioInRange,
} from './measures.ts';
import { savingsRatioByAgent, tokensBeforeAndAfter } from './savings-charts.ts';

const LATENCY = 'gen_ai_client_inference_duration_seconds_bucket';
const FIRST_CHUNK = 'gen_ai_client_inference_time_to_first_chunk_seconds_bucket';

export const overview = dashboard({
  ...OVERVIEW,
  description: 'What does compression save, and do the model calls go well?',
  rows: [
    {
      title: 'In this time range',
      panels: [
        stat({
          title: 'Tokens saved',
          description:
            'Tokens of tool results that were not sent. Zero while agents work means that results are short, or that the mode is audit or off.',
          unit: 'short',
          colour: 'green',
          targets: [{ of: orZero(total(TOKENS_SAVED)), legend: 'saved' }],
          leadsTo: COMPRESSION,
        }),
        stat({
          title: 'Savings ratio',
          description:
            'Share of the tokens of tool results that was not sent. Where it is low, look on the dashboard Compression for the tool and the reason.',
          unit: 'percentunit',
          max: 1,
          colour: 'orange',
          steps: [[THRESHOLDS.savingsRatio, 'green']],
          targets: [{ of: savingsRatioInRange(), legend: 'ratio' }],
          leadsTo: COMPRESSION,
        }),
        stat({
          title: 'Cost avoided',
          description:
            'Estimate: what saved tokens would have added to billed calls, by the prices that were given. Empty where there are calls and no prices.',
          unit: 'currencyUSD',
          colour: 'green',
          targets: [{ of: costInRange(COST_SAVED), legend: 'avoided' }],
          leadsTo: TOKENS_AND_COST,
        }),
        stat({
          title: 'Cost',
          description:
            'Estimate: billed tokens at the prices that were given. Empty where there are calls and no prices: give some to createHeadroomHooks.',
          unit: 'currencyUSD',
          colour: 'blue',
          targets: [{ of: costInRange(COST), legend: 'cost' }],
          leadsTo: TOKENS_AND_COST,
        }),
        stat({
          title: 'Error ratio',
          description:
            'Share of model calls that failed; what was aborted does not count. See below for the type of the error.',
          unit: 'percentunit',
          max: 1,
          colour: 'green',
          steps: [[THRESHOLDS.modelErrorRatio, 'red']],
          targets: [{ of: errorRatioInRange(CALLS), legend: 'errors' }],
        }),
        stat({
          title: 'Alerts firing in agents',
          description:
            'Alerts of createAlerts() that are on now, in all processes. Alerts of Prometheus are the red marks in the charts.',
          unit: 'none',
          colour: 'green',
          steps: [[1, 'red']],
          targets: [{ of: orZero(sum(selected('headroom_alerts_firing'))), legend: 'firing' }],
          leadsTo: AGENTS_AND_HEALTH,
        }),
      ],
    },
    {
      title: 'Model calls',
      panels: [
        chart({
          title: 'Calls by model',
          description: 'Model calls that ended, a second. A gap means that no agent works, or that nothing is scraped.',
          unit: 'reqps',
          targets: [{ of: speedBy(['gen_ai_request_model'], CALLS), legend: '{{gen_ai_request_model}}' }],
        }),
        chart({
          title: 'Error ratio by type',
          description:
            'Failed calls as a share of all that were not aborted. Overload and rate limits pass, or need a higher limit; anything else is a fault in the request or the key.',
          unit: 'percentunit',
          max: 1,
          steps: [[THRESHOLDS.modelErrorRatio, 'red']],
          targets: [
            { of: errorRatio(CALLS), legend: 'all' },
            {
              of: shareOf(
                speedBy(['error_type'], CALLS, { error_type: '!=""' }),
                speed(CALLS, { headroom_outcome: '!="aborted"' }),
              ),
              legend: '{{error_type}}',
            },
          ],
        }),
        chart({
          title: 'Call latency',
          description:
            'Wall time of model calls. Where p95 goes up and p50 does not, look at the largest prompts on Tokens and cost; where both do, at the provider.',
          unit: 's',
          exemplars: true,
          targets: [
            { of: percentile(0.5, selected(LATENCY)), legend: 'p50' },
            { of: percentile(0.95, selected(LATENCY)), legend: 'p95' },
            { of: percentile(0.99, selected(LATENCY)), legend: 'p99' },
          ],
        }),
        chart({
          title: 'Time to first chunk, p95',
          description: 'Wait for the first chunk of streamed answers, by model. Empty where nothing is streamed.',
          unit: 's',
          exemplars: true,
          targets: [
            {
              of: percentile(0.95, selected(FIRST_CHUNK), { by: ['gen_ai_request_model'] }),
              legend: '{{gen_ai_request_model}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'What it comes to',
      panels: [
        tokensBeforeAndAfter('Tool result tokens before and after'),
        savingsRatioByAgent('An agent that falls has new tools or new results: see Compression.'),
        chart({
          title: 'Cost an hour',
          description: 'Estimated spend an hour, and what saved tokens would have added to it. Needs prices.',
          unit: 'currencyUSD',
          steps: [[THRESHOLDS.spendUsdPerHour, 'orange']],
          targets: [
            { of: perHour(speed(COST)), legend: 'spent' },
            { of: perHour(speed(COST_SAVED)), legend: 'avoided' },
          ],
        }),
        chart({
          title: 'Calls under way by agent',
          description:
            'Model calls that have begun and not ended. A line that climbs and never falls is a provider that hangs.',
          unit: 'short',
          targets: [
            {
              of: sumBy(['gen_ai_agent_name'], selected('headroom_model_calls_active')),
              legend: '{{gen_ai_agent_name}}',
            },
          ],
        }),
      ],
    },
  ],
});
