import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { runBinary } from './run-binary.ts';

export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface RunningPrometheus {
  readonly url: string;
  /** The samples of an instant query. */
  query(expression: string): Promise<readonly QueryResult[]>;
  stop(): Promise<void>;
}

/** Starts a real Prometheus that scrapes `targets` (`host:port`) every second. */
export async function runPrometheus(binary: string, targets: readonly string[]): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-prometheus-'));
  const config = join(folder, 'prometheus.yml');
  const jobs = targets.map((target) => `  - targets: ['${target}']`);
  writeFileSync(
    config,
    [
      'global: { scrape_interval: 1s, scrape_timeout: 1s }',
      'scrape_configs:',
      '- job_name: agents',
      '  static_configs:',
      ...jobs,
      '',
    ].join('\n'),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await runBinary(binary, {
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ],
    readyUrl: `${url}/-/ready`,
  });
  return {
    url,
    async query(expression) {
      const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const body = (await response.json()) as { status: string; error?: string; data: { result: QueryResult[] } };
      if (body.status !== 'success') throw new Error(`${expression}: ${body.error ?? 'no result'}`);
      return body.data.result;
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
