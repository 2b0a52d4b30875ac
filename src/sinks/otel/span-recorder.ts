import type { Attributes, Context, Span, SpanKind as SpanKindType, Tracer } from '@opentelemetry/api';
import type { EventBase, HeadroomEvent, ModelEnd, RunEnd, ToolEnd } from '../../events/event.ts';
import { importPeer } from '../../import-peer.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Handlers } from '../listen.ts';
import {
  alertAttributes,
  compressionAttributes,
  endAttributes,
  faultAttributes,
  modelEndAttributes,
  modelStartAttributes,
  publishable,
  retrievalAttributes,
  runEndAttributes,
  runStartAttributes,
  toolStartAttributes,
} from './attributes.ts';
import { OpenSpans } from './open-spans.ts';
import type { SemconvRevision } from './semconv.ts';
import { spanTime } from './span-time.ts';

const { context, SpanKind, SpanStatusCode, trace } = await importPeer(
  '@opentelemetry/api',
  () => import('@opentelemetry/api'),
);

export interface SpanRecorderOptions {
  readonly currentTracer: () => Tracer;
  readonly semconv: SemconvRevision;
}

/** Spans that are open at once; one more ends the oldest. */
const OPEN_LIMIT = 10_000;
/** Compressions whose model call has not started yet; one more forgets the oldest. */
const PENDING_LIMIT = 1_000;

interface SpanStart {
  readonly key: string;
  readonly name: string;
  readonly kind: SpanKindType;
  /** Id of the run whose span is the parent, if it is open. */
  readonly within: string | undefined;
  readonly attributes: Attributes;
}

/** The handlers that turn the events of one bus into spans; `close` ends the ones that are still open. */
export function createSpanRecorder({ currentTracer, semconv }: SpanRecorderOptions): {
  readonly handlers: Handlers;
  close(): void;
} {
  const open = new OpenSpans(OPEN_LIMIT);
  const compressions = new BoundedMap<Attributes>(PENDING_LIMIT);

  function start({ time }: EventBase, { key, name, kind, within, attributes }: SpanStart): void {
    const options = { kind, startTime: spanTime(time), attributes: publishable(attributes) };
    open.add(key, { span: currentTracer().startSpan(name, options, contextWithin(within)), startMs: time });
  }

  function end(key: string, { outcome, durationMs }: RunEnd | ModelEnd | ToolEnd, attributes: Attributes): void {
    // Never OK: the conventions leave that to the application.
    if (outcome === 'error') open.get(key)?.setStatus({ code: SpanStatusCode.ERROR });
    open.end(key, { durationMs, attributes: publishable(attributes) });
  }

  function spanOfRun(runId: string | undefined): Span | undefined {
    return runId === undefined ? undefined : open.get(runKey(runId));
  }

  /** Events are emitted where they happen, so what is active here is what is active in the caller. */
  function contextWithin(runId: string | undefined): Context {
    const run = spanOfRun(runId);
    return run === undefined ? context.active() : trace.setSpan(context.active(), run);
  }

  function note({ type, time, runId }: HeadroomEvent, attributes: Attributes): void {
    const span = spanOfRun(runId) ?? trace.getActiveSpan();
    span?.addEvent(`headroom.${type}`, publishable(attributes), spanTime(time));
  }

  const handlers: Handlers = {
    'run.start': (event) => {
      const { runId, parentRunId, agent } = event;
      if (runId === undefined) return;
      start(event, {
        key: runKey(runId),
        name: agent === undefined ? 'invoke_agent' : `invoke_agent ${agent}`,
        kind: SpanKind.INTERNAL,
        within: parentRunId,
        attributes: runStartAttributes(event),
      });
    },
    'run.end': (event) => end(runKey(event.runId), event, runEndAttributes(event)),
    'compression.end': (event) => {
      const attributes = publishable(compressionAttributes(event));
      const call = open.get(callKey(event));
      if (call === undefined) compressions.set(event.callId, attributes);
      else call.setAttributes(attributes);
    },
    'model.start': (event) =>
      start(event, {
        key: callKey(event),
        name: `chat ${event.model}`,
        kind: SpanKind.CLIENT,
        within: event.runId,
        attributes: { ...modelStartAttributes(event), ...compressions.take(event.callId) },
      }),
    'model.end': (event) => end(callKey(event), event, modelEndAttributes(event, semconv)),
    'tool.start': (event) =>
      start(event, {
        key: toolKey(event),
        name: `execute_tool ${event.toolName}`,
        kind: SpanKind.INTERNAL,
        within: event.runId,
        attributes: toolStartAttributes(event),
      }),
    'tool.end': (event) => end(toolKey(event), event, endAttributes(event)),
    'retrieval.end': (event) => note(event, retrievalAttributes(event)),
    'alert.firing': (event) => note(event, alertAttributes(event)),
    'alert.resolved': (event) => note(event, alertAttributes(event)),
    'budget.update': undefined,
    fault: (event) => note(event, faultAttributes(event)),
  };
  return { handlers, close: () => open.endAllAsOrphaned() };
}

function runKey(runId: string | undefined): string {
  return `run ${runId ?? ''}`;
}

function callKey({ callId }: { readonly callId: string }): string {
  return `chat ${callId}`;
}

function toolKey({ runId, toolCallId }: { readonly runId?: string | undefined; readonly toolCallId: string }): string {
  return `tool ${runId ?? ''} ${toolCallId}`;
}
