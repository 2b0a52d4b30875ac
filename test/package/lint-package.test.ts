import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { installPacked } from './packed-package.ts';

const consumer = installPacked();
afterAll(() => consumer.remove());

test('publint finds nothing in the packed package', () => {
  const { status, output } = run('publint', ['run', consumer.tarball, '--strict']);
  expect(output).toContain('All good!');
  expect(status).toBe(0);
});

test('every entry has the types that it has code for, under node16 and bundler resolution', () => {
  const { status, output } = run('attw', [
    consumer.tarball,
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--no-color',
  ]);
  expect({ status, problems: status === 0 ? '' : output }).toEqual({ status: 0, problems: '' });
});

function run(
  command: string,
  parameters: readonly string[],
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}
