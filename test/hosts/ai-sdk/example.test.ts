import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('examples/ai-sdk.ts runs as it is', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'example.ts'],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [first, answer, second, sameAnswer] = stdout.trimEnd().split('\n');
  expect(first).toMatch(/^shopkeeper: ok, \d{3,} of \d+ tokens saved\.$/);
  expect(second?.replace('clerk', 'shopkeeper')).toBe(first);
  expect([answer, sameAnswer]).toEqual(['Order 37 failed.', 'Order 37 failed.']);
});
