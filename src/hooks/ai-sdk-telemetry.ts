import type { HeadroomEvents } from '../events/bus.ts';
import type { NextId } from '../events/ids.ts';
import { runWork } from '../events/surroundings.ts';
import { normalizeUsage } from '../tokens/normalize-usage.ts';
import type { RunOutput } from './hook.ts';
import { outcomeOf } from './outcome-of.ts';
import { currentRun, withinRun, type RunScope } from './run-scope.ts';
import type { RunTable } from './run-table.ts';

export interface AiSdkTelemetryOptions<Settings extends AiSdkTelemetrySettings = AiSdkTelemetrySettings> {
  readonly runs: RunTable;
  readonly events: HeadroomEvents;
  readonly ids: NextId;
  /** Settings of ai to keep, such as `functionId`, which names the agent, and `integrations`. */
  readonly settings?: Settings | undefined;
  /** The agent's name in events, where the settings have no `functionId`. */
  readonly agent?: string | undefined;
}

/** Settings of ai that are passed on as they are. */
export interface AiSdkTelemetrySettings {
  readonly integrations?: unknown;
  readonly functionId?: string;
}

/** The integration, as ai 7 calls it. All its methods are safe to call with anything, and none throws. */
export interface AiSdkIntegration {
  readonly onStart: (event: unknown) => void;
  readonly onStepEnd: (event: unknown) => void;
  readonly onObjectStepEnd: (event: unknown) => void;
  readonly onStepError: (event: unknown) => void;
  readonly onToolExecutionStart: (event: unknown) => void;
  readonly onToolExecutionEnd: (event: unknown) => void;
  readonly onEnd: (event: unknown) => void;
  readonly onAbort: (event: unknown) => void;
  readonly onError: (event: unknown) => void;
  readonly executeLanguageModelCall: <Result>(call: ScopedCall<Result>) => PromiseLike<Result>;
  readonly executeTool: <Result>(call: ScopedCall<Result>) => PromiseLike<Result>;
}

interface ScopedCall<Result> {
  readonly callId: string;
  /** Of a tool. */
  readonly toolCallId?: string;
  readonly execute: () => PromiseLike<Result>;
}

/** The value of the `telemetry` setting of ai 7. */
export type AiSdkTelemetry<Settings> = Omit<Settings, 'integrations'> & { readonly integrations: AiSdkIntegration[] };

const marker = Symbol.for('headroom.ai-sdk-integration');

/** Calls of ai whose runs are remembered; the oldest goes first. */
const MOST_CALLS = 10_000;

/** What ai calls that is a run of a language model; embedding, reranking, speech and so on are not. */
const RUN_OPERATIONS: readonly unknown[] = [
  undefined,
  'ai.generateText',
  'ai.streamText',
  'ai.generateObject',
  'ai.streamObject',
];

/**
 * Turns what ai 7 tells its telemetry integrations into runs, steps and tool calls, and runs model calls and tools within
 * the scope of their run. A call within a run gets a run of its own, unless a pre hook opened that run for this very
 * call.
 *
 * Integrations of a call replace those that are registered for the process, so the ones that would have been called stay
 * in the list: those in `settings`, or else the registered ones, read when ai reads them.
 */
export function createAiSdkTelemetry<Settings extends AiSdkTelemetrySettings>(
  options: AiSdkTelemetryOptions<Settings>,
): AiSdkTelemetry<Settings> {
  const integration = createIntegration(options);
  const own = options.settings?.integrations;
  const telemetry = {
    ...options.settings,
    get integrations(): AiSdkIntegration[] {
      const others = own ?? (globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown }).AI_SDK_TELEMETRY_INTEGRATIONS;
      const list = (Array.isArray(others) ? others : others === undefined ? [] : [others]) as AiSdkIntegration[];
      // One of ours for the same runs, registered for the process, would tell of every run twice.
      return [...list.filter((other) => !reportsTo(other, options.runs)), integration];
    },
  };
  return telemetry as unknown as AiSdkTelemetry<Settings>;
}

function reportsTo(integration: unknown, runs: RunTable): boolean {
  return typeof integration === 'object' && integration !== null && Reflect.get(integration, marker) === runs;
}

function createIntegration(options: AiSdkTelemetryOptions): AiSdkIntegration {
  const { runs, events, ids } = options;
  const calls = new Map<string, Call>();

  const report = (event: unknown, tell: (event: Facts, call: Call) => void): void => {
    try {
      const facts = factsOf(event);
      const call = calls.get(String(facts['callId']));
      if (call !== undefined) tell(facts, call);
    } catch (error) {
      events.fault('hook', 'An event of ai could not be read.', error);
    }
  };
  const start = (event: unknown): void => {
    try {
      const facts = factsOf(event);
      const { callId, operationId } = facts;
      if (typeof callId !== 'string' || !RUN_OPERATIONS.includes(operationId)) return;
      const around = currentRun();
      if (around !== undefined && runs.joinCall(around.runId)) {
        remember(calls, callId, { scope: around, isJoined: true });
        return;
      }
      const scope = scopeWithin(around, ids('run'), textOf(facts['functionId']) ?? options.agent);
      remember(calls, callId, { scope, isJoined: false });
      runs.start({ ...scope, provider: textOf(facts['provider']), model: textOf(facts['modelId']) });
    } catch (error) {
      events.fault('hook', 'The start of a call of ai could not be read.', error);
    }
  };
  const step = (event: unknown): void =>
    report(event, (_facts, { scope, isJoined }) => {
      if (!isJoined) runs.step(scope.runId);
    });
  const end = (event: unknown, endingOf: (event: Facts, call: Call) => Omit<RunOutput, 'runId'>): void =>
    report(event, (facts, call) => {
      calls.delete(String(facts['callId']));
      if (!call.isJoined) runs.end({ ...call.scope, ...endingOf(facts, call) });
    });
  const endFailed = (event: unknown): void => end(event, ({ error }) => ({ outcome: outcomeOf(error), error }));
  const within = <Result>({ callId, toolCallId, execute }: ScopedCall<Result>): PromiseLike<Result> => {
    const call = calls.get(callId);
    if (call === undefined) return execute();
    return withinRun(call.scope, () => runWork(events, { runId: call.scope.runId, toolCallId }, execute));
  };
  const withinAttempt = async <Result>(scoped: ScopedCall<Result>): Promise<Result> => {
    const call = calls.get(scoped.callId);
    if (call !== undefined) call.failure = undefined;
    try {
      return await within(scoped);
    } catch (error) {
      if (call !== undefined) call.failure = { error };
      throw error;
    }
  };

  const integration: AiSdkIntegration = {
    onStart: start,
    onStepEnd: step,
    onObjectStepEnd: step,
    onToolExecutionStart: (event) =>
      report(event, (facts, { scope }) => runs.startTool({ runId: scope.runId, ...toolOf(facts) })),
    onToolExecutionEnd: (event) =>
      report(event, (facts, { scope }) => {
        const { type, error, output } = factsOf(facts['toolOutput']);
        const failure =
          type === 'tool-error' ? { outcome: outcomeOf(error), error } : { outcome: 'ok' as const, output };
        runs.endTool({ runId: scope.runId, ...toolOf(facts), ...failure });
      }),
    // The step that fails is the last one. A stream may tell of nothing else, or tell of a good end after it.
    onStepError: endFailed,
    onError: endFailed,
    onAbort: (event) => end(event, ({ reason }) => ({ outcome: 'aborted', error: reason })),
    onEnd: (event) =>
      end(event, ({ finishReason, usage, totalUsage, steps, text }, { failure }) => ({
        // An error part in the middle of a stream ends the run as if all were well, but for this. Before ai 7.0.154 so does
        // a step whose call failed, with the finish reason of the step before it.
        ...(failure === undefined
          ? { outcome: finishReason === 'error' ? 'error' : 'ok', finishReason: textOf(finishReason) }
          : { outcome: outcomeOf(failure.error), error: failure.error }),
        usage: normalizeUsage(totalUsage ?? usage),
        stepCount: Array.isArray(steps) ? steps.length : undefined,
        output: text,
      })),
    executeLanguageModelCall: withinAttempt,
    executeTool: within,
  };
  return Object.defineProperty(integration, marker, { value: runs });
}

/** A call of ai that goes on. */
interface Call {
  readonly scope: RunScope;
  /** Whether another opened its run, and tells of its steps and its end. */
  readonly isJoined: boolean;
  /** Of the last attempt to call the model. */
  failure?: { readonly error: unknown } | undefined;
}

type Facts = Readonly<Record<string, unknown>>;

function factsOf(event: unknown): Facts {
  return typeof event === 'object' && event !== null ? (event as Facts) : {};
}

/** A run of its own, inside the one around it. */
function scopeWithin(around: RunScope | undefined, runId: string, agent: string | undefined): RunScope {
  return { runId, parentRunId: around?.runId, sessionId: around?.sessionId, agent };
}

function toolOf(event: Facts): { readonly toolCallId: string; readonly toolName: string; readonly input: unknown } {
  const { toolCallId, toolName, input } = factsOf(event['toolCall']);
  return { toolCallId: String(toolCallId), toolName: String(toolName), input };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function remember(calls: Map<string, Call>, callId: string, call: Call): void {
  calls.set(callId, call);
  if (calls.size <= MOST_CALLS) return;
  for (const oldest of calls.keys()) {
    calls.delete(oldest);
    return;
  }
}
