/** Where spans and metrics are sent. What is left out comes from the `OTEL_*` variables, or is as they default to. */
export interface OtlpOptions {
  /** Base address of the receiver, to which `/v1/traces` and `/v1/metrics` are added. @default 'http://localhost:4318' */
  readonly endpoint?: string | undefined;
  /** @default 'http/protobuf' */
  readonly protocol?: 'http/protobuf' | 'http/json' | undefined;
  /** Sent with every request, such as a key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How often metrics are sent. Spans are sent within 5 s. @default 60 000 */
  readonly metricIntervalMs?: number | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

const SIGNALS = ['TRACES', 'METRICS'] as const;

/**
 * The variables that say the same as the options. They are the one way to configure the SDK for Node that holds in all of
 * its versions, and that spares the caller the packages of the exporters. An option comes before a variable of the user,
 * also before one that is for a single signal.
 */
export function otlpVariables(
  { endpoint, protocol, headers, metricIntervalMs }: OtlpOptions,
  environment: Variables = process.env,
): Variables {
  return {
    ...forAllSignals('ENDPOINT', endpoint),
    ...forAllSignals('PROTOCOL', protocol),
    ...forAllSignals('HEADERS', headers === undefined ? undefined : headerList(headers)),
    ...(metricIntervalMs === undefined ? {} : intervalVariables(metricIntervalMs, environment)),
    // Older versions send metrics only where they are told to; nothing here writes logs.
    ...unlessSet('OTEL_METRICS_EXPORTER', 'otlp', environment),
    ...unlessSet('OTEL_LOGS_EXPORTER', 'none', environment),
  };
}

function unlessSet(name: string, value: string, environment: Variables): Variables {
  return environment[name] === undefined ? { [name]: value } : {};
}

function forAllSignals(name: string, value: string | undefined): Variables {
  if (value === undefined) return {};
  const forOne = SIGNALS.map((signal) => [`OTEL_EXPORTER_OTLP_${signal}_${name}`, undefined]);
  return { ...Object.fromEntries(forOne), [`OTEL_EXPORTER_OTLP_${name}`]: value };
}

function headerList(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join(',');
}

/** A time-out above the interval is refused by some versions. */
function intervalVariables(intervalMs: number, environment: Variables): Variables {
  const timeoutMs = Number(environment['OTEL_METRIC_EXPORT_TIMEOUT'] ?? 30_000);
  return {
    OTEL_METRIC_EXPORT_INTERVAL: String(intervalMs),
    OTEL_METRIC_EXPORT_TIMEOUT: String(Math.min(intervalMs, timeoutMs)),
  };
}

/** Sets variables of the process while `callback` runs, which it does at once; `undefined` unsets one. */
export function withVariables<Result>(variables: Variables, callback: () => Result): Result {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  try {
    setVariables(Object.entries(variables));
    return callback();
  } finally {
    setVariables(before);
  }
}

function setVariables(variables: readonly (readonly [name: string, value: string | undefined])[]): void {
  for (const [name, value] of variables) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
