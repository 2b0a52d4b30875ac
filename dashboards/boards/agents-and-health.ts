import { dashboard } from '../build/dashboard.ts';
import { chart, stat } from '../build/panel.ts';
import { countBy, increase, percentile, ratio, sum, sumBy, where } from '../build/promql.ts';
import { ofProcess, orZero, selected, speedBy, total } from '../build/selected.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { AGENTS_AND_HEALTH } from './links.ts';
import { RUNS, TOOL_CALLS, errorRatioInRange, perMinute, toolErrorRatio } from './measures.ts';

const RUN_TIME = 'gen_ai_invoke_agent_duration_seconds_bucket';
const TOOL_TIME = 'gen_ai_execute_tool_duration_seconds_bucket';
const AGENT = ['gen_ai_agent_name'] as const;
const TOOL = ['gen_ai_tool_name'] as const;

export const agentsAndHealth = dashboard({
  ...AGENTS_AND_HEALTH,
  description: 'Do the agents and their tools work, and can the numbers be believed?',
  rows: [
    {
      title: 'In this time range',
      panels: [
        stat({
          title: 'Runs',
          description: 'Agent runs that ended. A run that is nested in another counts too.',
          unit: 'short',
          colour: 'blue',
          targets: [{ of: orZero(total(RUNS)), legend: 'runs' }],
        }),
        stat({
          title: 'Run error ratio',
          description:
            'Share of runs that failed; what was aborted does not count. See the chart of outcomes for which agent.',
          unit: 'percentunit',
          max: 1,
          colour: 'green',
          steps: [[THRESHOLDS.runErrorRatio, 'red']],
          targets: [{ of: errorRatioInRange(RUNS), legend: 'errors' }],
        }),
        stat({
          title: 'Run time, p95',
          description: 'Wall time that 95 of 100 runs stay below.',
          unit: 's',
          colour: 'blue',
          targets: [{ of: where(percentile(0.95, selected(RUN_TIME), { window: '$__range' }), '>= 0'), legend: 'p95' }],
        }),
        stat({
          title: 'Tool error ratio',
          description: 'Share of tool calls that failed. The chart of tools below says which.',
          unit: 'percentunit',
          max: 1,
          colour: 'green',
          steps: [[THRESHOLDS.toolErrorRatio, 'red']],
          targets: [{ of: errorRatioInRange(TOOL_CALLS), legend: 'errors' }],
        }),
        stat({
          title: 'Faults',
          description:
            'Faults of headroom-hooks that agents went on without. Anything above zero wants a look at the chart of faults.',
          unit: 'short',
          colour: 'green',
          steps: [[1, 'orange']],
          targets: [{ of: orZero(total('headroom_faults_total')), legend: 'faults' }],
        }),
        stat({
          title: 'Processes',
          description:
            'Processes with headroom-hooks that are scraped. Fewer than you run: look at the targets of Prometheus.',
          unit: 'none',
          colour: 'blue',
          noValue: 'None',
          targets: [{ of: sum(ofProcess('headroom_build_info')), legend: 'processes' }],
        }),
      ],
    },
    {
      title: 'Agents',
      panels: [
        chart({
          title: 'Runs by outcome',
          description:
            'Runs that ended, a minute. "aborted" is a user, a budget, or a run that was silent for too long.',
          unit: 'short',
          stacked: true,
          targets: [
            {
              of: perMinute(speedBy(['gen_ai_agent_name', 'headroom_outcome'], RUNS)),
              legend: '{{gen_ai_agent_name}} {{headroom_outcome}}',
            },
          ],
        }),
        chart({
          title: 'Run time, p95',
          description:
            'Wall time of runs by agent. Longer with as many calls is the model or a tool; with more calls, the agent.',
          unit: 's',
          exemplars: true,
          targets: [{ of: percentile(0.95, selected(RUN_TIME), { by: AGENT }), legend: '{{gen_ai_agent_name}}' }],
        }),
        chart({
          title: 'Calls of a run, on average',
          description:
            'Model calls and tool calls of one run, by agent. A rise without a reason is an agent that goes in circles.',
          unit: 'short',
          targets: [
            {
              of: ratio(
                speedBy(AGENT, 'gen_ai_invoke_agent_inference_calls_sum'),
                speedBy(AGENT, 'gen_ai_invoke_agent_inference_calls_count'),
              ),
              legend: '{{gen_ai_agent_name}} model calls',
            },
            {
              of: ratio(
                speedBy(AGENT, 'gen_ai_invoke_agent_tool_calls_sum'),
                speedBy(AGENT, 'gen_ai_invoke_agent_tool_calls_count'),
              ),
              legend: '{{gen_ai_agent_name}} tool calls',
            },
          ],
        }),
        chart({
          title: 'Runs under way',
          description:
            'Runs that have begun and not ended. A line that climbs and never falls is runs that nobody ends.',
          unit: 'short',
          targets: [{ of: sumBy(AGENT, selected('headroom_runs_active')), legend: '{{gen_ai_agent_name}}' }],
        }),
      ],
    },
    {
      title: 'Tools',
      panels: [
        chart({
          title: 'Tool time, p95',
          description: 'Wall time of tool calls, by tool. The slowest sets how long a run takes.',
          unit: 's',
          exemplars: true,
          targets: [{ of: percentile(0.95, selected(TOOL_TIME), { by: TOOL }), legend: '{{gen_ai_tool_name}}' }],
        }),
        chart({
          title: 'Tool error ratio',
          description:
            'Share of calls of each tool that failed. Agents try again, which costs tokens: fix the tool above the line.',
          unit: 'percentunit',
          max: 1,
          steps: [[THRESHOLDS.toolErrorRatio, 'red']],
          targets: [{ of: toolErrorRatio(), legend: '{{gen_ai_tool_name}}' }],
        }),
      ],
    },
    {
      title: 'Health of the numbers',
      panels: [
        chart({
          title: 'Faults by place',
          description:
            'What failed in headroom-hooks and was gone on without, in each step. The fault event has the error: log it.',
          unit: 'short',
          targets: [
            {
              of: sumBy(['where'], increase(selected('headroom_faults_total'), '$__rate_interval')),
              legend: '{{where}}',
            },
          ],
        }),
        chart({
          title: 'Errors of listeners',
          description:
            'Listeners that threw or rejected, by the event that they heard. They are part of the faults; the code is yours.',
          unit: 'short',
          targets: [
            {
              of: sumBy(['event'], increase(selected('headroom_listener_errors_total'), '$__rate_interval')),
              legend: '{{event}}',
            },
          ],
        }),
        chart({
          title: 'Alerts in agents',
          description: 'Alerts of createAlerts() that are on, by rule.',
          unit: 'none',
          targets: [
            {
              of: sumBy(['alertname', 'severity'], selected('headroom_alerts_firing')),
              legend: '{{alertname}} ({{severity}})',
            },
          ],
        }),
        chart({
          title: 'Changes of alerts in agents',
          description:
            'Alerts of createAlerts() that began or were over, and changes that did not arrive, in each step.',
          unit: 'short',
          targets: [
            {
              of: sumBy(['state'], increase(selected('headroom_alerts_total'), '$__rate_interval')),
              legend: '{{state}}',
            },
            {
              of: orZero(sum(increase(selected('headroom_alert_delivery_failures_total'), '$__rate_interval'))),
              legend: 'not delivered',
            },
          ],
        }),
        chart({
          title: 'Samples folded into "other"',
          description:
            'Samples whose label had too many values, in each step. Name agents, tools and models by what they are, not by ids, or raise maxLabelValues.',
          unit: 'short',
          targets: [
            { of: orZero(sum(increase(selected('headroom_label_overflow_total'), '$__rate_interval'))), legend: 'all' },
            {
              of: sumBy(['label'], increase(selected('headroom_label_overflow_total'), '$__rate_interval')),
              legend: '{{label}}',
            },
          ],
        }),
        chart({
          title: 'Versions',
          description:
            'Processes by version of headroom-hooks. Two lines for longer than a rollout is a rollout that hangs.',
          unit: 'none',
          targets: [{ of: countBy(['version'], ofProcess('headroom_build_info')), legend: '{{version}}' }],
        }),
      ],
    },
  ],
});
