import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { installPacked } from '../packed-package.ts';

const consumer = installPacked();
afterAll(() => consumer.remove());

const home = join(consumer.folder, 'node_modules', 'headroom-hooks');

test('the packed package brings the command, which needs none of the peers', () => {
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  expect(Object.keys(bin)).toEqual(['headroom-hooks']);
  const path = join(home, bin['headroom-hooks'] ?? '');
  expect(readFileSync(path, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, 'inspect', '-', '--json'], {
    cwd: consumer.folder,
    input: '{ "a": [1, 2, 3], "b": "a text that is long enough to be worth a look at what it could be" }',
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, decisions: [{ contentKind: 'json' }] });
});
