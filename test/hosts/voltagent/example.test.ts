import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('examples/voltagent.ts runs as it is', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'example.ts'],
    {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 60_000,
      // Outside of production VoltAgent asks models.dev for names of models.
      env: { ...process.env, NODE_ENV: 'production', VOLTAGENT_LOG_LEVEL: 'fatal' },
    },
  );
  // ai 6 warns of how VoltAgent gives it the instructions.
  const complaints = stderr
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('AI SDK Warning: System messages'));
  expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
  expect(stdout.trimEnd().split('\n')).toEqual([
    'list_orders is called.',
    expect.stringMatching(/^shopkeeper: ok, \d+ of \d+ tokens saved\.$/),
    'Order 37 failed.',
  ]);
});
