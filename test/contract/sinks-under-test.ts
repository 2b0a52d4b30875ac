import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { HeadroomEvents, Unsubscribe } from '../../src/events/bus.ts';
import type { AlertFiring, AlertResolved } from '../../src/events/event.ts';
import type { Sink } from '../../src/events/sink.ts';
import { createTokenAlerts } from '../../src/sinks/alerts/index.ts';
import { createConsoleSink } from '../../src/sinks/console-sink.ts';
import { createOtelSink } from '../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { fixedClock } from '../../src/testing.ts';

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
  alerts() {
    const tokenAlertThreshold = 0.5;
    const sink = createTokenAlerts({ tokenAlertThreshold, clock: fixedClock() });
    const alerts: unknown[] = [];
    const take = (alert: AlertFiring | AlertResolved): void => {
      if (alert.threshold === tokenAlertThreshold) alerts.push({ ...alert, id: undefined });
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
  },
} satisfies Readonly<Record<string, () => SinkUnderTest>>;
