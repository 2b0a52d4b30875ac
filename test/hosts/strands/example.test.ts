import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('examples/strands.ts runs as it is, and finds the Strands that is installed beside it', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // The package is linked here, and would else look for Strands where it really is.
    ['--experimental-strip-types', '--no-warnings', '--preserve-symlinks', 'example.ts'],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [run, answer] = stdout.trimEnd().split('\n');
  expect(run).toMatch(/^shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(answer).toBe('Order 37 failed.');
});
