import type {
  Attributes,
  Context,
  Link,
  Span,
  SpanKind as SpanKindType,
  SpanOptions,
  Tracer,
} from '@opentelemetry/api';
import type { ContentListener } from '../../events/contents.ts';
import type { Surround } from '../../events/surroundings.ts';
import type { CompressionEnd, EventBase, HeadroomEvent, ModelEnd, RunEnd, ToolEnd } from '../../events/event.ts';
import { importPeer } from '../../import-peer.ts';
import { BoundedMap } from '../../bounded-map.ts';
import type { Handlers } from '../listen.ts';
import { callStartAttributes, writeCall, writeCallEnd } from './call-span.ts';
import { strategiesOf, writeCompression, writePrompt, type Strategies } from './compression-span.ts';
import type { Redact } from './content/redact.ts';
import { writeContent } from './content/write-content.ts';
import { alertAttributes, faultAttributes, retrievalAttributes } from './event-attributes.ts';
import { OpenSpans } from './open-spans.ts';
import { OpenTools } from './open-tools.ts';
import { publishable } from './publishable.ts';
import { runStartAttributes, writeRunEnd } from './run-span.ts';
import type { SemconvRevision } from './semconv.ts';
import { spanTime } from './span-time.ts';
import { toolStartAttributes, writeTool } from './tool-span.ts';
import { writeOutcome, writeRunNames } from './write-span.ts';

const { context, createContextKey, SpanKind, SpanStatusCode, trace } = await importPeer(
  '@opentelemetry/api',
  () => import('@opentelemetry/api'),
);

export interface SpanRecorderOptions {
  readonly currentTracer: () => Tracer;
  readonly semconv: SemconvRevision;
  /** Whether what is said is written, each text as `redact` wants it. */
  readonly captureContent: boolean;
  readonly redact: Redact | undefined;
}

/** What turns the events of one bus into spans; `close` ends the ones that are still open. */
export interface SpanRecorder {
  readonly handlers: Handlers;
  /** Makes the span of some work the active one while it is done. */
  readonly surround?: Surround;
  /** Writes what is said, where that is wanted. */
  readonly content?: ContentListener | undefined;
  close(): void;
}

/** In a context, the id of the run whose own work or tool is done in it. */
const WITHIN_RUN = createContextKey('headroom.run');
/** Spans of one kind that are open at once; one more ends the oldest. */
const OPEN_LIMIT = 10_000;
/** Compressions whose model call has not started yet; one more forgets the oldest. */
const PENDING_LIMIT = 1_000;

interface SpanStart {
  readonly open: OpenSpans;
  readonly key: string;
  readonly name: string;
  readonly kind: SpanKindType;
  readonly parent: Context;
  /** Those that a sampler may decide on. */
  readonly attributes: Attributes;
  readonly links?: Link[] | undefined;
}

/** A prompt that was compressed for a call that is about to start. */
interface PendingCompression {
  readonly prompt: CompressionEnd;
  readonly strategies: Strategies;
  readonly links: Link[] | undefined;
}

/** Opens a span per run, model call, tool and compression. */
export function createSpanRecorder(options: SpanRecorderOptions): SpanRecorder {
  const { currentTracer, semconv, captureContent, redact } = options;
  const runs = new OpenSpans(OPEN_LIMIT);
  const calls = new OpenSpans(OPEN_LIMIT);
  const tools = new OpenSpans(OPEN_LIMIT);
  const openTools = new OpenTools(OPEN_LIMIT);
  const compressions = new BoundedMap<PendingCompression>(PENDING_LIMIT);

  function start({ time }: EventBase, { open, key, name, kind, parent, attributes, links }: SpanStart): Span {
    const options: SpanOptions = { kind, startTime: spanTime(time), attributes: publishable(attributes) };
    if (links !== undefined) options.links = links;
    const span = currentTracer().startSpan(name, options, parent);
    open.add(key, { span, startMs: time });
    return span;
  }

  function end<Event extends RunEnd | ModelEnd | ToolEnd>(
    open: OpenSpans,
    key: string,
    event: Event,
    writeEnd: (span: Span, event: Event) => void,
  ): void {
    const span = open.get(key);
    if (span === undefined) return;
    // Never OK: the conventions leave that to the application.
    if (event.outcome === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
    if (span.isRecording()) writeEnd(span, event);
    open.end(key, event.durationMs);
  }

  function spanOfRun(runId: string | undefined): Span | undefined {
    return runId === undefined ? undefined : runs.get(runId);
  }

  function spanOfWork(runId: string | undefined, toolCallId: string | undefined): Span | undefined {
    return toolCallId === undefined ? spanOfRun(runId) : tools.get(toolKey({ runId, toolCallId }));
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
    return contextOf((tool === undefined ? undefined : tools.get(tool)) ?? spanOfRun(runId));
  }

  /** A compression is over when it is told of: its span is a sibling before that of the call, whose time is the provider's. */
  function compressionSpan(event: CompressionEnd, strategies: Strategies): Link[] | undefined {
    // Every run begins with a prompt that has none.
    if (event.decisions.length === 0) return undefined;
    const { time, durationMs, runId } = event;
    const startTime = spanTime(durationMs > 0 ? time - durationMs : time);
    const options = { kind: SpanKind.INTERNAL, startTime };
    const span = currentTracer().startSpan('headroom.compress', options, contextWithin(runId));
    if (span.isRecording()) writeCompression(span, event, strategies);
    span.end(spanTime(time));
    return [{ context: span.spanContext() }];
  }

  function note({ type, time, runId }: HeadroomEvent, attributes: Attributes): void {
    const span = spanOfRun(runId) ?? trace.getActiveSpan();
    span?.addEvent(`headroom.${type}`, publishable(attributes), spanTime(time));
  }

  const handlers: Handlers = {
    'run.start': (event) => {
      const { runId, parentRunId, agent } = event;
      if (runId === undefined) return;
      const span = start(event, {
        open: runs,
        key: runId,
        name: agent === undefined ? 'invoke_agent' : `invoke_agent ${agent}`,
        kind: SpanKind.INTERNAL,
        parent: contextWithin(parentRunId),
        attributes: runStartAttributes(event),
      });
      if (span.isRecording()) writeRunNames(span, event);
    },
    'run.end': (event) => {
      if (event.runId === undefined) return;
      openTools.forget(event.runId);
      end(runs, event.runId, event, writeRunEnd);
    },
    'compression.end': (event) => {
      const strategies = strategiesOf(event);
      const links = compressionSpan(event, strategies);
      const call = calls.get(event.callId);
      if (call === undefined) compressions.set(event.callId, { prompt: event, strategies, links });
      else if (call.isRecording()) writePrompt(call, event, strategies);
    },
    'model.start': (event) => {
      const compression = compressions.take(event.callId);
      const span = start(event, {
        open: calls,
        key: event.callId,
        name: `chat ${event.model}`,
        kind: SpanKind.CLIENT,
        parent: contextWithin(event.runId),
        attributes: callStartAttributes(event),
        links: compression?.links,
      });
      if (!span.isRecording()) return;
      writeCall(span, event);
      if (compression !== undefined) writePrompt(span, compression.prompt, compression.strategies);
    },
    'model.end': (event) => end(calls, event.callId, event, (span) => writeCallEnd(span, event, semconv)),
    'tool.start': (event) => {
      const span = start(event, {
        open: tools,
        key: toolKey(event),
        name: `execute_tool ${event.toolName}`,
        kind: SpanKind.INTERNAL,
        // Tools of one run stand side by side, whether or not another is open.
        parent: contextOf(spanOfRun(event.runId)),
        attributes: toolStartAttributes(event),
      });
      if (span.isRecording()) writeTool(span, event);
      openTools.start(event.runId, toolKey(event));
    },
    'tool.end': (event) => {
      openTools.end(event.runId, toolKey(event));
      end(tools, toolKey(event), event, writeOutcome);
    },
    'retrieval.end': (event) => note(event, retrievalAttributes(event)),
    'alert.firing': (event) => note(event, alertAttributes(event)),
    'alert.resolved': (event) => note(event, alertAttributes(event)),
    'budget.update': undefined,
    fault: (event) => note(event, faultAttributes(event)),
  };
  const surround: Surround = (work, execute) => {
    const { runId, callId, toolCallId } = work;
    const span = callId === undefined ? spanOfWork(runId, toolCallId) : calls.get(callId);
    if (span === undefined) return execute();
    const within = trace.setSpan(context.active(), span);
    // What a provider does within a call is no part of the run's own work.
    const isOwnWork = callId === undefined;
    return context.with(isOwnWork ? within.setValue(WITHIN_RUN, runId) : within.deleteValue(WITHIN_RUN), execute);
  };

  const content: ContentListener = (said) => {
    const span = 'callId' in said ? calls.get(said.callId) : tools.get(toolKey(said));
    if (span?.isRecording() === true) writeContent(span, said, redact);
  };

  return {
    handlers,
    surround,
    content: captureContent ? content : undefined,
    close() {
      for (const open of [calls, tools, runs]) open.endAllAsOrphaned();
    },
  };
}

function toolKey({ runId, toolCallId }: { readonly runId?: string | undefined; readonly toolCallId: string }): string {
  return `${runId ?? ''} ${toolCallId}`;
}
