import { BoundedMap } from '../bounded-map.ts';
import type { HeadroomEvents, Unsubscribe } from '../events/bus.ts';
import type { NextId } from '../events/ids.ts';
import { runWork } from '../events/surroundings.ts';
import { normalizeUsage } from '../tokens/normalize-usage.ts';
import { describeAttempt, TracedRun, type TracedEnding } from './ai-sdk-traced-run.ts';
import { jsonOrText } from '../json-or-text.ts';
import type { Span, SpanAttributes, Tracer } from './open-telemetry-tracer.ts';
import { outcomeOf } from './outcome-of.ts';
import { currentRun, withinRun } from './run-scope.ts';
import type { RunTable } from './run-table.ts';

type SpanCallback = (span: Span) => unknown;

/** Calls of ai whose runs are remembered; the oldest goes first. */
const MOST_CALLS = 10_000;

const STREAMED_RUN = 'ai.streamText';
const RUNS: readonly string[] = ['ai.generateText', 'ai.generateObject', STREAMED_RUN];
const ATTEMPTS: readonly string[] = [
  'ai.generateText.doGenerate',
  'ai.generateObject.doGenerate',
  'ai.streamText.doStream',
];
const TOOL = 'ai.toolCall';

const marker = Symbol.for('headroom.ai-sdk-tracer');

/**
 * Turns the spans of ai 6 into runs, steps and tool calls, and runs model calls and tools within the scope of their run.
 * Spans are all that ai 6 tells of a call that failed. They are opened with whatever tracer there is, so that who traces
 * sees what they would see without us.
 */
export class AiSdkTracing {
  private readonly runs: RunTable;
  private readonly events: HeadroomEvents;
  private readonly ids: NextId;
  private readonly calls = new BoundedMap<TracedRun>(MOST_CALLS);
  private unsubscribes: readonly Unsubscribe[] | undefined;
  private hasToolEvents = false;

  constructor(options: { readonly runs: RunTable; readonly events: HeadroomEvents; readonly ids: NextId }) {
    this.runs = options.runs;
    this.events = options.events;
    this.ids = options.ids;
  }

  /** A tracer that tells of runs, and opens its spans with another. `agent` names the agent in events. */
  tracer(inner: () => Tracer, agent: string | undefined): Tracer {
    this.listen();
    const tracer: Tracer = {
      startSpan: (...words) => inner().startSpan(...words),
      startActiveSpan: (name, ...rest) => {
        const callback = rest.at(-1) as SpanCallback;
        const { attributes = {} } = (rest.length > 1 ? rest[0] : {}) as { readonly attributes?: SpanAttributes };
        const observed: SpanCallback = (span) => this.observe({ name, attributes, agent }, span, callback);
        return inner().startActiveSpan(name, ...rest.slice(0, -1), observed);
      },
    };
    return Object.defineProperty(tracer, marker, { value: this.runs });
  }

  /** Whether a tracer tells of the same runs. */
  isOwn(tracer: unknown): boolean {
    return typeof tracer === 'object' && tracer !== null && Reflect.get(tracer, marker) === this.runs;
  }

  /** For `integrations` of the versions of ai 6 that have them: these say what a tool is called with. */
  readonly integration = {
    onStart: (): void => {
      this.hasToolEvents = true;
    },
    onToolCallStart: (event: unknown): void => {
      const { toolCall } = (event ?? {}) as { readonly toolCall?: Readonly<Record<string, unknown>> };
      const run = this.currentCall();
      if (run === undefined || toolCall === undefined) return;
      this.report(() => this.startTool(run, toolCall['toolCallId'], toolCall));
    },
  };

  close(): void {
    for (const unsubscribe of this.unsubscribes ?? []) unsubscribe();
  }

  private listen(): void {
    this.unsubscribes ??= [
      this.events.on('model.end', (event) => {
        const run = event.runId === undefined ? undefined : this.calls.get(event.runId);
        const ending = run?.endOfModel(event);
        if (run !== undefined && ending !== undefined) this.end(run, ending);
      }),
      // However it ended, such as by having been silent for too long.
      this.events.on('run.end', ({ runId = '' }) => void this.calls.take(runId)),
    ];
  }

  private observe(
    what: { readonly name: string; readonly attributes: SpanAttributes; readonly agent: string | undefined },
    span: Span,
    callback: SpanCallback,
  ): unknown {
    if (RUNS.includes(what.name)) return this.observeRun(what, span, callback);
    const run = this.currentCall();
    if (run !== undefined && ATTEMPTS.includes(what.name)) return this.observeAttempt(run, span, callback);
    if (run !== undefined && what.name === TOOL) return this.observeTool(run, what.attributes, span, callback);
    return callback(span);
  }

  private async observeRun(
    {
      name,
      attributes,
      agent,
    }: { readonly name: string; readonly attributes: SpanAttributes; readonly agent: string | undefined },
    span: Span,
    callback: SpanCallback,
  ): Promise<unknown> {
    const run = this.begin(attributes, agent, name === STREAMED_RUN);
    if (run === undefined) return callback(span);
    const observed = this.observedSpan(span, {
      setAttributes: (told) => run.describe(told),
      end: () => {
        if (run.isStream) this.end(run, run.endOfStream());
      },
    });
    const { runId } = run.scope;
    try {
      const result = await withinRun(run.scope, () => runWork(this.events, { runId }, () => callback(observed)));
      if (!run.isStream) this.report(() => this.end(run, endOfResult(result)));
      return result;
    } catch (error) {
      this.report(() => this.end(run, { outcome: outcomeOf(error), endedBy: 'host', error }));
      throw error;
    }
  }

  private async observeAttempt(run: TracedRun, span: Span, callback: SpanCallback): Promise<unknown> {
    const attempt = run.startAttempt();
    const observed = this.observedSpan(span, {
      setAttributes: (told) => describeAttempt(attempt, told),
      end: () => {
        if (attempt.hasEnded || attempt.failure !== undefined) return;
        attempt.hasEnded = true;
        if (!run.isJoined) this.runs.step(run.scope.runId);
      },
    });
    try {
      return await callback(observed);
    } catch (error) {
      attempt.failure = { error };
      throw error;
    } finally {
      attempt.isUnderWay = false;
    }
  }

  private async observeTool(
    run: TracedRun,
    attributes: SpanAttributes,
    span: Span,
    callback: SpanCallback,
  ): Promise<unknown> {
    const toolCallId = String(attributes['ai.toolCall.id']);
    const tool = { toolName: attributes['ai.toolCall.name'], input: jsonOrText(attributes['ai.toolCall.args']) };
    // Where events say what the tool is called with, they do so before it is.
    if (tool.input !== undefined || !this.hasToolEvents) this.report(() => this.startTool(run, toolCallId, tool));
    let failure: { readonly error: unknown } | undefined;
    const observed = this.observedSpan(span, {
      recordException: (error) => (failure = { error }),
      setStatus: () => (failure ??= { error: undefined }),
    });
    const { runId } = run.scope;
    let told: ToldResult = {};
    try {
      const result = await runWork(this.events, { runId, toolCallId }, () => callback(observed));
      told = toldIn(result);
      return result;
    } finally {
      const outcome = failure === undefined ? 'ok' : outcomeOf(failure.error);
      this.report(() => {
        // Does nothing where it has started.
        this.startTool(run, toolCallId, tool);
        // The span says what the tool is called with where content is recorded; what comes out of it says so always.
        const call = { runId, toolCallId, toolName: String(tool.toolName), ...told };
        this.runs.endTool({ ...call, outcome, error: failure?.error });
      });
    }
  }

  /** The same span, with someone who is told after it. */
  private observedSpan(span: Span, observer: SpanObserver): Span {
    return new Proxy(span, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        const observe = Reflect.get(observer, key) as ((...told: readonly unknown[]) => void) | undefined;
        return (...words: readonly unknown[]): unknown => {
          const result: unknown = value.apply(target, words);
          if (observe !== undefined) this.report(() => observe(...words));
          return result;
        };
      },
    });
  }

  /** What fails in here is nothing to the agent. */
  private report(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.events.fault('hook', 'A span of ai could not be read.', error);
    }
  }

  private begin(attributes: SpanAttributes, agent: string | undefined, isStream: boolean): TracedRun | undefined {
    try {
      const around = currentRun();
      const isJoined = around !== undefined && this.runs.joinCall(around.runId);
      const scope = isJoined
        ? around
        : { runId: this.ids('run'), parentRunId: around?.runId, sessionId: around?.sessionId, agent };
      const run = new TracedRun(scope, { isJoined, isStream });
      this.calls.set(scope.runId, run);
      const [provider, model] = [attributes['ai.model.provider'], attributes['ai.model.id']].map(textOf);
      if (!isJoined) this.runs.start({ ...scope, provider, model });
      return run;
    } catch (error) {
      this.events.fault('hook', 'The start of a call of ai could not be read.', error);
      return undefined;
    }
  }

  private end({ scope, isJoined }: TracedRun, ending: TracedEnding): void {
    this.calls.take(scope.runId);
    if (!isJoined) this.runs.end({ ...scope, ...ending });
  }

  private startTool(
    { scope: { runId } }: TracedRun,
    toolCallId: unknown,
    { toolName, input }: { readonly toolName?: unknown; readonly input?: unknown },
  ): void {
    this.runs.startTool({ runId, toolCallId: String(toolCallId), toolName: String(toolName), input });
  }

  private currentCall(): TracedRun | undefined {
    const scope = currentRun();
    return scope === undefined ? undefined : this.calls.get(scope.runId);
  }
}

type SpanObserver = Partial<
  Readonly<Record<'setAttributes' | 'setStatus' | 'recordException', (told: never) => void>>
> & {
  readonly end?: () => void;
};

interface ToldResult {
  readonly input?: unknown;
  readonly output?: unknown;
}

/** What a tool was called with and what it gave, in what ai makes of it. */
function toldIn(result: unknown): ToldResult {
  const { type, input, output } = (result ?? {}) as Readonly<Record<string, unknown>>;
  return type === 'tool-result' || type === 'tool-error' ? { input, output } : {};
}

/** Of `generateText` and `generateObject`. */
function endOfResult(result: unknown): TracedEnding {
  const { finishReason, totalUsage, usage, steps } = (result ?? {}) as Readonly<Record<string, unknown>>;
  return {
    outcome: finishReason === 'error' ? 'error' : 'ok',
    endedBy: 'host',
    finishReason: textOf(finishReason),
    usage: normalizeUsage(totalUsage ?? usage),
    stepCount: Array.isArray(steps) ? steps.length : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
