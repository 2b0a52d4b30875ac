import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RUNBOOK_URL } from '../../../../dashboards/rules/rule.ts';
import { ALERT_CASES, RECORDING_CASES, type AlertCase } from '../../../dashboards/rule-cases.ts';
import { findOrInstall, PROGRAMS } from '../system-binary.ts';

const promtool = findOrInstall(PROGRAMS.promtool);
const RULES = ['recording-rules.yaml', 'alert-rules.yaml'].map((name) =>
  fileURLToPath(new URL(`../../../../dashboards/generated/${name}`, import.meta.url)),
);

describe.skipIf(promtool === undefined)('promtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-rules-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds nothing wrong with the rules', () => {
    const { status, output } = run(['check', 'rules', '--lint=all', '--lint-fatal', ...RULES]);
    expect({ status, output }).toMatchObject({ status: 0 });
    expect([...output.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count))).toEqual([
      RECORDING_CASES.length,
      ALERT_CASES.length,
    ]);
  });

  test.each(ALERT_CASES)('$alert fires just beyond its threshold', (one) => {
    const { alert, beyond, atMinute, labels, summary, description } = one;
    const annotations = { summary, description, runbook_url: `${RUNBOOK_URL}#${alert.toLowerCase()}` };
    expect(judge(beyond, alertAt(one, atMinute, [{ exp_labels: labels, exp_annotations: annotations }]))).toBe('');
  });

  test.each(
    ALERT_CASES.flatMap((one) => Object.entries(one.within).map(([what, series]) => ({ ...one, what, series }))),
  )('$alert is silent with $what', ({ series, ...one }) => {
    expect(judge(series, alertAt(one, one.atMinute, []))).toBe('');
  });

  test.each(RECORDING_CASES)('$record', ({ record, series, atMinute, labels, value }) => {
    const written = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    const samples = [{ labels: `{${written.join(', ')}}`, value }];
    const expr = `round(${record}, 1e-6)`;
    const expected = { promql_expr_test: [{ expr, eval_time: `${atMinute}m`, exp_samples: samples }] };
    expect(judge(series, expected)).toBe('');
  });

  function alertAt({ alert }: Pick<AlertCase, 'alert'>, minute: number, expected: readonly unknown[]) {
    return { alert_rule_test: [{ eval_time: `${minute}m`, alertname: alert, exp_alerts: expected }] };
  }

  /** What promtool finds wrong: nothing when the rules do with the series what is expected. */
  function judge(series: Readonly<Record<string, string>>, expected: object): string {
    const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    const file = join(folder, 'rules.test.yaml');
    writeFileSync(
      file,
      stringify({
        rule_files: RULES,
        evaluation_interval: '1m',
        tests: [{ interval: '1m', input_series: input, ...expected }],
      }),
    );
    const { status, output } = run(['test', 'rules', file]);
    return status === 0 ? '' : output;
  }
});

function run(parameters: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(promtool ?? '', parameters, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}
