import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { runBinary } from './run-binary.ts';

export interface RunningAlertmanager {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real Alertmanager that posts what it is told to `webhookUrl`, in groups by name, after a second. */
export async function runAlertmanager(binary: string, webhookUrl: string): Promise<RunningAlertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-alertmanager-'));
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(
    config,
    [
      'route: { receiver: hook, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 1h }',
      'receivers:',
      '- name: hook',
      `  webhook_configs: [{ url: '${webhookUrl}', send_resolved: true }]`,
    ].join('\n'),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await runBinary(binary, {
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    readyUrl: `${url}/-/ready`,
  });
  return {
    url,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
