import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DASHBOARD_NAMES } from '../../dashboards/dashboard-json.ts';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const HERE = new URL('../../../dashboards/', import.meta.url);
const compose = yaml('docker-compose.yml') as Compose;
const services = Object.entries(compose.services).map(([name, service]) => ({ name, ...service }));

describe('docker-compose.yml', () => {
  test('has the agents, Prometheus, Alertmanager and Grafana', () => {
    expect(services.map(({ name }) => name)).toEqual(['app', 'prometheus', 'alertmanager', 'grafana']);
  });

  test.each(services.filter(({ image }) => image !== undefined))(
    'pins the image of $name by exact version',
    ({ image }) => {
      expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+$/);
    },
  );

  test.each(services)('mounts into $name what exists, and nothing that it may write to', ({ volumes = [] }) => {
    for (const volume of volumes) {
      const [source = '', , mode] = volume.split(':');
      if (source in compose.volumes) continue;
      expect([source, existsSync(new URL(source, HERE)), mode]).toEqual([source, true, 'ro']);
    }
  });

  test.each(services)('opens $name to this machine alone', ({ ports = [] }) => {
    expect(ports.filter((port) => !/^127\.0\.0\.1:(\d+):\1$/.test(port))).toEqual([]);
  });

  test.each(services)('$name waits for services that exist', ({ depends_on: others = [] }) => {
    expect(others.filter((name) => !(name in compose.services))).toEqual([]);
  });

  test('sets variables that the example reads', () => {
    const example = readFileSync(new URL('../examples/observed-agents/main.ts', HERE), 'utf8');
    const [, read = ''] = /const \{ (.+) \} = process\.env;/.exec(example) ?? [];
    const names = read.split(', ').map((part) => part.split(' ')[0]);
    const set = Object.keys(compose.services['app']?.environment ?? {});
    expect(set.filter((name) => !names.includes(name))).toEqual([]);
    expect(set).toContain('ALERTMANAGER_URL');
  });

  test('builds from a Dockerfile whose sources are sent to it', () => {
    const { context = '', dockerfile = '' } = compose.services['app']?.build ?? {};
    const root = new URL(`${context}/`, HERE);
    const lines = readFileSync(new URL(dockerfile, root), 'utf8').split('\n');
    const sent = readFileSync(new URL(`${dockerfile}.dockerignore`, root), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = lines.filter((line) => line.startsWith('COPY ')).flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.toSorted()).toEqual(sent.toSorted());
    expect(copied.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
    expect(lines.find((line) => line.startsWith('FROM '))).toMatch(/^FROM node:\d+\.\d+\.\d+-/);
    expect(lines.find((line) => line.startsWith('CMD '))).toContain('examples/observed-agents/main.ts');
  });
});

describe('the files that are mounted fit together', () => {
  const mountsOf = (name: string): ReadonlyMap<string, string> =>
    new Map(
      (compose.services[name]?.volumes ?? []).map((volume) => {
        const [source = '', target = ''] = volume.split(':');
        return [target, source];
      }),
    );

  test('Prometheus finds the agents, Alertmanager and the rules', () => {
    const config = yaml('compose/prometheus.yml') as {
      readonly global: { readonly scrape_interval: string };
      readonly rule_files: readonly string[];
      readonly scrape_configs: readonly {
        readonly static_configs: readonly { readonly targets: readonly string[] }[];
      }[];
      readonly alerting: unknown;
    };
    const { PORT } = compose.services['app']?.environment ?? {};
    expect(config.scrape_configs[0]?.static_configs[0]?.targets).toEqual([`app:${PORT}`]);
    expect(JSON.stringify(config.alerting)).toContain('alertmanager:9093');
    expect(config.rule_files).toEqual(['headroom/*-rules.yaml']);
    expect(mountsOf('prometheus').get('/etc/prometheus/headroom')).toBe('./generated');
    const { datasources } = yaml('provisioning/datasource.yaml') as {
      readonly datasources: readonly { readonly url: string; readonly jsonData: { readonly timeInterval: string } }[];
    };
    expect(datasources).toMatchObject([
      { url: 'http://prometheus:9090', jsonData: { timeInterval: config.global.scrape_interval } },
    ]);
  });

  test('Grafana finds the dashboards', () => {
    const { providers } = yaml('provisioning/dashboards.yaml') as {
      readonly providers: readonly { readonly options: { readonly path: string } }[];
    };
    const mounts = mountsOf('grafana');
    expect(mounts.get(providers[0]?.options.path ?? '')).toBe('./generated');
    const home = compose.services['grafana']?.environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'];
    expect(home).toBe(`${providers[0]?.options.path}/${DASHBOARD_NAMES[0]}.json`);
    expect([...mounts.keys()].filter((target) => target.startsWith('/etc/grafana/provisioning/'))).toHaveLength(2);
  });
});

function yaml(path: string): unknown {
  return parse(readFileSync(new URL(path, HERE), 'utf8'));
}
