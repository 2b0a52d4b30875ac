import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/events/event.ts';
import { METRIC_NAMES } from '../../src/sinks/metrics/metrics.ts';
import { instrumentOf } from '../../src/sinks/otel/metric-names.ts';
import { SPAN_ATTRIBUTES } from '../../src/sinks/otel/span-reference.ts';

/** Node 22.18 and newer do it by themselves. */
const TYPES_STRIPPED = ['--experimental-strip-types', '--no-warnings'];
const ROOT = new URL('../../', import.meta.url);

test.each([
  'generate-event-reference',
  'generate-metrics-reference',
  'generate-span-reference',
  'generate-compatibility',
  'generate-providers',
])('what %s writes is what the source says', (name) => {
  const script = fileURLToPath(new URL(`scripts/${name}.mjs`, ROOT));
  const { status, stderr } = spawnSync(process.execPath, [...TYPES_STRIPPED, script, '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('docs/events.md describes every type of event', () => {
  expect(names(/^## `([\w.]+)`$/gm, 'docs/events.md')).toEqual([...EVENT_TYPES].toSorted());
});

test('docs/metrics.md lists every metric', () => {
  expect(names(/^\| `(\w+)`/gm, 'docs/metrics.md')).toEqual([...METRIC_NAMES].toSorted());
});

test('docs/spans.md lists every attribute of spans, and the instrument of every metric', () => {
  const attributes = [...Object.keys(SPAN_ATTRIBUTES), ...METRIC_NAMES.map((name) => instrumentOf(name).name)];
  const listed = names(/^\| `([\w.]+)` /gm, 'docs/spans.md');
  expect(attributes.filter((name) => !listed.includes(name))).toEqual([]);
});

function names(pattern: RegExp, path: string): readonly string[] {
  const page = readFileSync(new URL(path, ROOT), 'utf8');
  return [...page.matchAll(pattern)].map(([, name]) => name ?? '').toSorted();
}
