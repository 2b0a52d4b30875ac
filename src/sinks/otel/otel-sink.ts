import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { checkOptions, hasMethods, isOneOf } from '../../check-options.ts';
import type { Sink } from '../../events/sink.ts';
import { importPeer } from '../../import-peer.ts';
import { createAttachments } from '../attachments.ts';
import { listen } from '../listen.ts';
import { VERSION } from '../version.ts';
import { describeApiMismatch } from './api-mismatch.ts';
import { SEMCONV_REVISIONS, type SemconvRevision } from './semconv.ts';
import { createSpanRecorder } from './span-recorder.ts';

const { trace } = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));

export interface OtelSinkOptions {
  /** Makes the spans. @default one of `tracerProvider` */
  readonly tracer?: Tracer | undefined;
  /** @default the one that is registered globally, now or later */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Which revision of the GenAI conventions to write, where names differ. @default 'latest' */
  readonly semconv?: SemconvRevision | undefined;
}

/**
 * Turns events into spans of the GenAI conventions: `invoke_agent` for a run and, as its children, `chat` for a model
 * call and `execute_tool` for a tool. The parent of a run is its parent run, or else the span that is active where it
 * starts. Usage stands on `chat` alone, so that no sum counts it twice. Every span that is started is ended; without an
 * SDK the spans cost next to nothing. Throws a `HeadroomError` for wrong options.
 */
export function createOtelSink(options: OtelSinkOptions = {}): Sink {
  checkOptions('createOtelSink', options, {
    tracer: hasMethods('a tracer', 'startSpan'),
    tracerProvider: hasMethods('a tracer provider', 'getTracer'),
    semconv: isOneOf(...SEMCONV_REVISIONS),
  });
  const { tracer, tracerProvider = trace, semconv = 'latest' } = options;
  const isGlobal = tracer === undefined && options.tracerProvider === undefined;
  const warnOfMismatch = isGlobal ? createMismatchWarning() : () => {};

  // Asked for at each span (36 ns), because an SDK may well be registered after the sink is made.
  function currentTracer(): Tracer {
    warnOfMismatch();
    return tracer ?? tracerProvider.getTracer('headroom-hooks', VERSION);
  }

  const { attach, detachAll } = createAttachments((events) => {
    const recorder = createSpanRecorder({ currentTracer, semconv });
    const unsubscribe = listen(events, recorder.handlers);
    return () => {
      unsubscribe();
      recorder.close();
    };
  });
  return { name: 'otel', attach, close: async () => detachAll() };
}

/** Looks once, when it is called first. */
function createMismatchWarning(): () => void {
  let isChecked = false;
  return () => {
    if (isChecked) return;
    isChecked = true;
    const problem = describeApiMismatch(trace);
    // Not through `diag`: its logger is registered in the very place that our copy of the API cannot see.
    if (problem !== undefined) process.emitWarning(problem, { code: 'HEADROOM_OTEL_API_MISMATCH' });
  };
}
