import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test.each([
  ['## In one call', 'src/node/start-headroom-telemetry.ts', 'HeadroomTelemetryOptions'],
  ['## With your own SDK', 'src/sinks/otel/otel-sink.ts', 'OtelSinkOptions'],
])('under %s docs/opentelemetry.md lists every option of %s, and no other', (heading, path, name) => {
  const section =
    read('docs/opentelemetry.md')
      .split(/^(?=## )/m)
      .find((part) => part.startsWith(heading)) ?? '';
  const table = /^\| option[\s\S]*?\n\n/m.exec(section)?.[0] ?? '';
  const source = new RegExp(`interface ${name} \\{[\\s\\S]*?^\\}`, 'm').exec(read(path))?.[0] ?? '';
  const options = [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, option]) => option ?? '');
  expect(options.length).toBeGreaterThan(5);
  expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, option]) => option ?? '').toSorted()).toEqual(options.toSorted());
});

test('docs/opentelemetry.md names every option of OTLP', () => {
  const source = /interface OtlpOptions \{[\s\S]*?^\}/m.exec(read('src/node/otlp-environment.ts'))?.[0] ?? '';
  const options = [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, option]) => option ?? '');
  expect(options.filter((option) => !read('docs/opentelemetry.md').includes(`\`${option}\``))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}
