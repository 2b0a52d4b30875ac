import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = read('docs/alerts.md');
const rules = read('src/sinks/alerts/rule.ts');

test('docs/alerts.md names every kind of rule, and no other', () => {
  const kinds = [...rules.matchAll(/readonly kind: '([\w-]+)'/g)].map(([, kind]) => kind ?? '');
  const table = page.slice(page.indexOf('### Kinds'), page.indexOf('`measure` is'));
  expect([...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, kind]) => kind)).toEqual(kinds);
});

test('docs/alerts.md names every option of every rule, and every option of createAlerts', () => {
  const source = rules + /interface AlertsOptions \{[\s\S]*?^\}/m.exec(read('src/sinks/alerts/create-alerts.ts'))?.[0];
  const options = new Set([...source.matchAll(/^ +readonly (\w+)\??:/gm)].map(([, name]) => name ?? ''));
  expect([...options].filter((name) => name !== 'kind' && !page.includes(`\`${name}`))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}
