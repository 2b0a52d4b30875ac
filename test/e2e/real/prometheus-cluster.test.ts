import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parseSamples, sumOf } from '../../unit/sinks/prometheus/prometheus-text.ts';

// Needs the built package: `npm run build`.
const primary = spawn(
  process.execPath,
  ['--experimental-strip-types', '--no-warnings', 'examples/prometheus-cluster.ts'],
  { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] },
);
afterAll(() => void primary.kill('SIGKILL'));

test('two real workers are one scrape: what counts adds up, what is a level does not', async () => {
  const [url] = (await once(createInterface(primary.stdout), 'line')) as [string];
  const response = await fetch(url);
  expect(response.status).toBe(200);
  const samples = parseSamples(await response.text());
  const counted = (name: string, labels = {}) => sumOf(samples, name, labels);
  expect(counted('gen_ai_client_inference_duration_seconds_count')).toBe(2);
  expect(counted('gen_ai_client_inference_usage_input_tokens_total')).toBe(200);
  expect(counted('gen_ai_invoke_agent_duration_seconds_count', { gen_ai_agent_name: 'greeter' })).toBe(2);
  expect(counted('headroom_runs_active')).toBe(2);
  expect(counted('headroom_build_info')).toBe(1);
  const exited = once(primary, 'exit');
  primary.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
});
