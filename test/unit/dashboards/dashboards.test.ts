import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { metricOf } from '../../../dashboards/build/series.ts';
import { generatedFiles } from '../../../dashboards/generated-files.ts';
import { THRESHOLDS } from '../../../dashboards/thresholds.ts';
import { METRIC_NAMES, METRICS } from '../../../src/sinks/metrics/metrics.ts';
import { DASHBOARDS, PANELS, TARGETS } from '../../dashboards/dashboard-json.ts';
import { selectorsIn } from '../../dashboards/selectors.ts';

const files = generatedFiles();

test.each([...files])('dashboards/generated/%s is what the sources say', (name, text) => {
  const committed = readFileSync(new URL(`../../../dashboards/generated/${name}`, import.meta.url), 'utf8');
  expect(committed === text, `${name} is stale: run npm run dashboards`).toBe(true);
});

describe('names', () => {
  test('of series and labels in queries are those of the table', () => {
    for (const { target } of TARGETS) {
      for (const { series, matchers } of selectorsIn(target.expr)) {
        const labels: readonly string[] = METRICS[metricOf(series)].labels;
        const used = matchers.map((matcher) => /^\w+/.exec(matcher)?.[0]);
        expect([...labels, 'job', 'instance']).toEqual(expect.arrayContaining(used));
      }
    }
  });

  test('of all metrics of the table are used, in a panel or a rule', () => {
    const all = [...files.values()].join('\n');
    const series = [...all.matchAll(/\b(?:gen_ai|headroom)_\w+/g)].map(([name]) => name);
    const used = new Set(series.map((name) => name.replace(/_(?:bucket|count|sum)$/, '')));
    expect(METRIC_NAMES.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe.each(DASHBOARDS)('$name', ({ json }) => {
  const panels = PANELS.filter(({ dashboard }) => json.uid === `headroom-${dashboard}`).map(({ panel }) => panel);

  test('can be imported as it is, and provisioned from a file', () => {
    expect(json.schemaVersion).toBe(39);
    expect(json.uid.length).toBeLessThan(41);
    const text = JSON.stringify(json);
    expect(text).not.toContain('__inputs');
    expect(text).not.toContain('${DS_');
    expect(json).not.toHaveProperty('id');
  });

  test('is as large as one can take in', () => {
    expect(panels.length).toBeGreaterThan(10);
    expect(panels.length).toBeLessThanOrEqual(20);
  });

  test('shows numbers first and charts after them', () => {
    const [first, ...rows] = rowsOf(json.panels);
    expect(first?.every(({ type }) => type === 'stat')).toBe(true);
    expect(rows.flat().some(({ type }) => type === 'stat')).toBe(false);
  });

  test('has panels with an id each, none over another, none beyond the edge', () => {
    expect(new Set(json.panels.map(({ id }) => id)).size).toBe(json.panels.length);
    const cells = new Set<string>();
    for (const { gridPos } of json.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(cells.has(`${x},${y}`)).toBe(false);
          cells.add(`${x},${y}`);
        }
      }
    }
  });

  test('leads to the others with the same filters and times', () => {
    expect(json.tags).toContain('headroom');
    expect(json.links).toMatchObject([{ type: 'dashboards', tags: ['headroom'], includeVars: true, keepTime: true }]);
  });

  test('is filtered by data source, job, instance, agent and model, each by those before it', () => {
    const { list } = json.templating;
    expect(list.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance', 'agent', 'model']);
    const used = list.map(({ definition = '' }) => [...definition.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    expect(used).toEqual([[], [], ['job'], ['job', 'instance'], ['job', 'instance', 'agent']]);
  });

  test('marks alerts and versions', () => {
    const [alerts, versions] = json.annotations.list;
    expect(alerts?.expr).toContain('ALERTS{alertname=~"Headroom.*", alertstate="firing"');
    expect(versions?.expr).toContain('headroom_build_info');
  });
});

describe('panels', () => {
  test.each(PANELS)('$dashboard, $title begins at zero, and a share ends at one or is open', ({ panel }) => {
    const { min, max, unit } = panel.fieldConfig?.defaults ?? {};
    expect(min).toBe(0);
    if (max !== undefined) expect({ max, unit }).toEqual({ max: 1, unit: 'percentunit' });
  });

  test.each(PANELS)('$dashboard, $title says which variables do not filter it', ({ panel }) => {
    const expressions = (panel.targets ?? []).map(({ expr }) => expr);
    const ignored = ['job', 'instance', 'agent', 'model'].filter(
      (name) => !expressions.every((expr) => expr.includes(`"$${name}"`)),
    );
    const [, said = ''] = /Not filtered by ([\w ]+)\.$/.exec(panel.description ?? '') ?? [];
    expect(said.split(' and ').filter((name) => name !== '')).toEqual(ignored);
  });

  test.each(PANELS.filter(({ panel }) => panel.fieldConfig?.defaults.unit === 's'))(
    '$dashboard, $title leads from a sample to its trace',
    ({ panel }) => {
      if (panel.type === 'stat') return;
      expect(panel.targets?.map(({ exemplar }) => exemplar)).toEqual(panel.targets?.map(() => true));
      expect(panel.targets?.every(({ expr }) => expr.includes('_bucket'))).toBe(true);
    },
  );

  test('ask once for numbers and over time for lines', () => {
    const wrong = TARGETS.filter(
      ({ panel, target }) =>
        target.instant !== ['stat', 'gauge', 'bargauge'].includes(panel.type) || target.range === target.instant,
    );
    expect(wrong).toEqual([]);
  });

  test('have legends of labels that their queries keep', () => {
    for (const { target } of TARGETS) {
      for (const [, label = ''] of target.legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
        expect(target.expr).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
      }
    }
  });

  test('never divide by nothing', () => {
    for (const { target } of TARGETS) {
      const divisors = [...target.expr.matchAll(/\n\/[^\n]*\n(.*)$/gm)].map(([, divisor]) => divisor ?? '');
      expect(divisors.filter((divisor) => !divisor.endsWith('> 0)'))).toEqual([]);
    }
  });

  test('change their colour where alerts fire', () => {
    const shared = new Set<number>(Object.values(THRESHOLDS));
    for (const { panel } of PANELS) {
      for (const { value } of panel.fieldConfig?.defaults.thresholds.steps ?? []) {
        if (value !== null && value !== 1) expect(shared).toContain(value);
      }
    }
    const rules = parse(files.get('alert-rules.yaml') ?? '') as {
      readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
    };
    const compared = rules.groups
      .flatMap((group) => group.rules)
      .flatMap(({ expr }) => [...expr.matchAll(/[<>]=? ([\d.]+)/g)].map(([, value]) => Number(value)));
    expect([...shared].filter((value) => !compared.includes(value))).toEqual([]);
  });
});

function rowsOf(panels: (typeof DASHBOARDS)[number]['json']['panels']) {
  const rows: (typeof panels)[number][][] = [];
  for (const panel of panels) {
    if (panel.type === 'row') rows.push([]);
    else rows.at(-1)?.push(panel);
  }
  return rows;
}
