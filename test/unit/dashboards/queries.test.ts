import { describe, expect, test } from 'vitest';
import { chart } from '../../../dashboards/build/panel.ts';
import { increase, percentile, rate, ratio, sum, sumBy, zeroWhere } from '../../../dashboards/build/promql.ts';
import { selected, speedBy } from '../../../dashboards/build/selected.ts';
import { metricOf, series } from '../../../dashboards/build/series.ts';
import { writtenAlert } from '../../../dashboards/rules/rule.ts';

describe('a query', () => {
  test('is filtered by the variables whose labels its metric has', () => {
    expect(selected('headroom_cost_usd_total').promql).toBe(
      'headroom_cost_usd_total{job=~"$job", instance=~"$instance", gen_ai_agent_name=~"$agent", gen_ai_request_model=~"$model"}',
    );
    expect(selected('headroom_compression_skipped_total').promql).toBe(
      'headroom_compression_skipped_total{job=~"$job", instance=~"$instance"}',
    );
  });

  test('of a ratio divides sums, has zero for nothing, and nothing where there is nothing to divide by', () => {
    const all = sum(rate(series('headroom_cost_usd_total'), '5m'));
    const some = sum(rate(series('headroom_cost_usd_total', { job: '="a"' }), '5m'));
    expect(ratio(zeroWhere(some, all), all).promql).toBe(
      '(sum(rate(headroom_cost_usd_total{job="a"}[5m])) or (sum(rate(headroom_cost_usd_total[5m])) * 0))\n/\n' +
        '(sum(rate(headroom_cost_usd_total[5m])) > 0)',
    );
  });

  test('does not compile with names, labels and kinds that the table does not have', () => {
    // Each line below is an error that the compiler has to find.
    const mistakes = [
      // @ts-expect-error there is no such metric
      () => series('headroom_no_such_total'),
      // @ts-expect-error a histogram is three series, and none of its own name
      () => series('headroom_compression_savings_ratio'),
      // @ts-expect-error its metric has no such label
      () => series('headroom_cost_usd_total', { gen_ai_tool_name: '="x"' }),
      // @ts-expect-error this is no matcher
      () => series('headroom_cost_usd_total', { job: 'x' }),
      // @ts-expect-error what goes up and down has no rate
      () => rate(series('headroom_runs_active')),
      // @ts-expect-error it has no such label
      () => sumBy(['gen_ai_tool_name'], rate(series('headroom_cost_usd_total'))),
      // @ts-expect-error it has no such label
      () => speedBy(['reason'], 'headroom_cost_usd_total'),
      // @ts-expect-error only buckets have percentiles
      () => percentile(0.5, series('headroom_cost_usd_total')),
      // @ts-expect-error this is no duration
      () => increase(series('headroom_cost_usd_total'), '5 minutes'),
    ];
    expect(mistakes).toHaveLength(9);
  });

  test('is refused where a name comes from elsewhere', () => {
    expect(() => metricOf('headroom_no_such_total')).toThrow('headroom_no_such_total is no series');
    expect(() => metricOf('headroom_compression_savings_ratio')).toThrow('is no series');
    expect(() => metricOf('headroom_cost_usd_total_count')).toThrow('is no series');
    expect(metricOf('gen_ai_invoke_agent_tool_calls_count')).toBe('gen_ai_invoke_agent_tool_calls');
  });

  test('is refused for a legend or a summary that names a label it has not', () => {
    const costs = sumBy(['gen_ai_agent_name'], rate(selected('headroom_cost_usd_total')));
    expect(() =>
      chart({
        title: 'Cost',
        description: 'What it costs.',
        unit: 'currencyUSD',
        targets: [{ of: costs, legend: '{{gen_ai_request_model}}' }],
      }),
    ).toThrow('has no label gen_ai_request_model');
    expect(() =>
      writtenAlert({
        alert: 'HeadroomCosts',
        when: costs,
        severity: 'info',
        summary: 'The model {{ $labels.gen_ai_request_model }} costs.',
        description: 'See there.',
      }),
    ).toThrow('HeadroomCosts has no label gen_ai_request_model');
  });
});
