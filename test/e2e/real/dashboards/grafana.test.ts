import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { ALERT_GROUPS } from '../../../../dashboards/rules/alert-rules.ts';
import { RECORDING_RULES } from '../../../../dashboards/rules/recording-rules.ts';
import { DASHBOARDS, PANELS, TARGETS, VARIABLES } from '../../../dashboards/dashboard-json.ts';
import { installFixture } from '../install-fixture.ts';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/grafana', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'headroom-grafana-')));
const isInstalled = installFixture(FIXTURE, folder, "Grafana's packages");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isInstalled)("Grafana's own packages", () => {
  const rules = [...RECORDING_RULES.map(({ of }) => of), ...[...ALERT_GROUPS.values()].flat().map(({ when }) => when)];
  const expressions = [
    ...TARGETS.map(({ target }) => target.expr),
    ...VARIABLES.flatMap(({ variable }) => /^label_values\((.*), \w+\)$/.exec(variable.definition ?? '')?.[1] ?? []),
    ...DASHBOARDS.flatMap(({ json }) => json.annotations.list.map(({ expr }) => expr)),
    ...rules.map(({ promql }) => promql),
  ].map((expression) => expression.replaceAll(/\$__(?:rate_interval|range|interval)/g, '5m'));

  test('know every unit and every reducer', () => {
    const { units, reducers } = read([]);
    expect(units.length).toBeGreaterThan(200);
    for (const { panel } of PANELS) {
      expect(units).toContain(panel.fieldConfig?.defaults.unit);
      const { reduceOptions, legend } = panel.options ?? {};
      expect(reducers).toEqual(expect.arrayContaining([...(reduceOptions?.calcs ?? []), ...(legend?.calcs ?? [])]));
    }
  });

  test('parse every expression', () => {
    expect(expressions.length).toBeGreaterThan(120);
    expect(read(expressions).unparsed).toEqual([]);
    expect(read(['sum(rate(headroom_cost_usd_total[5m])']).unparsed).toHaveLength(1);
  });

  test.each(DASHBOARDS)('take $name for a dashboard', ({ json }) => {
    expect(typeErrors(json)).toBe('');
  });

  test('do not take anything for a dashboard', () => {
    const [first] = DASHBOARDS;
    expect(typeErrors({ ...first?.json, graphTooltip: 7 })).toContain("Type '7' is not assignable");
  });
});

function read(expressions: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['read.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    input: JSON.stringify(expressions),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Readonly<Record<'units' | 'reducers' | 'unparsed', readonly string[]>>;
}

function typeErrors(json: object): string {
  const source = [
    "import type { DashboardJson } from './dashboard-type.d.mts';",
    `const json = ${JSON.stringify(json)} as const;`,
    'export const dashboard: DashboardJson = json;',
  ];
  writeFileSync(join(folder, 'dashboard.mts'), source.join('\n'));
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  const { stdout } = spawnSync('tsc', [...options, '--skipLibCheck', '--allowImportingTsExtensions', 'dashboard.mts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout;
}
