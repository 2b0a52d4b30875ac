import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/e2e/real/free-port.ts';
import { runBinary } from '../../test/e2e/real/run-binary.ts';
import { findOrInstall } from '../../test/e2e/real/system-binary.ts';

/**
 * Starts a real Prometheus on samples of the past, in OpenMetrics with times, and on what its rules would have made of them
 * in that range: recorded series, and `ALERTS`.
 */
export async function runPrometheusOn(samplesFile, { folder, ruleFiles, range, scrapeMs }) {
  const promtool = required('promtool');
  const prometheus = required('prometheus');
  const data = join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const createBlocks = (kind, ...rest) =>
    execFileSync(promtool, ['tsdb', 'create-blocks-from', kind, ...rest], { stdio: ['ignore', 'ignore', 'pipe'] });
  const start = () => startPrometheus(prometheus, { folder, data, ruleFiles });

  createBlocks('openmetrics', '--quiet', samplesFile, data);
  let running = await start();
  const rules = (await get(`${running.url}/api/v1/rules`)).groups.flatMap((group) => group.rules);
  const ofType = (type) => rules.filter((rule) => rule.type === type);
  // Alerts go by what is recorded, and new blocks are read at the start.
  for (const records of [ofType('recording').map(asItIs), ofType('alerting').map((rule) => asRecord(rule, scrapeMs))]) {
    if (records.length === 0) continue;
    const file = join(folder, 'records.yml');
    // JSON is YAML too.
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'records', rules: records }] }));
    const [from, to] = [range.from, range.to].map((ms) => String(Math.floor(ms / 1000)));
    const times = [`--start=${from}`, `--end=${to}`, `--eval-interval=${scrapeMs / 1000}s`];
    createBlocks('rules', `--url=${running.url}`, ...times, `--output-dir=${data}`, file);
    await running.stop();
    running = await start();
  }
  return running;
}

function asItIs({ name, query, labels }) {
  return { record: name, expr: query, labels };
}

/** `ALERTS` where the expression held at each evaluation for as long as the rule says. `keep_firing_for` is left out. */
function asRecord({ name, query, duration, labels }, scrapeMs) {
  const times = Math.round((duration * 1000) / scrapeMs);
  const held = times < 2 ? `(${query})` : `(count_over_time((${query})[${duration}s:${scrapeMs / 1000}s]) >= ${times})`;
  return { record: 'ALERTS', expr: `${held} * 0 + 1`, labels: { ...labels, alertname: name, alertstate: 'firing' } };
}

async function startPrometheus(binary, { folder, data, ruleFiles }) {
  const config = join(folder, 'prometheus.yml');
  // Rules of now see nothing of the past: they are here to be read and checked.
  writeFileSync(config, JSON.stringify({ global: { evaluation_interval: '1h' }, rule_files: ruleFiles }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await runBinary(binary, {
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

async function get(url) {
  return (await (await fetch(url)).json()).data;
}

function required(name) {
  const path = findOrInstall({ names: [name], debianPackage: 'prometheus' });
  if (path === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return path;
}
