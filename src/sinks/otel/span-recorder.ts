import type { Attributes, Context, Link, Span, SpanKind as SpanKindType, Tracer } from '@opentelemetry/api';
import type { Surround } from '../../events/surroundings.ts';
import type { CompressionEnd, EventBase, HeadroomEvent, ModelEnd, RunEnd, ToolEnd } from '../../events/event.ts';
import { importPeer } from '../../import-peer.ts';
import { BoundedMap } from '../../bounded-map.ts';
import type { Handlers } from '../listen.ts';
import {
  alertAttributes,
  compressionAttributes,
  compressionSummary,
  decisionAttributes,
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
import { OpenTools } from './open-tools.ts';
import type { SemconvRevision } from './semconv.ts';
import { spanTime } from './span-time.ts';

const { context, createContextKey, SpanKind, SpanStatusCode, trace } = await importPeer(
  '@opentelemetry/api',
  () => import('@opentelemetry/api'),
);

export interface SpanRecorderOptions {
  readonly currentTracer: () => Tracer;
  readonly semconv: SemconvRevision;
}

/** What turns the events of one bus into spans; `close` ends the ones that are still open. */
export interface SpanRecorder {
  readonly handlers: Handlers;
  /** Makes the span of some work the active one while it is done. */
  readonly surround?: Surround;
  close(): void;
}

/** In a context, the id of the run whose own work or tool is done in it. */
const WITHIN_RUN = createContextKey('headroom.run');
/** Spans that are open at once; one more ends the oldest. */
const OPEN_LIMIT = 10_000;
/** Tool results that one span tells of; the SDK keeps 128 events. */
const MOST_RESULTS = 100;
/** Compressions whose model call has not started yet; one more forgets the oldest. */
const PENDING_LIMIT = 1_000;

interface SpanStart {
  readonly key: string;
  readonly name: string;
  readonly kind: SpanKindType;
  readonly parent: Context;
  readonly attributes: Attributes;
  readonly links?: Link[] | undefined;
}

/** A prompt that was compressed for a call that is about to start. */
interface PendingCompression {
  readonly summary: Attributes;
  readonly link: Link | undefined;
}

/** Opens a span per run, model call, tool and compression. */
export function createSpanRecorder({ currentTracer, semconv }: SpanRecorderOptions): SpanRecorder {
  const open = new OpenSpans(OPEN_LIMIT);
  const openTools = new OpenTools(OPEN_LIMIT);
  const compressions = new BoundedMap<PendingCompression>(PENDING_LIMIT);

  function start({ time }: EventBase, { key, name, kind, parent, attributes, links = [] }: SpanStart): void {
    const options = { kind, startTime: spanTime(time), attributes: publishable(attributes), links };
    open.add(key, { span: currentTracer().startSpan(name, options, parent), startMs: time });
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
  function contextOf(parent: Span | undefined): Context {
    return parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
  }

  /**
   * What a run, a call or a compression is part of: where its run, or a tool of it, is known to be at work, what is active
   * there; else the one tool that its run has open, or else the run.
   */
  function contextWithin(runId: string | undefined): Context {
    if (runId !== undefined && context.active().getValue(WITHIN_RUN) === runId) return context.active();
    const tool = runId === undefined ? undefined : openTools.onlyOneOf(runId);
    return contextOf((tool === undefined ? undefined : open.get(tool)) ?? spanOfRun(runId));
  }

  /** A compression is over when it is told of: its span is a sibling before that of the call, whose time is the provider's. */
  function compressionSpan(event: CompressionEnd, summary: Attributes): Link | undefined {
    // Every run begins with a prompt that has none.
    if (event.decisions.length === 0) return undefined;
    const { time, durationMs, runId } = event;
    const span = currentTracer().startSpan(
      'headroom.compress',
      {
        kind: SpanKind.INTERNAL,
        startTime: spanTime(durationMs > 0 ? time - durationMs : time),
        attributes: publishable(compressionAttributes(event, summary)),
      },
      contextWithin(runId),
    );
    if (span.isRecording()) tellResults(span, event);
    span.end(spanTime(time));
    return { context: span.spanContext() };
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
        parent: contextWithin(parentRunId),
        attributes: runStartAttributes(event),
      });
    },
    'run.end': (event) => {
      if (event.runId !== undefined) openTools.forget(event.runId);
      end(runKey(event.runId), event, runEndAttributes(event));
    },
    'compression.end': (event) => {
      const summary = publishable(compressionSummary(event));
      const link = compressionSpan(event, summary);
      const call = open.get(callKey(event));
      if (call === undefined) compressions.set(event.callId, { summary, link });
      else call.setAttributes(summary);
    },
    'model.start': (event) => {
      const compression = compressions.take(event.callId);
      start(event, {
        key: callKey(event),
        name: `chat ${event.model}`,
        kind: SpanKind.CLIENT,
        parent: contextWithin(event.runId),
        attributes: { ...modelStartAttributes(event), ...compression?.summary },
        links: compression?.link === undefined ? undefined : [compression.link],
      });
    },
    'model.end': (event) => end(callKey(event), event, modelEndAttributes(event, semconv)),
    'tool.start': (event) => {
      start(event, {
        key: toolKey(event),
        name: `execute_tool ${event.toolName}`,
        kind: SpanKind.INTERNAL,
        // Tools of one run stand side by side, whether or not another is open.
        parent: contextOf(spanOfRun(event.runId)),
        attributes: toolStartAttributes(event),
      });
      openTools.start(event.runId, toolKey(event));
    },
    'tool.end': (event) => {
      openTools.end(event.runId, toolKey(event));
      end(toolKey(event), event, endAttributes(event));
    },
    'retrieval.end': (event) => note(event, retrievalAttributes(event)),
    'alert.firing': (event) => note(event, alertAttributes(event)),
    'alert.resolved': (event) => note(event, alertAttributes(event)),
    'budget.update': undefined,
    fault: (event) => note(event, faultAttributes(event)),
  };
  const surround: Surround = (work, execute) => {
    const { runId, callId, toolCallId } = work;
    const isCall = callId !== undefined;
    const key = isCall
      ? callKey({ callId })
      : toolCallId === undefined
        ? runKey(runId)
        : toolKey({ runId, toolCallId });
    const span = open.get(key);
    if (span === undefined) return execute();
    const within = trace.setSpan(context.active(), span);
    // What a provider does within a call is no part of the run's own work.
    return context.with(isCall ? within.deleteValue(WITHIN_RUN) : within.setValue(WITHIN_RUN, runId), execute);
  };

  return { handlers, surround, close: () => open.endAllAsOrphaned() };
}

/** Each tool result is told of once, by the first prompt that has it. */
function tellResults(span: Span, { time, decisions, isRetry }: CompressionEnd): void {
  if (isRetry) return;
  for (const decision of decisions.filter(({ isNew }) => isNew).slice(-MOST_RESULTS)) {
    span.addEvent('headroom.compression.result', publishable(decisionAttributes(decision)), spanTime(time));
  }
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
