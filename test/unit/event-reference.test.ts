import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/events/event.ts';

const ROOT = new URL('../../', import.meta.url);

test('docs/events.md says what the source says', () => {
  const script = fileURLToPath(new URL('scripts/generate-event-reference.mjs', ROOT));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('docs/events.md describes every type of event', () => {
  const page = readFileSync(new URL('docs/events.md', ROOT), 'utf8');
  const described = [...page.matchAll(/^## `([\w.]+)`$/gm)].map(([, type]) => type ?? '');
  expect(described.toSorted()).toEqual([...EVENT_TYPES].toSorted());
});
