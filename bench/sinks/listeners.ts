import { TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Sink } from '../../src/events/sink.ts';
import { createAlerts } from '../../src/sinks/alerts/index.ts';
import { createOtelSink } from '../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';

/** Who listens, by name. */
export const LISTENERS: Readonly<Record<string, () => readonly Sink[]>> = {
  nobody: () => [],
  // What the events themselves cost.
  'one that is idle': () => [{ name: 'idle', attach: (events) => events.onAny(() => {}) }],
  prometheus: () => [createPrometheusSink()],
  'otel spans': () => [spans()],
  alerts: () => [alerts()],
  'all three': () => [createPrometheusSink(), spans(), alerts()],
};

/** Spans end as they do in production, up to the point where an exporter would get them. */
function spans(): Sink {
  const nowhere: SpanProcessor = {
    onStart() {},
    onEnd() {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  return createOtelSink({ tracerProvider: new TracerProvider({ spanProcessors: [nowhere] }) });
}

function alerts(): Sink {
  return createAlerts({
    rules: [
      { name: 'loop', kind: 'loop', repeats: 50_000 },
      { name: 'run', kind: 'run', measure: 'tokens', above: 1e12 },
      { name: 'budget', kind: 'budget', measure: 'tokens', limit: 1e12, period: 'day' },
      { name: 'errors', kind: 'error-ratio', windowMs: 300_000, above: 0.5 },
      { name: 'savings', kind: 'savings', windowMs: 900_000, below: 0.01 },
    ],
  });
}
