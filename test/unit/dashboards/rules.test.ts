import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { metricOf } from '../../../dashboards/build/series.ts';
import { METRICS } from '../../../src/sinks/metrics/metrics.ts';
import { ALERT_CASES, RECORDING_CASES } from '../../dashboards/rule-cases.ts';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: Readonly<Record<'summary' | 'description' | 'runbook_url', string>>;
}

const ROOT = new URL('../../../', import.meta.url);
const alerts = rulesIn('alert-rules.yaml');
const recordings = rulesIn('recording-rules.yaml');
const runbook = readFileSync(new URL('dashboards/runbook.md', ROOT), 'utf8');
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

test('every alert has cases on both sides of its threshold, and every recording rule a value', () => {
  expect(ALERT_CASES.map(({ alert }) => alert)).toEqual(alerts.map(({ alert }) => alert));
  expect(ALERT_CASES.filter(({ within }) => Object.keys(within).length === 0)).toEqual([]);
  expect(RECORDING_CASES.map(({ record }) => record)).toEqual(recordings.map(({ record }) => record));
});

test('the runbook has a section for every alert, and none for others', () => {
  expect([...sections.keys()]).toEqual(alerts.map(({ alert }) => alert));
  for (const section of sections.values()) expect(section).toContain('**Means**: ');
});

describe.each(alerts)('$alert', ({ alert = '', annotations, labels }) => {
  test('has a severity, a summary without a value, and a description', () => {
    expect(['critical', 'warning', 'info']).toContain(labels?.severity);
    // A summary that changes with each evaluation would be another alert to some receivers.
    expect(annotations?.summary).not.toContain('$value');
    expect(annotations?.summary).toMatch(/\.$/);
    expect(annotations?.description).toMatch(/\.$/);
  });

  test('leads to its section of the runbook', () => {
    expect(annotations?.runbook_url).toMatch(new RegExp(`^https://.+/runbook\\.md#${alert.toLowerCase()}$`));
  });
});

test('series and labels of rules are those of the table, or of recording rules', () => {
  const recorded = new Set(recordings.map(({ record }) => record));
  for (const { expr } of [...alerts, ...recordings]) {
    const names = [...expr.matchAll(/\bjob[\w:]*:[\w:]+/g)].map(([name]) => name);
    expect(names.filter((name) => !recorded.has(name))).toEqual([]);
    const rest = names.reduce((text, name) => text.replaceAll(name, ''), expr);
    const series = [
      ...rest.replaceAll(/(?:by|on) \([^)]*\)/g, '').matchAll(/\b((?:gen_ai|headroom)_\w+)(?:\{([^}]*)\})?/g),
    ];
    expect(names.length + series.length).toBeGreaterThan(0);
    for (const [, name = '', matchers = ''] of series) {
      const labels: readonly string[] = METRICS[metricOf(name)].labels;
      for (const [, label = ''] of matchers.matchAll(/(\w+)[!=]/g)) expect(labels).toContain(label);
    }
  }
});

test('links of the runbook lead to sections and files that exist', () => {
  const anchors = [...sections.keys()].map((name) => name.toLowerCase());
  const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
});

function rulesIn(name: string): readonly Rule[] {
  const text = readFileSync(new URL(`dashboards/generated/${name}`, ROOT), 'utf8');
  return (parse(text) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }).groups.flatMap(
    ({ rules }) => rules,
  );
}
