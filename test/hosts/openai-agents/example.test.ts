import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('examples/openai-agents.ts runs as it is', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'example.ts'],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [run, answer] = stdout.trimEnd().split('\n');
  expect(run).toMatch(/^Shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(answer).toBe('Order 37 failed. The history of the run holds what the tool gave.');
});
