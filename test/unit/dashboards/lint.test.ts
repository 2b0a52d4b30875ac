import { describe, expect, test } from 'vitest';
import { metricOf } from '../../../dashboards/build/series.ts';
import { METRICS } from '../../../src/sinks/metrics/metrics.ts';
import { DASHBOARDS, PANELS, TARGETS, VARIABLES } from '../../dashboards/dashboard-json.ts';
import { selectorsIn } from '../../dashboards/selectors.ts';

/** Units that the linter of Grafana Labs accepts, as far as dashboards about agents may want them. */
const UNITS = ['short', 's', 'percentunit', 'currencyUSD', 'none', 'ops', 'cps', 'reqps'];

const SELECTORS = TARGETS.flatMap(({ dashboard, title, target }) =>
  selectorsIn(target.expr).map((selector) => ({ dashboard, title, expr: target.expr, selector })),
);
const QUERIED = VARIABLES.filter(({ variable }) => variable.type === 'query');

// The names are those of the rules of https://github.com/grafana/dashboard-linter for Prometheus.
describe('what the linter of Grafana Labs asks for', () => {
  test.each(DASHBOARDS)('template-datasource-rule: $name has one, of the expected name and label', ({ json }) => {
    const sources = json.templating.list.filter(({ type }) => type === 'datasource');
    expect(sources).toMatchObject([{ name: 'datasource', label: 'Data source', query: 'prometheus' }]);
  });

  test.each(['job', 'instance'])('template-%s-rule: all dashboards have the variable', (name) => {
    const found = QUERIED.filter(({ variable }) => variable.name === name);
    expect(found.map(({ dashboard }) => dashboard)).toEqual(DASHBOARDS.map((one) => one.name));
    for (const { variable } of found) {
      expect(variable).toMatchObject({ multi: true, includeAll: true, allValue: '.+' });
      expect(variable.datasource?.uid).toBe('${datasource}');
      expect(variable.label.toLowerCase()).toBe(name);
    }
  });

  test.each(QUERIED)('template-label-promql-rule: $variable.name of $dashboard', ({ variable }) => {
    expect(variable.definition).toMatch(/^label_values\(\w+(?:\{[^{}]*\})?, \w+\)$/);
    expect(variable.query).toMatchObject({ query: variable.definition });
  });

  test.each(QUERIED)('template-on-time-change-reload-rule: $variable.name of $dashboard', ({ variable }) => {
    expect(variable.refresh).toBe(2);
  });

  test.each(PANELS)('panel-datasource-rule: $dashboard, $title', ({ panel }) => {
    const sources = [panel.datasource, ...(panel.targets ?? []).map(({ datasource }) => datasource)];
    for (const source of sources) expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' });
  });

  test.each(PANELS)('panel-title-description-rule: $dashboard, $title', ({ panel }) => {
    expect(panel.title).not.toBe('');
    expect(panel.description).toMatch(/^[A-Z].{30,}\.$/);
  });

  test.each(PANELS)('panel-units-rule: $dashboard, $title', ({ panel }) => {
    expect(UNITS).toContain(panel.fieldConfig?.defaults.unit);
  });

  test.each(PANELS)('panel-no-targets-rule: $dashboard, $title', ({ panel }) => {
    expect(panel.targets?.length).toBeGreaterThan(0);
  });

  test.each(TARGETS)('target-promql-rule: $dashboard, $title, $refId is balanced', ({ target }) => {
    // What parses it whole is promql-syntax.test.ts, and Prometheus itself in test/e2e/real/dashboards.
    const open = target.expr.replaceAll(/"[^"]*"/g, '').replaceAll(/[^()[\]{}]/g, '');
    let rest = open;
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replaceAll(/\(\)|\[\]|\{\}/g, '');
    }
    expect(rest).toBe('');
  });

  test.each(SELECTORS)('target-rate-interval-rule: $dashboard, $title, $selector.series', ({ selector }) => {
    const { calledBy, range } = selector;
    if (range === undefined) return;
    expect(['rate', 'increase']).toContain(calledBy);
    // A stat is about the whole time range.
    expect(range === '$__range' || range === '$__rate_interval').toBe(true);
  });

  test('target-rate-interval-rule: what goes over time goes by the rate interval', () => {
    const charts = TARGETS.filter(({ target }) => target.range);
    expect(charts.filter(({ target }) => target.expr.includes('$__range'))).toEqual([]);
  });

  test.each(SELECTORS)('target-job-rule, target-instance-rule: $dashboard, $title, $selector.series', (one) => {
    expect(one.selector.matchers).toContain('job=~"$job"');
    expect(one.selector.matchers).toContain('instance=~"$instance"');
  });

  test.each(SELECTORS)('target-counter-agg-rule: $dashboard, $title, $selector.series', ({ selector }) => {
    const { kind } = METRICS[metricOf(selector.series)];
    const isCounted = kind === 'counter' || kind === 'histogram';
    // Whether there is any series is asked of the calls, and not how many they are.
    if (selector.calledBy === 'max' && selector.series === 'gen_ai_client_inference_duration_seconds_count') return;
    expect(selector.range !== undefined).toBe(isCounted);
  });

  test.each(DASHBOARDS)('uneditable-dashboard: $name', ({ json }) => {
    expect(json.editable).toBe(false);
  });
});

test('the selectors that are looked at are all there are', () => {
  const inBraces = SELECTORS.length;
  const named = TARGETS.flatMap(({ target }) =>
    [...target.expr.replaceAll(/by \([^)]*\)|\{[^}]*\}/g, '').matchAll(/\b(?:gen_ai|headroom)_\w+/g)].map(
      ([name]) => name,
    ),
  );
  expect(named.length).toBe(inBraces);
  expect(inBraces).toBeGreaterThan(100);
});
