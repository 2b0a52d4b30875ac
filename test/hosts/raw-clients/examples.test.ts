import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it.each([
  ['openai-client.ts', 'Request 812 failed: the payment gateway timed out.', 3],
  ['anthropic-client.ts', 'Order 37 failed.', 2],
])('examples/%s runs as it is', (name, expected, calls) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', `example-${name}`],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [run, answer, saved] = stdout.trimEnd().split('\n');
  expect(run).toBe(`ok after ${calls} model calls.`);
  expect(answer).toBe(expected);
  expect(saved).toMatch(/^\d{4,} of \d{4,} tokens saved \(\d{2} %\)\.$/);
});
