import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSamples, sumOf } from '../../unit/sinks/prometheus/prometheus-text.ts';
import { freePort } from './free-port.ts';
import { runBinary, type RunningBinary } from './run-binary.ts';
import { findOrInstall, PROGRAMS } from './system-binary.ts';

const binary = findOrInstall(PROGRAMS.pushgateway);

describe.skipIf(binary === undefined)('a real Pushgateway', () => {
  let url: string;
  let gateway: RunningBinary;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    gateway = await runBinary(binary ?? '', {
      args: [`--web.listen-address=127.0.0.1:${port}`],
      readyUrl: `${url}/-/ready`,
    });
  }, 60_000);
  afterAll(() => gateway?.stop());

  // Needs the built package: `npm run build`.
  test('takes the metrics of a job, and those of its next run in their place', async () => {
    for (let round = 0; round < 2; round++) {
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--experimental-strip-types', '--no-warnings', 'examples/prometheus-pushgateway.ts'],
        {
          cwd: fileURLToPath(new URL('../../..', import.meta.url)),
          env: { ...process.env, PUSHGATEWAY_URL: url },
          encoding: 'utf8',
          timeout: 60_000,
        },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const all = parseSamples(await (await fetch(`${url}/metrics`)).text());
      const samples = all.filter(({ labels }) => labels['job'] === 'nightly-report');
      expect(sumOf(samples, 'gen_ai_client_inference_duration_seconds_count')).toBe(2);
      expect(sumOf(samples, 'headroom_compression_saved_tokens_total')).toBeGreaterThan(0);
      expect(sumOf(samples, 'headroom_cost_usd_total')).toBeCloseTo((2 * (100 + 5 * 10)) / 1e6, 12);
      expect(sumOf(samples, 'headroom_runs_active')).toBe(0);
    }
  });
});
