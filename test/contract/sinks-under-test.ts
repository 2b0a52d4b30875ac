import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { HeadroomEvents, Unsubscribe } from '../../src/events/bus.ts';
import type { AlertFiring, AlertResolved } from '../../src/events/event.ts';
import type { Sink } from '../../src/events/sink.ts';
import {
  createAlertmanagerDestination,
  createAlerts,
  createSlackDestination,
  createTokenAlerts,
  createWebhookDestination,
  type AlertRule,
} from '../../src/sinks/alerts/index.ts';
import { createConsoleSink } from '../../src/sinks/console-sink.ts';
import { createOtelSink } from '../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { fixedClock } from '../../src/testing.ts';
import { metered } from '../unit/sinks/otel/metered.ts';

export interface SinkUnderTest {
  readonly sink: Sink;
  /** Everything that the sink has told the outside so far, without ids that it made up. */
  readonly output: () => Promise<string>;
  /** Throws away what was told so far. */
  readonly forget: () => void;
}

/** The sinks of this package, each as a user would make it. */
export const SINKS = {
  console() {
    const lines: string[] = [];
    const sink = createConsoleSink({ level: 'debug', write: (line) => lines.push(line) });
    return { sink, output: async () => lines.join('\n'), forget: () => void lines.splice(0) };
  },
  prometheus() {
    const sink = createPrometheusSink();
    return { sink, output: () => sink.metrics(), forget: () => {} };
  },
  otel() {
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const told = () =>
      exporter
        .getFinishedSpans()
        .map(({ name, kind, status, attributes, events }) => ({ name, kind, status, attributes, events }));
    return {
      sink: createOtelSink({ tracerProvider }),
      output: async () => JSON.stringify(told()),
      forget: () => exporter.reset(),
    };
  },
  'otel-metrics'() {
    const { meterProvider, collect } = metered();
    return {
      sink: createOtelSink({ meterProvider, spans: 'off' }),
      output: async () => JSON.stringify([...(await collect())]),
      forget: () => {},
    };
  },
  'token-alerts'() {
    const sink = createTokenAlerts({ tokenAlertThreshold: 0.5, clock: fixedClock() });
    return hearing(sink, ({ threshold }) => threshold === 0.5);
  },
  alerts() {
    const clock = fixedClock();
    const sink = createAlerts({ rules: RULES, clock, maxInstances: 100 });
    return hearing(sink, ({ rule }) => RULES.some(({ name }) => name === rule));
  },
  'alert-destinations'() {
    const sent: unknown[] = [];
    const fetch = async (_url: unknown, request?: RequestInit): Promise<Response> => {
      sent.push(JSON.parse(request?.body as string));
      return new Response('ok');
    };
    const clock = fixedClock();
    const url = 'https://example.com';
    const sink = createAlerts({
      rules: RULES.filter(({ kind }) => kind === 'run' || kind === 'window'),
      clock,
      maxInstances: 100,
      destinations: [
        createAlertmanagerDestination({ url, fetch, leastOpenMs: 0 }),
        createWebhookDestination({ url, fetch }),
        createSlackDestination({ url, fetch }),
      ],
    });
    // Slack waits a second between two messages, and the clock stands still.
    const passing = async (delivered: Promise<void>): Promise<void> => {
      const state = { isOver: false };
      void delivered.finally(() => (state.isOver = true));
      while (!state.isOver) {
        for (let round = 0; round < 30; round++) await Promise.resolve();
        if (!state.isOver) clock.advance(100);
      }
    };
    return {
      sink: { ...sink, flush: () => passing(sink.flush(60_000)), close: () => passing(sink.close(60_000)) },
      async output() {
        await passing(sink.flush(60_000));
        return JSON.stringify(sent);
      },
      forget: () => void sent.splice(0),
    };
  },
} satisfies Readonly<Record<string, () => SinkUnderTest>>;

/** One rule of each kind, that the scripted events set off where that is simple. */
const RULES: readonly AlertRule[] = [
  { name: 'of-request', kind: 'request', measure: 'tokens', above: 1 },
  { name: 'of-run', kind: 'run', measure: 'tokens', above: 1 },
  { name: 'of-session', kind: 'session', measure: 'modelCalls', above: 0 },
  { name: 'of-window', kind: 'window', measure: 'tokens', windowMs: 60_000, above: 1, by: ['agent', 'model'] },
  { name: 'of-budget', kind: 'budget', measure: 'tokens', limit: 1, period: 'day' },
  { name: 'of-savings', kind: 'savings', windowMs: 60_000, below: 1, minTokens: 0 },
  { name: 'of-cache', kind: 'cache-hit', windowMs: 60_000, below: 1, minTokens: 0 },
  { name: 'of-errors', kind: 'error-ratio', windowMs: 60_000, above: 0.9, minCount: 1, by: ['provider'] },
  { name: 'of-latency', kind: 'latency', windowMs: 60_000, above: 1, minCount: 1 },
  { name: 'of-loop', kind: 'loop', repeats: 2 },
  { name: 'of-absence', kind: 'absence', event: 'model.end', silentMs: 60_000 },
];

/** What a sink tells on the bus itself. */
function hearing(sink: Sink, isItsOwn: (alert: AlertFiring | AlertResolved) => boolean): SinkUnderTest {
  const alerts: unknown[] = [];
  const take = (alert: AlertFiring | AlertResolved): void => {
    if (isItsOwn(alert)) alerts.push({ ...alert, id: undefined });
  };
  const heard = new Set<HeadroomEvents>();
  const attach = (events: HeadroomEvents): Unsubscribe => {
    if (!heard.has(events)) {
      events.on('alert.firing', take);
      events.on('alert.resolved', take);
    }
    heard.add(events);
    return sink.attach(events);
  };
  return {
    sink: { ...sink, attach },
    output: async () => JSON.stringify(alerts),
    forget: () => void alerts.splice(0),
  };
}
