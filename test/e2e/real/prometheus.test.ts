import { spawnSync } from 'node:child_process';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context, trace, TraceFlags } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMetricsServer, type MetricsServer } from '../../../examples/demo/metrics-server.ts';
import { EventBus } from '../../../src/events/bus.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { activeSpan } from '../../../src/sinks/otel/index.ts';
import { createPrometheusSink, METRIC_NAMES, METRICS } from '../../../src/sinks/prometheus/index.ts';
import { createAgentTeam, TEAM_PRICES } from '../../hosts/agent-team.ts';
import { parseSamples, sumOf } from '../../unit/sinks/prometheus/prometheus-text.ts';
import { say, sayAll } from '../../unit/sinks/scripted-events.ts';
import { runPrometheus, type RunningPrometheus } from './run-prometheus.ts';
import { findOrInstall, PROGRAMS } from './system-binary.ts';
import { until } from './until.ts';

const promtool = findOrInstall(PROGRAMS.promtool);
const prometheusBinary = findOrInstall(PROGRAMS.prometheus);

describe.skipIf(promtool === undefined)('promtool', () => {
  test.each([
    ['one of every event', sayAll],
    ['nothing yet', () => {}],
    [
      'names that are hostile',
      (events: EventBus) => {
        for (const name of ['a"b', 'a\nb', 'a\\b', 'lone \ud800', '}', '__proto__', '']) {
          say(events, 'model.end', { model: name, agent: name, provider: name });
          say(events, 'tool.end', { toolName: name });
        }
      },
    ],
  ])('finds nothing wrong with the whole output: %s', async (_, tell) => {
    const events = new EventBus();
    const sink = createPrometheusSink();
    sink.attach(events);
    tell(events);
    const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', 'metrics', '--extended'], {
      input: await sink.metrics(),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('headroom_build_info');
  });
});

describe.skipIf(prometheusBinary === undefined)('a real Prometheus', () => {
  const hooksSink = createPrometheusSink();
  const hooks = createHeadroomHooks({ sinks: [hooksSink], prices: TEAM_PRICES });
  const exemplified = createPrometheusSink({ exemplarOf: activeSpan });
  const servers: MetricsServer[] = [];
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    servers.push(await startMetricsServer(hooksSink), await startMetricsServer(exemplified));
    prometheus = await runPrometheus(
      prometheusBinary ?? '',
      servers.map(({ url }) => new URL(url).host),
    );
  }, 60_000);
  afterAll(async () => {
    await prometheus?.stop();
    for (const server of servers) await server.close();
    context.disable();
  });

  test('scrapes a run of a team of agents, and answers with its numbers', async () => {
    const target = new URL(servers[0]?.url ?? '').host;
    const up = async (): Promise<boolean> => (await prometheus.query(`up{instance="${target}"}`))[0]?.value[1] === '1';
    // What is zero from the start has to be seen before it moves.
    await until(up);
    const team = createAgentTeam(hooks);
    await team.manager.generate({ prompt: 'What went wrong?' });
    const samples = parseSamples(await hooksSink.metrics());
    const value = async (expression: string): Promise<number> =>
      Number((await prometheus.query(expression))[0]?.value[1] ?? Number.NaN);
    const of = `{instance="${target}"}`;
    await until(async () => (await value(`sum(gen_ai_client_inference_duration_seconds_count${of})`)) === 6);
    for (const name of METRIC_NAMES) {
      const series = METRICS[name].kind === 'histogram' ? `${name}_sum` : name;
      if (!samples.some((sample) => sample.name === series)) continue;
      expect([series, round(await value(`sum(${series}${of})`))]).toEqual([series, round(sumOf(samples, series))]);
    }
    const billed = team.bill.reduce((sum, { usage }) => sum + usage.inputTokens, 0);
    expect(await value(`sum(gen_ai_client_inference_usage_input_tokens_total${of})`)).toBe(billed);
    const saved = await prometheus.query(`sum by (gen_ai_tool_name) (headroom_tool_results_saved_tokens_total${of})`);
    const tools = new Set(saved.map(({ metric }) => metric['gen_ai_tool_name']));
    expect(tools).toEqual(new Set(['ask_researcher', 'read_log', 'search']));
    expect(
      await value(
        `sum(headroom_compression_input_tokens_total${of}) - sum(headroom_compression_output_tokens_total${of})` +
          ` - sum(headroom_compression_saved_tokens_total${of})`,
      ),
    ).toBe(0);
    expect(
      await value(`histogram_quantile(0.5, sum by (le) (headroom_compression_savings_ratio_bucket${of}))`),
    ).toBeGreaterThan(0);
  });

  test('finds the trace of a sample by its exemplar', async () => {
    const events = new EventBus();
    exemplified.attach(events);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const span = trace.wrapSpanContext({ traceId, spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED });
    context.with(trace.setSpan(context.active(), span), () => say(events, 'model.end'));
    const query = 'gen_ai_client_inference_duration_seconds_bucket';
    const exemplars = async (): Promise<readonly { labels: Record<string, string>; value: string }[]> => {
      const [end, start] = [Date.now() / 1000 + 60, Date.now() / 1000 - 600];
      const url = `${prometheus.url}/api/v1/query_exemplars?query=${query}&start=${start}&end=${end}`;
      const { data } = (await (await fetch(url)).json()) as {
        data: { exemplars: { labels: Record<string, string>; value: string }[] }[];
      };
      return data.flatMap((series) => series.exemplars);
    };
    await until(async () => (await exemplars()).length > 0);
    expect(await exemplars()).toMatchObject([
      { labels: { trace_id: traceId, span_id: 'b7ad6b7169203331' }, value: '1.5' },
    ]);
  });
});

/** Sums are taken in another order there. */
function round(value: number): number {
  return Number(value.toPrecision(9));
}
