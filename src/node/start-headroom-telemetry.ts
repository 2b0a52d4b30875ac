import { checkOptions, isBoolean, isOneOf, isPositive, isString } from '../check-options.ts';
import type { Sink } from '../events/sink.ts';
import { HeadroomError } from '../headroom-error.ts';
import type { OtelSinkOptions } from '../sinks/otel/index.ts';
import type { PrometheusSink, PrometheusSinkOptions } from '../sinks/prometheus/index.ts';
import { openMetricsServer, type MetricsServer } from './metrics-server.ts';
import type { OtlpOptions } from './otlp-environment.ts';
import { startTelemetrySdk, type TelemetrySdk } from './telemetry-sdk.ts';
import { within } from './within.ts';

export type { OtlpOptions } from './otlp-environment.ts';

export interface HeadroomTelemetryOptions {
  /** `service.name` of all that is sent. @default that of `OTEL_SERVICE_NAME` */
  readonly serviceName?: string | undefined;
  /** Sends spans and metrics by OTLP; `false` sends nothing. @default true */
  readonly otlp?: boolean | OtlpOptions | undefined;
  /** Serves `/metrics` for Prometheus on this port; 0 takes any that is free. @default none */
  readonly prometheusPort?: number | undefined;
  /** Where to listen: `0.0.0.0` lets other machines in, such as a Prometheus outside of the container. @default '127.0.0.1' */
  readonly prometheusHost?: string | undefined;
  /** Options of the OpenTelemetry sink. */
  readonly otel?: OtelSinkOptions | undefined;
  /** Options of the Prometheus sink. */
  readonly prometheus?: PrometheusSinkOptions | undefined;
  /** How long `stop()` waits for what is still to be sent. @default 5 000 */
  readonly stopTimeoutMs?: number | undefined;
}

export interface HeadroomTelemetry {
  /** For `createHeadroomHooks({ sinks })`. */
  readonly sinks: readonly Sink[];
  /** Where Prometheus finds the metrics, if they are served. */
  readonly metricsUrl: string | undefined;
  /** Sends what is waiting, or gives up after `stopTimeoutMs`. Never rejects. */
  readonly flush: () => Promise<void>;
  /**
   * Ends open spans, sends what is waiting or gives up after `stopTimeoutMs`, and closes the port. Never rejects. Once it
   * resolves, telemetry can be started again.
   */
  readonly stop: () => Promise<void>;
}

/** Telemetry is the process's: its providers are registered globally. */
let isStarted = false;

/**
 * Starts the telemetry of a process in one call: the OpenTelemetry SDK for Node, which sends spans and metrics by OTLP, and
 * an HTTP server for `GET /metrics`. Rejects with a `HeadroomError` for wrong options, a missing package, a port that can
 * not be had, an SDK that was started already, and when it is called again before `stop()`. A receiver that is down is
 * none of these: the SDK tries again, and then drops what it could not send.
 */
export async function startHeadroomTelemetry(options: HeadroomTelemetryOptions = {}): Promise<HeadroomTelemetry> {
  checkTelemetryOptions(options);
  if (isStarted) {
    throw new HeadroomError('already-started', 'startHeadroomTelemetry was called already: call stop() before.');
  }
  isStarted = true;
  try {
    return await start(options);
  } catch (error) {
    isStarted = false;
    throw error;
  }
}

async function start(options: HeadroomTelemetryOptions): Promise<HeadroomTelemetry> {
  const { otlp = true, serviceName, stopTimeoutMs = 5_000, prometheusHost: host = '127.0.0.1' } = options;
  const { prometheusPort: port } = options;
  // The sinks come first: wrong options of theirs start nothing.
  const page = port === undefined ? undefined : await prometheusSink(options.prometheus);
  const otel = otlp === false ? undefined : await otelSink(options.otel);
  const server = page === undefined || port === undefined ? undefined : await openMetricsServer({ page, host, port });
  const sdk = otlp === false ? undefined : await startSdk(otlp === true ? {} : otlp, serviceName, server);

  const flush = async (): Promise<void> => within(stopTimeoutMs, sdk?.flush());
  // So that `flush()` of the hooks reaches the receiver.
  const sinks: readonly Sink[] = [page, otel === undefined ? undefined : { ...otel, flush }].filter(
    (sink) => sink !== undefined,
  );
  let stopping: Promise<void> | undefined;
  return {
    sinks,
    metricsUrl: server?.url,
    flush,
    stop() {
      stopping ??= stopAll({ sinks, sdk, server, stopTimeoutMs }).finally(() => {
        isStarted = false;
      });
      return stopping;
    },
  };
}

async function prometheusSink(options: PrometheusSinkOptions = {}): Promise<PrometheusSink> {
  const { createPrometheusSink } = await import('../sinks/prometheus/index.ts');
  return createPrometheusSink(options);
}

async function otelSink(options: OtelSinkOptions = {}): Promise<Sink> {
  const { createOtelSink } = await import('../sinks/otel/index.ts');
  return createOtelSink(options);
}

/** All or nothing: a port is not kept for telemetry that does not start. */
async function startSdk(
  otlp: OtlpOptions,
  serviceName: string | undefined,
  server: MetricsServer | undefined,
): Promise<TelemetrySdk> {
  try {
    return await startTelemetrySdk(otlp, serviceName);
  } catch (error) {
    await server?.close();
    throw error;
  }
}

interface Started {
  readonly sinks: readonly Sink[];
  readonly sdk: TelemetrySdk | undefined;
  readonly server: MetricsServer | undefined;
  readonly stopTimeoutMs: number;
}

async function stopAll({ sinks, sdk, server, stopTimeoutMs }: Started): Promise<void> {
  await Promise.all(sinks.map(async (sink) => sink.close?.()));
  await within(stopTimeoutMs, sdk?.shutdown());
  await server?.close();
}

function checkTelemetryOptions(options: HeadroomTelemetryOptions): void {
  checkOptions('startHeadroomTelemetry', options, {
    serviceName: isString,
    otlp: isBooleanOrObject,
    prometheusPort: isPort,
    prometheusHost: isString,
    otel: isObject,
    prometheus: isObject,
    stopTimeoutMs: isPositive,
  });
  if (typeof options.otlp === 'object') {
    checkOptions('otlp of startHeadroomTelemetry', options.otlp, {
      endpoint: isHttpUrl,
      protocol: isOneOf('http/protobuf', 'http/json'),
      headers: isObject,
      metricIntervalMs: isPositive,
    });
  }
  if (options.otlp === false && options.prometheusPort === undefined) {
    throw new HeadroomError(
      'invalid-option',
      'startHeadroomTelemetry has nothing to start: leave otlp on, or give it a prometheusPort.',
    );
  }
}

function isObject(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'has to be an object';
}

function isBooleanOrObject(value: unknown): string | undefined {
  return isBoolean(value) === undefined || isObject(value) === undefined
    ? undefined
    : 'has to be a boolean or an object';
}

function isPort(value: unknown): string | undefined {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535
    ? undefined
    : 'has to be a port, 0 to 65535';
}

function isHttpUrl(value: unknown): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? undefined : 'has to be a URL of http or https';
}
