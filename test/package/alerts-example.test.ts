import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the example of alerts runs as it is: it tells of a loop, and a budget stops the agent', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'examples/alerts.ts'],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(0, -1).toSorted()).toEqual(
    [
      'The call was not made: budget-spent is at 1000 of 1000 tokens in this budget.',
      'alert.firing agent-in-circles: 3 of 3 repeats',
      'alert.firing budget-most: 1000 of 800 tokens',
      'alert.firing budget-spent: 1000 of 1000 tokens',
      'alert.resolved agent-in-circles: 4 of 3 repeats',
      'pager, firing: 1000 tokens in this budget, threshold 800.',
      'pager, firing: The same tool call 3 times in this run.',
      'pager, firing: The tokens of today are spent: agents stop until midnight UTC.',
      'pager, resolved: The same tool call 3 times in this run.',
    ].toSorted(),
  );
  expect(lines.at(-1)).toMatch(/^2 alerts of the budget stay on, saved in \d+ characters\.$/);
});
