import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSamples, sumOf } from '../unit/sinks/prometheus/prometheus-text.ts';

const pushes: { readonly method: string | undefined; readonly path: string | undefined; readonly body: string }[] = [];
const gateway = createServer((request, response) => {
  void text(request).then((body) => {
    pushes.push({ method: request.method, path: request.url, body });
    response.end();
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterAll(() => void gateway.close());

async function runJob(gatewayUrl: string) {
  const job = spawn(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'examples/prometheus-pushgateway.ts'],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, PUSHGATEWAY_URL: gatewayUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [stdout, stderr, [status]] = await Promise.all([text(job.stdout), text(job.stderr), once(job, 'exit')]);
  return { stdout, stderr, status: status as unknown };
}

test('a job that ends pushes its metrics as one group', async () => {
  expect(await runJob(url)).toEqual({ stdout: 'Order 37 failed.\nPushed.\n', stderr: '', status: 0 });
  expect(pushes).toMatchObject([{ method: 'PUT', path: '/metrics/job/nightly-report' }]);
  const samples = parseSamples(pushes[0]?.body ?? '');
  expect(sumOf(samples, 'gen_ai_client_inference_duration_seconds_count')).toBe(2);
  expect(
    sumOf(samples, 'headroom_tool_results_saved_tokens_total', { gen_ai_tool_name: 'list_orders' }),
  ).toBeGreaterThan(0);
  expect(sumOf(samples, 'headroom_runs_active')).toBe(0);
});

test('a job whose gateway is down has done its work all the same', async () => {
  const { stdout, stderr, status } = await runJob('http://127.0.0.1:9');
  expect({ stdout, status }).toEqual({ stdout: 'Order 37 failed.\n', status: 0 });
  expect(stderr).toContain('The metrics were not pushed');
});
