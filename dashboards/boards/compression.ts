import { dashboard } from '../build/dashboard.ts';
import { bars, chart, heatmap, stat } from '../build/panel.ts';
import {
  highestFirst,
  increase,
  lowestFirst,
  percentile,
  ratio,
  sum,
  sumBy,
  rate,
  where,
  zeroWhere,
} from '../build/promql.ts';
import { orZero, selected, speed, speedBy, total } from '../build/selected.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { COMPRESSION } from './links.ts';
import {
  CACHE_READ,
  CACHE_WRITE,
  TOKENS_BEFORE,
  TOKENS_SAVED,
  TOKENS_SENT,
  perMinute,
  savingsRatioInRange,
} from './measures.ts';
import { savingsRatioByAgent, tokensBeforeAndAfter } from './savings-charts.ts';

const TIME = 'headroom_compression_duration_seconds_bucket';
const RATIO = 'headroom_compression_savings_ratio_bucket';
const RESULTS_BEFORE = 'headroom_tool_results_input_tokens_total';
const RESULTS_SENT = 'headroom_tool_results_output_tokens_total';
const RESULTS_SAVED = 'headroom_tool_results_saved_tokens_total';
const RETRIEVED = 'headroom_retrieved_tokens_total';
const TOOL = ['gen_ai_tool_name'] as const;
const STRATEGY = ['headroom_compression_strategy'] as const;

export const compression = dashboard({
  ...COMPRESSION,
  description: 'Where do savings come from, and what do they cost?',
  rows: [
    {
      title: 'In this time range',
      panels: [
        stat({
          title: 'Tokens before',
          description: 'Tokens of tool results as they came, counted in each model call that carries them.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(TOKENS_BEFORE)), legend: 'before' }],
        }),
        stat({
          title: 'Tokens sent',
          description: 'The same results as they were sent. Before less sent is saved.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(TOKENS_SENT)), legend: 'sent' }],
        }),
        stat({
          title: 'Savings ratio',
          description:
            'Share of the tokens that was not sent. Where it is low, look below for the tool and the reason.',
          unit: 'percentunit',
          max: 1,
          colour: 'orange',
          steps: [[THRESHOLDS.savingsRatio, 'green']],
          targets: [{ of: savingsRatioInRange(), legend: 'ratio' }],
        }),
        stat({
          title: 'Retrieved tokens',
          description:
            'Estimate: tokens that headroom_retrieve gave back. Where it comes near to what is saved, give the tool a rule that leaves less out.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(RETRIEVED)), legend: 'retrieved' }],
        }),
        stat({
          title: 'Compression time, p95',
          description:
            'Time that compressing one prompt takes, in 95 of 100 cases less. Where it is high, see which tools return megabytes.',
          unit: 's',
          colour: 'green',
          steps: [[THRESHOLDS.compressionSeconds, 'orange']],
          targets: [{ of: where(percentile(0.95, selected(TIME), { window: '$__range' }), '>= 0'), legend: 'p95' }],
        }),
        stat({
          title: 'Overhead',
          description: 'Time spent on compression as a share of the time spent on model calls of the same agents.',
          unit: 'percentunit',
          colour: 'blue',
          targets: [
            {
              of: ratio(
                total('headroom_compression_duration_seconds_sum'),
                sum(increase(selected('gen_ai_client_inference_duration_seconds_sum', {}, ['model']), '$__range')),
              ),
              legend: 'overhead',
            },
          ],
        }),
      ],
    },
    {
      title: 'Savings',
      panels: [
        tokensBeforeAndAfter('Tokens before and after'),
        savingsRatioByAgent('An agent that falls has new tools, or new results of its old ones.'),
        bars({
          title: 'Tokens sent by tool',
          description:
            'The ten tools whose results still cost most, after compression. The first is where a rule or a smaller page size pays.',
          unit: 'short',
          colour: 'blue',
          targets: [
            {
              of: highestFirst(sumBy(TOOL, increase(selected(RESULTS_SENT), '$__range'))),
              legend: '{{gen_ai_tool_name}}',
            },
          ],
        }),
        bars({
          title: 'Savings ratio by tool',
          description:
            'Saved tokens divided by tokens before, of the ten tools that gain least. Zero is a tool whose results are short, excluded, or of no kind that is known.',
          unit: 'percentunit',
          max: 1,
          colour: 'orange',
          steps: [[THRESHOLDS.savingsRatio, 'green']],
          targets: [
            {
              of: lowestFirst(
                ratio(
                  sumBy(TOOL, increase(selected(RESULTS_SAVED), '$__range')),
                  sumBy(TOOL, increase(selected(RESULTS_BEFORE), '$__range')),
                ),
              ),
              legend: '{{gen_ai_tool_name}}',
            },
          ],
        }),
        chart({
          title: 'Saved tokens by strategy',
          description: 'Which form saves how many tokens a minute. docs/strategies says what each of them does.',
          unit: 'short',
          stacked: true,
          targets: [{ of: perMinute(speedBy(STRATEGY, RESULTS_SAVED)), legend: '{{headroom_compression_strategy}}' }],
        }),
        chart({
          title: 'Savings ratio by strategy',
          description:
            'Saved tokens divided by the tokens of the results that the strategy wrote. "none" is what was sent as it was.',
          unit: 'percentunit',
          max: 1,
          targets: [
            {
              of: ratio(speedBy(STRATEGY, RESULTS_SAVED), speedBy(STRATEGY, RESULTS_BEFORE)),
              legend: '{{headroom_compression_strategy}}',
            },
          ],
        }),
        chart({
          title: 'Savings ratio of prompts',
          description:
            'Percentiles over prompts: p10 is what the worst tenth saves. Wide apart means that some agents gain nothing.',
          unit: 'percentunit',
          max: 1,
          targets: [
            { of: percentile(0.9, selected(RATIO)), legend: 'p90' },
            { of: percentile(0.5, selected(RATIO)), legend: 'p50' },
            { of: percentile(0.1, selected(RATIO)), legend: 'p10' },
          ],
        }),
        heatmap({
          title: 'Prompts by savings ratio',
          description:
            'How many prompts saved which share. Two bands are two kinds of agents: choose one above to tell them apart.',
          unit: 'percentunit',
          targets: [{ of: sumBy(['le'], increase(selected(RATIO), '$__rate_interval')), legend: '{{le}}' }],
        }),
      ],
    },
    {
      title: 'What it costs',
      panels: [
        chart({
          title: 'Compression time',
          description: 'Time that compressing one prompt takes. It grows in line with what is new in a prompt.',
          unit: 's',
          exemplars: true,
          steps: [[THRESHOLDS.compressionSeconds, 'orange']],
          targets: [
            { of: percentile(0.5, selected(TIME)), legend: 'p50' },
            { of: percentile(0.95, selected(TIME)), legend: 'p95' },
            { of: percentile(0.99, selected(TIME)), legend: 'p99' },
          ],
        }),
        chart({
          title: 'Results sent as they were, by reason',
          description:
            'Tool results a second. "not-smaller" and "below-minimum" are normal; "too-large", "fault" and "store-failed" want a look at Agents and health.',
          unit: 'ops',
          stacked: true,
          targets: [{ of: speedBy(['reason'], 'headroom_compression_skipped_total'), legend: '{{reason}}' }],
        }),
        chart({
          title: 'Retrievals by outcome',
          description:
            'Answers of headroom_retrieve a second. "unknown" and "expired" mean that the store forgets too early, or is not shared between processes.',
          unit: 'ops',
          targets: [{ of: speedBy(['outcome'], 'headroom_retrievals_total'), legend: '{{outcome}}' }],
        }),
        chart({
          title: 'Saved tokens beside the prompt cache',
          description:
            'Tokens a minute. If cache reads fall when savings rise, the start of prompts changes between calls: see the runbook of HeadroomCacheHitRatioDropped.',
          unit: 'short',
          targets: [
            { of: perMinute(speed(TOKENS_SAVED)), legend: 'saved' },
            { of: perMinute(speed(CACHE_READ)), legend: 'read from the cache' },
            { of: perMinute(speed(CACHE_WRITE)), legend: 'written to the cache' },
            {
              of: perMinute(zeroWhere(sum(rate(selected(RETRIEVED))), speed(TOKENS_SAVED))),
              legend: 'retrieved again',
            },
          ],
        }),
      ],
    },
  ],
});
