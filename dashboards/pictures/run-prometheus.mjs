import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/e2e/real/free-port.ts';
import { runBinary } from '../../test/e2e/real/run-binary.ts';
import { findOrInstall } from '../../test/e2e/real/system-binary.ts';

/** Starts a real Prometheus on samples of the past, in OpenMetrics with times. */
export async function runPrometheusOn(samplesFile, folder) {
  const promtool = required('promtool');
  const prometheus = required('prometheus');
  const data = join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  execFileSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', samplesFile, data], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, 'global: {}\n');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await runBinary(prometheus, {
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      // The samples may be of any time.
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    readyUrl: `${url}/-/ready`,
  });
  return { url, stop: () => running.stop() };
}

function required(name) {
  const path = findOrInstall({ names: [name], debianPackage: 'prometheus' });
  if (path === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return path;
}
