import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, test } from 'vitest';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { startHeadroomTelemetry, type HeadroomTelemetry, type HeadroomTelemetryOptions } from '../../../src/node.ts';
import { METRIC_NAMES } from '../../../src/sinks/metrics/metrics.ts';
import { openOtlpReceiver, type OtlpReceiver } from '../../otlp/otlp-receiver.ts';
import { sayAll } from '../sinks/scripted-events.ts';

let telemetry: HeadroomTelemetry | undefined;
let receiver: OtlpReceiver | undefined;

afterEach(async () => {
  await telemetry?.stop();
  await receiver?.close();
  telemetry = undefined;
  receiver = undefined;
  trace.disable();
  metrics.disable();
});

async function start(options: HeadroomTelemetryOptions): Promise<HeadroomTelemetry> {
  telemetry = await startHeadroomTelemetry(options);
  return telemetry;
}

/** A run with all events, through hooks that have the sinks. */
function runOnce({ sinks }: HeadroomTelemetry) {
  const hooks = createHeadroomHooks({ sinks });
  sayAll(hooks.events);
  return hooks;
}

function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe.each(['http/protobuf', 'http/json'] as const)('over %s', (protocol) => {
  test('spans and metrics arrive with their parents, attributes, units and boundaries', async () => {
    receiver = await openOtlpReceiver();
    const { endpoint, spans, metrics: received, requests } = receiver;
    const otlp = { endpoint, protocol, headers: { 'x-key': 'a b,c' } };
    const { stop, ...started } = await start({ serviceName: 'checkout', otlp });
    runOnce({ ...started, stop });
    await stop();

    const encoding = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf';
    expect(new Set(requests.map(({ path, contentType }) => `${path} ${contentType}`))).toEqual(
      new Set([`/v1/traces ${encoding}`, `/v1/metrics ${encoding}`]),
    );
    expect(requests[0]?.headers).toMatchObject({ 'x-key': 'a b,c' });
    const span = (name: string) => spans.find((candidate) => candidate.name === name);
    const agent = span('invoke_agent support');
    expect(spans.map(({ name, kind, parentSpanId }) => [name, kind, parentSpanId === agent?.spanId])).toEqual([
      ['headroom.compress', 1, true],
      ['chat gpt-5', 3, true],
      ['execute_tool search', 1, true],
      ['invoke_agent support', 1, false],
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(span('chat gpt-5')).toMatchObject({
      service: 'checkout',
      scope: 'headroom-hooks',
      statusCode: 0,
      linkedSpanIds: [span('headroom.compress')?.spanId],
      attributes: {
        'gen_ai.usage.input_tokens': 1_200,
        'gen_ai.conversation.compacted': true,
        'gen_ai.response.finish_reasons': ['stop'],
        'headroom.compression.savings_ratio': 0.6,
      },
    });
    expect(received.find(({ name }) => name === 'gen_ai.client.inference.duration')).toMatchObject({
      service: 'checkout',
      scope: 'headroom-hooks',
      unit: 's',
      kind: 'histogram',
      points: [
        {
          count: 1,
          value: 1.5,
          bounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
        },
      ],
    });
    const saved = received.find(({ name }) => name === 'headroom.compression.saved_tokens');
    expect(saved).toMatchObject({ unit: '{token}', kind: 'sum', isMonotonic: true });
    expect(saved?.points.reduce((sum, { value }) => sum + value, 0)).toBe(600);
  });

  test('what the receiver has no room for at first arrives later', async () => {
    receiver = await openOtlpReceiver({ refuse: 2 });
    const { endpoint, spans, metrics: received, requests } = receiver;
    const { stop, ...started } = await start({ otlp: { endpoint, protocol } });
    runOnce({ ...started, stop });
    await stop();
    expect(requests.length).toBeGreaterThanOrEqual(4);
    expect(spans).toHaveLength(4);
    expect(received.map(({ name }) => name)).toContain('headroom.build_info');
  });
});

describe('flush', () => {
  test('of the hooks reaches the receiver', async () => {
    receiver = await openOtlpReceiver();
    const hooks = runOnce(await start({ otlp: { endpoint: receiver.endpoint } }));
    await hooks.flush();
    expect(receiver.spans).toHaveLength(4);
    expect(receiver.metrics.map(({ name }) => name)).toContain('headroom.compression.saved_tokens');
  });
});

describe('a receiver that is down', () => {
  test('makes neither flush nor stop reject or wait for longer than asked, and telemetry starts again after', async () => {
    const rejections: unknown[] = [];
    const listener = (reason: unknown) => void rejections.push(reason);
    process.on('unhandledRejection', listener);
    const down = await freePort();
    const first = await start({ otlp: { endpoint: `http://127.0.0.1:${down}` }, stopTimeoutMs: 200 });
    runOnce(first);
    const before = performance.now();
    await first.flush();
    await first.stop();
    await first.stop();
    expect(performance.now() - before).toBeLessThan(2_000);

    receiver = await openOtlpReceiver();
    runOnce(await start({ otlp: { endpoint: receiver.endpoint } }));
    await telemetry?.stop();
    expect(receiver.spans).toHaveLength(4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', listener);
    expect(rejections).toEqual([]);
  });
});

describe('the server for Prometheus', () => {
  test('answers GET /metrics on this machine alone, and nothing else, until it is stopped', async () => {
    const started = await start({ otlp: false, prometheusPort: 0 });
    runOnce(started);
    const url = started.metricsUrl ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const answer = await fetch(url);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of METRIC_NAMES) expect(text).toContain(`# TYPE ${name} `);
    expect((await fetch(`${url}?name=x`)).status).toBe(200);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    const posted = await fetch(url, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    await started.stop();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('stands beside OTLP, and both count the same', async () => {
    receiver = await openOtlpReceiver();
    const started = await start({ otlp: { endpoint: receiver.endpoint }, prometheusPort: 0 });
    expect(started.sinks.map(({ name }) => name)).toEqual(['prometheus', 'otel']);
    runOnce(started);
    const text = await (await fetch(started.metricsUrl ?? '')).text();
    await started.stop();
    const scraped = [...text.matchAll(/^headroom_compression_saved_tokens_total\{[^}]*\} (\d+)$/gm)];
    const sent = receiver.metrics.find(({ name }) => name === 'headroom.compression.saved_tokens');
    expect(scraped.reduce((sum, [, value]) => sum + Number(value), 0)).toBe(600);
    expect(sent?.points.reduce((sum, { value }) => sum + value, 0)).toBe(600);
  });

  test('that can not have its port says so, and leaves nothing started', async () => {
    const taken = await listening();
    const { port } = taken.address() as AddressInfo;
    try {
      const error = await errorOf(startHeadroomTelemetry({ prometheusPort: port }));
      expect(HeadroomError.is(error) && [error.code, error.message]).toEqual([
        'port-unavailable',
        `Port ${port} of 127.0.0.1 is taken: give startHeadroomTelemetry another prometheusPort, or 0 for any that is free.`,
      ]);
      expect(registered()).toEqual([]);
    } finally {
      taken.close();
    }
    await start({ otlp: false, prometheusPort: 0 });
  });
});

describe('a start', () => {
  test('that comes second is refused until the first is stopped', async () => {
    const first = await start({ otlp: false, prometheusPort: 0 });
    const error = await errorOf(startHeadroomTelemetry({ otlp: false, prometheusPort: 0 }));
    expect(HeadroomError.is(error) && [error.code, error.message]).toEqual([
      'already-started',
      'startHeadroomTelemetry was called already: call stop() before.',
    ]);
    await first.stop();
    await start({ otlp: false, prometheusPort: 0 });
  });

  test('beside an SDK of the application is refused, which keeps its providers, and gives the port back', async () => {
    const provider = new TracerProvider({ spanProcessors: [] });
    trace.setGlobalTracerProvider(provider);
    const port = await freePort();
    const error = await errorOf(startHeadroomTelemetry({ prometheusPort: port }));
    expect(HeadroomError.is(error) && error.code).toBe('already-started');
    expect(String(error)).toContain('createOtelSink()');
    expect(registered()).toContain('trace');
    await start({ otlp: false, prometheusPort: port });
  });

  test('leaves the variables of the process as they were', async () => {
    const before = { ...process.env };
    receiver = await openOtlpReceiver();
    const { endpoint } = receiver;
    await start({ otlp: { endpoint, protocol: 'http/json', headers: { a: 'b' }, metricIntervalMs: 1_000 } });
    expect(process.env).toEqual(before);
  });

  test('sends where the variables of OpenTelemetry say, and where its own options say rather', async () => {
    receiver = await openOtlpReceiver();
    const { endpoint, requests } = receiver;
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
    process.env['OTEL_EXPORTER_OTLP_PROTOCOL'] = 'http/json';
    process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] = `${endpoint}/elsewhere`;
    try {
      runOnce(await start({}));
      await telemetry?.stop();
      expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/elsewhere', '/v1/metrics']));
      expect(new Set(requests.map(({ contentType }) => contentType))).toEqual(new Set(['application/json']));
      runOnce(await start({ otlp: { endpoint: `${endpoint}/own`, protocol: 'http/protobuf' } }));
      await telemetry?.stop();
      expect(new Set(requests.slice(2).map(({ path, contentType }) => `${path} ${contentType}`))).toEqual(
        new Set(['/own/v1/traces application/x-protobuf', '/own/v1/metrics application/x-protobuf']),
      );
    } finally {
      for (const name of ['ENDPOINT', 'PROTOCOL', 'TRACES_ENDPOINT']) delete process.env[`OTEL_EXPORTER_OTLP_${name}`];
    }
  });

  test('sends metrics as often as it is asked to', async () => {
    receiver = await openOtlpReceiver();
    runOnce(await start({ otlp: { endpoint: receiver.endpoint, metricIntervalMs: 50 } }));
    await expect
      .poll(() => receiver?.metrics.filter(({ name }) => name === 'headroom.build_info').length, { timeout: 5_000 })
      .toBeGreaterThan(1);
  });

  test.each([
    [{ otlp: false }, 'nothing to start'],
    [{ otlp: { endpoint: 'collector:4318' } }, '"endpoint" of otlp'],
    [{ otlp: { protocol: 'grpc' } }, '"protocol" of otlp'],
    [{ prometheusPort: -1 }, '"prometheusPort"'],
    [{ prometheusPort: 0, prometheusHost: '203.0.113.7' }, 'another prometheusHost'],
    [{ serviceName: '' }, '"serviceName"'],
    [{ otel: { spans: 'all' } }, '"spans"'],
    [{ otel: [] }, '"otel"'],
    [{ prometheus: { maxLabelValues: 0 }, prometheusPort: 0 }, '"maxLabelValues"'],
    [{ port: 9464 }, '"port"'],
  ])('with wrong options is refused and starts nothing: %o', async (options, message) => {
    const error = await errorOf(startHeadroomTelemetry(options as HeadroomTelemetryOptions));
    expect(HeadroomError.is(error) && error.message).toContain(message);
    expect(registered()).toEqual([]);
  });
});

/** What is registered with the API. */
function registered(): readonly string[] {
  const registry = (globalThis as Record<symbol, unknown>)[Symbol.for('opentelemetry.js.api.1')] ?? {};
  return Object.keys(registry).filter((name) => name === 'trace' || name === 'metrics');
}

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = await listening();
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
