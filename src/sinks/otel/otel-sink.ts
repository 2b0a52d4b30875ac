import type { MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';
import { checkOptions, hasMethods, isBoolean, isFunction, isOneOf, isPositive } from '../../check-options.ts';
import { listenToContent } from '../../events/contents.ts';
import { EVENT_TYPES, type EventType, type HeadroomEvent } from '../../events/event.ts';
import type { Sink } from '../../events/sink.ts';
import { surroundWork } from '../../events/surroundings.ts';
import { importPeer } from '../../import-peer.ts';
import { createAttachments } from '../attachments.ts';
import { listen, type Handlers } from '../listen.ts';
import { createActiveSpanRecorder } from './active-span-recorder.ts';
import { describeApiMismatch } from './api-mismatch.ts';
import type { Redact } from './content/redact.ts';
import { createCurrentTracer } from './current-tracer.ts';
import { capturesContent, semconvOf } from './environment.ts';
import { createCurrentRecorders, createMetricRecorder } from './metric-recorder.ts';
import { registeredApi } from './registered-api.ts';
import { SEMCONV_REVISIONS, type SemconvRevision } from './semconv.ts';
import { createSpanRecorder, type SpanRecorder } from './span-recorder.ts';

const { metrics, trace } = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));

export interface OtelSinkOptions {
  /**
   * `full` opens spans for runs, model calls, tools and compressions. `enrich` opens none and writes what was compressed on
   * the span that the host has active, for hosts with spans of their own. `off` leaves spans alone. @default 'full'
   */
  readonly spans?: 'full' | 'enrich' | 'off' | undefined;
  /**
   * Whether to record the metrics of the table; `headroom` leaves out those under `gen_ai.`, which a host that is
   * instrumented itself may record too. @default true, and 'headroom' where `spans` is 'enrich'
   */
  readonly metrics?: boolean | 'headroom' | undefined;
  /** Makes the spans. @default one of `tracerProvider` */
  readonly tracer?: Tracer | undefined;
  /** @default the one that is registered globally, now or later */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the one that is registered globally, now or later */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * Which revision of the GenAI conventions to write, where names differ. `gen_ai_latest_experimental` in
   * `OTEL_SEMCONV_STABILITY_OPT_IN` comes before it. @default 'latest'
   */
  readonly semconv?: SemconvRevision | undefined;
  /** Values that one attribute of a metric may have; one more is counted as `other`. @default 100 */
  readonly maxLabelValues?: number | undefined;
  /**
   * Whether prompts, answers, and arguments and results of tools are written on spans, of those that `spans: 'full'` opens.
   * @default what `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` says, and false without it
   */
  readonly captureContent?: boolean | undefined;
  /** Every text passes through it before it is written. @default they are written as they are */
  readonly redact?: Redact | undefined;
}

/**
 * Turns events into spans and metrics of the GenAI conventions. Spans: `invoke_agent` for a run and, as its children,
 * `chat` for a model call, `headroom.compress` before it, and `execute_tool` for a tool. The parent of a run is the tool or
 * the run that it was started in, or else the span that is active where it starts. Usage stands on `chat` alone, so that
 * no sum counts it twice. Every span that is started is ended. Metrics: those of `METRICS`, with the names of
 * OpenTelemetry. An SDK may be registered before or after; without one all this costs next to nothing. Nothing that is
 * written holds content, unless `captureContent` asks for it. Throws a `HeadroomError` for wrong options.
 */
export function createOtelSink(options: OtelSinkOptions = {}): Sink {
  checkOptions('createOtelSink', options, {
    spans: isOneOf('full', 'enrich', 'off'),
    metrics: isMetrics,
    tracer: hasMethods('a tracer', 'startSpan'),
    tracerProvider: hasMethods('a tracer provider', 'getTracer'),
    meterProvider: hasMethods('a meter provider', 'getMeter'),
    semconv: isOneOf(...SEMCONV_REVISIONS),
    maxLabelValues: isPositive,
    captureContent: isBoolean,
    redact: isFunction,
  });
  const warnOfMismatch = createMismatchWarning();
  const recordersOf = [spanRecorders(options, warnOfMismatch), metricRecorders(options, warnOfMismatch)].filter(
    (create) => create !== undefined,
  );

  const { attach, detachAll } = createAttachments((events) => {
    const recorders = recordersOf.map((create) => create());
    const unsubscribes = recorders.flatMap(({ handlers, surround, content }) => [
      listen(events, handlers),
      ...(surround === undefined ? [] : [surroundWork(events, surround)]),
      ...(content === undefined ? [] : [listenToContent(events, content)]),
    ]);
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      for (const recorder of recorders) recorder.close();
    };
  });
  return { name: 'otel', attach, close: async () => detachAll() };
}

/** Makes what listens to one bus. */
type CreateRecorder = () => SpanRecorder;

function spanRecorders(options: OtelSinkOptions, warnOfMismatch: () => void): CreateRecorder | undefined {
  const { spans = 'full', tracer, tracerProvider } = options;
  if (spans === 'off') return undefined;
  if (spans === 'enrich') return () => createActiveSpanRecorder(warnOfMismatch);
  const isGlobal = tracer === undefined && tracerProvider === undefined;
  const semconv = semconvOf(options.semconv);
  const ownTracer = createCurrentTracer(() => tracerProvider ?? trace.getTracerProvider());

  function currentTracer(): Tracer {
    if (isGlobal) warnOfMismatch();
    return tracer ?? ownTracer();
  }
  const { captureContent = capturesContent(), redact } = options;
  return () => {
    const recorder = createSpanRecorder({ currentTracer, semconv, captureContent, redact });
    return isGlobal ? { ...recorder, handlers: whileTraced(recorder.handlers) } : recorder;
  };
}

/** Attributes take their time, and go nowhere while no tracer provider is registered. */
function whileTraced(handlers: Handlers): Handlers {
  const guarded = EVENT_TYPES.map((type): [EventType, unknown] => {
    const handler = handlers[type] as ((event: HeadroomEvent) => void) | undefined;
    const whenTraced = (event: HeadroomEvent): void => {
      if (registeredApi()?.trace !== undefined) handler?.(event);
    };
    return [type, handler === undefined ? undefined : whenTraced];
  });
  return Object.fromEntries(guarded) as Handlers;
}

function metricRecorders(options: OtelSinkOptions, warnOfMismatch: () => void): CreateRecorder | undefined {
  const { spans, meterProvider, maxLabelValues = 100 } = options;
  const { metrics: wanted = spans === 'enrich' ? 'headroom' : true } = options;
  if (wanted === false) return undefined;

  // The buses of one sink share instruments and bounds.
  const currentRecorders = createCurrentRecorders({
    currentMeterProvider() {
      if (meterProvider !== undefined) return meterProvider;
      warnOfMismatch();
      return metrics.getMeterProvider();
    },
    semconv: semconvOf(options.semconv),
    scope: wanted === 'headroom' ? 'headroom' : 'all',
    maxLabelValues,
  });
  return () => createMetricRecorder(currentRecorders);
}

function isMetrics(value: unknown): string | undefined {
  return typeof value === 'boolean' || value === 'headroom' ? undefined : "has to be true, false or 'headroom'";
}

/** Looks once, when something was registered. */
function createMismatchWarning(): () => void {
  let isChecked = false;
  return () => {
    const registered = registeredApi();
    if (isChecked || (registered?.trace === undefined && registered?.metrics === undefined)) return;
    isChecked = true;
    const problem = describeApiMismatch({ trace, metrics });
    // Not through `diag`: its logger is registered in the very place that our copy of the API cannot see.
    if (problem !== undefined) process.emitWarning(problem, { code: 'HEADROOM_OTEL_API_MISMATCH' });
  };
}
