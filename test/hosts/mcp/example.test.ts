import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('examples/mcp-proxy.ts runs as it is', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'example-mcp-proxy.ts'],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [tools, call, saved, failure, retrieval, ...lines] = stdout.trimEnd().split('\n');
  expect(tools).toBe('The agent sees read_log and headroom_retrieve.');
  expect(call).toBe('read_log: ok.');
  const [, before, after] = /^(\d+) tokens before, (\d+) after \([\w-]+\)\.$/.exec(saved ?? '') ?? [];
  expect(Number(before)).toBeGreaterThan(20_000);
  expect(Number(after)).toBeLessThan(Number(before) * 0.2);
  expect(failure).toContain('request 812 failed: payment gateway timed out');
  expect(retrieval).toBe('headroom_retrieve: ok.');
  expect(lines[0]).toMatch(/^\[lines \d+ of 1000\]$/);
  expect(lines[1]).toContain('INFO request');
});
