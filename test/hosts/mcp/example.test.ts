import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it('examples/mcp-proxy.ts runs as it is', () => {
  const [tools, call, saved, failure, retrieval, ...lines] = runExample(import.meta.dirname, 'example-mcp-proxy.ts');
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
