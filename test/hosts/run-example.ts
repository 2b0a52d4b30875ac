import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/** Runs an example that was copied beside the framework that it imports; returns the lines that it printed. */
export function runExample(folder: string, file = 'example.ts'): readonly string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', file],
    { cwd: folder, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}
