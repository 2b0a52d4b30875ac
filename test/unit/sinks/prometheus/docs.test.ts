import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { METRICS, type MetricName } from '../../../../src/sinks/prometheus/index.ts';

const page = read('docs/prometheus.md');

test('docs/prometheus.md names every option of createPrometheusSink', () => {
  const options = /interface PrometheusSinkOptions \{[\s\S]*?^\}/m.exec(
    read('src/sinks/prometheus/prometheus-sink.ts'),
  );
  const names = [...(options?.[0] ?? '').matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});

test('docs/prometheus.md asks only for metrics and labels that exist', () => {
  const asked = [...page.matchAll(/\b((?:headroom|gen_ai)_\w+?)(?:_bucket|_count|_sum)?(?:\{(\w+)[^}]*\})?\[/g)];
  expect(asked.length).toBeGreaterThan(10);
  const metrics = asked.map(([, name = '', label]) => ({ name, label }));
  const missing = metrics.filter(({ name, label }) => {
    const labels: readonly string[] | undefined = METRICS[name as MetricName]?.labels;
    return labels === undefined || (label !== undefined && label !== 'le' && !labels.includes(label));
  });
  expect(missing).toEqual([]);
});

function read(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}
