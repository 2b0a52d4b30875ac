import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { freePort } from '../free-port.ts';
import { runBinary } from '../run-binary.ts';

const COMPOSE = new URL('../../../../dashboards/compose/', import.meta.url);
const GENERATED = fileURLToPath(new URL('../../../../dashboards/generated', import.meta.url));

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

export interface Stack {
  readonly prometheusUrl: string;
  /** What an expression is now, or over the last half minute. Throws when it can not be evaluated. */
  query(expression: string, over: 'now' | 'time'): Promise<readonly Series[]>;
  /** What `label_values(selector, label)` is in Grafana. */
  labelValues(selector: string, label: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly prometheus: string;
  readonly alertmanager: string;
  /** `host:port`, by job. */
  readonly targets: Readonly<Record<string, string>>;
  /** Where Alertmanager tells of alerts. */
  readonly webhookUrl: string;
}

/** Starts a real Prometheus and a real Alertmanager with the files of dashboards/compose, at other addresses and faster. */
export async function runStack({ prometheus, alertmanager, targets, webhookUrl }: StackOptions): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-stack-'));
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  const file = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), stringify(content));
    return join(folder, name);
  };

  const alerting = shipped('alertmanager.yml') as AlertmanagerFile;
  Object.assign(alerting.route, { group_wait: '1s', group_interval: '1s' });
  alerting.receivers[0].webhook_configs = [{ url: webhookUrl, send_resolved: true }];
  const runningAlertmanager = await runBinary(alertmanager, {
    args: [
      `--config.file=${file('alertmanager.yml', alerting)}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      '--cluster.listen-address=',
    ],
    readyUrl: `http://127.0.0.1:${alertmanagerPort}/-/ready`,
  });

  const scraping = shipped('prometheus.yml') as PrometheusFile;
  Object.assign(scraping.global, { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' });
  scraping.alerting.alertmanagers = [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }];
  scraping.scrape_configs = Object.entries(targets).map(([job, target]) => ({
    job_name: job,
    static_configs: [{ targets: [target] }],
  }));
  cpSync(GENERATED, join(folder, 'headroom'), { recursive: true });
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  const runningPrometheus = await runBinary(prometheus, {
    args: [
      `--config.file=${file('prometheus.yml', scraping)}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
      '--enable-feature=exemplar-storage',
    ],
    readyUrl: `${prometheusUrl}/-/ready`,
  });

  async function ask<Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<Data> {
    const response = await fetch(`${prometheusUrl}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const body = (await response.json()) as { readonly status: string; readonly error?: string; readonly data: Data };
    if (body.status !== 'success') throw new Error(`${parameters['query'] ?? path}: ${body.error ?? response.status}`);
    return body.data;
  }

  return {
    prometheusUrl,
    async query(query, over) {
      const end = Date.now() / 1_000;
      const { result } =
        over === 'now'
          ? await ask<{ result: readonly RawSeries[] }>('query', { query })
          : await ask<{ result: readonly RawSeries[] }>('query_range', {
              query,
              start: String(end - 30),
              end: String(end),
              step: '5',
            });
      return result.map(({ metric, value, values = [] }) => ({
        metric,
        values: (value === undefined ? values : [value]).map(([, text]) => Number(text)),
      }));
    },
    labelValues: (selector, label) => ask<readonly string[]>(`label/${label}/values`, { 'match[]': selector }),
    async stop() {
      await runningPrometheus.stop();
      await runningAlertmanager.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Sample = readonly [time: number, value: string];

interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: Sample;
  readonly values?: readonly Sample[];
}

interface PrometheusFile {
  readonly global: object;
  readonly alerting: { alertmanagers: unknown };
  scrape_configs: unknown;
}

interface AlertmanagerFile {
  readonly route: object;
  readonly receivers: readonly [{ webhook_configs: unknown }];
}

function shipped(name: string): unknown {
  return parse(readFileSync(new URL(name, COMPOSE), 'utf8'));
}
