import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DASHBOARDS } from '../../../dashboards/dashboard-json.ts';
import { findOrInstall, PROGRAMS } from '../system-binary.ts';

const promtool = findOrInstall(PROGRAMS.promtool);
const amtool = findOrInstall(PROGRAMS.amtool);
const jsonnet = findOrInstall(PROGRAMS.jsonnet);

const SOURCE = fileURLToPath(new URL('../../../../dashboards', import.meta.url));
/** As the containers have them. */
const folder = mkdtempSync(join(tmpdir(), 'headroom-configurations-'));
beforeAll(() => {
  cpSync(join(SOURCE, 'compose'), folder, { recursive: true });
  cpSync(join(SOURCE, 'generated'), join(folder, 'headroom'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(promtool === undefined)('promtool', () => {
  test('finds nothing wrong with prometheus.yml, and finds its rules', () => {
    const { status, output } = run(promtool, ['check', 'config', join(folder, 'prometheus.yml')]);
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('SUCCESS: 2 rule files found');
  });
});

describe.skipIf(amtool === undefined)('amtool', () => {
  const config = join(folder, 'alertmanager.yml');

  test('finds nothing wrong with alertmanager.yml', () => {
    expect(run(amtool, ['check-config', config])).toMatchObject({ status: 0 });
  });

  test.each([
    ['critical', 'operators'],
    ['warning', 'operators'],
    ['info', 'nobody'],
  ])('tells that what is %s goes to %s', (severity, receiver) => {
    const { output } = run(amtool, ['config', 'routes', 'test', `--config.file=${config}`, `severity=${severity}`]);
    expect(output.split('\n')[0]).toBe(receiver);
  });
});

describe.skipIf(jsonnet === undefined)('jsonnet', () => {
  const evaluate = (expression: string): unknown => {
    const { status, output } = run(jsonnet, ['--jpath', SOURCE, '--exec', expression]);
    if (status !== 0) throw new Error(output);
    return JSON.parse(output);
  };
  const alerts = parse(readFileSync(join(SOURCE, 'generated/alert-rules.yaml'), 'utf8')) as unknown;
  const recordings = parse(readFileSync(join(SOURCE, 'generated/recording-rules.yaml'), 'utf8')) as unknown;

  test('makes of the mixin what was generated', () => {
    const fields = ['grafanaDashboards', 'prometheusAlerts', 'prometheusRules'];
    const shown = fields.map((name) => `${name}: mixin.${name}`);
    const mixin = evaluate(`local mixin = import 'mixin.libsonnet'; { ${shown.join(', ')} }`) as Readonly<
      Record<string, unknown>
    >;
    expect(mixin['grafanaDashboards']).toEqual(
      Object.fromEntries(DASHBOARDS.map(({ name, json }) => [`headroom-${name}.json`, json])),
    );
    expect(mixin['prometheusAlerts']).toEqual(alerts);
    expect(mixin['prometheusRules']).toEqual(recordings);
  });

  test('puts another runbook into its alerts', () => {
    const url = 'https://wiki.example.com/headroom';
    const changed = evaluate(`((import 'mixin.libsonnet') { _config+:: { runbookUrl: '${url}' } }).prometheusAlerts`);
    const expected = JSON.stringify(alerts).replaceAll(/https:[^"#]+#/g, `${url}#`);
    expect(JSON.stringify(sorted(changed))).toBe(JSON.stringify(sorted(JSON.parse(expected))));
  });
});

/** With the fields of objects in the order of their names, in which Jsonnet writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => [name, sorted(one)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function run(command: string | undefined, parameters: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command ?? '', parameters, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}
