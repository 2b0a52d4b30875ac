import type { HeadroomEvents } from '../events/bus.ts';
import type { NextId } from '../events/ids.ts';
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
  /** The run that these settings belong to, for a host that makes them anew for each call. @default a new run per call */
  readonly run?: RunScope | undefined;
  /** Called once when a run is over. @default ends it in the table */
  readonly onRunEnd?: ((output: RunOutput) => void | Promise<void>) | undefined;
}

/** Settings of ai that are passed on as they are. */
export interface AiSdkTelemetrySettings {
  readonly integrations?: unknown;
  readonly functionId?: string | undefined;
}

/** The integration, as ai 7 calls it. All its methods are safe to call with anything, and none throws. */
export interface AiSdkIntegration {
  onStart(event: unknown): void;
  onStepEnd(event: unknown): void;
  onObjectStepEnd(event: unknown): void;
  onStepError(event: unknown): Promise<void>;
  onToolExecutionStart(event: unknown): void;
  onToolExecutionEnd(event: unknown): void;
  onEnd(event: unknown): Promise<void>;
  onAbort(event: unknown): Promise<void>;
  onError(event: unknown): Promise<void>;
  executeLanguageModelCall<Result>(call: ScopedCall<Result>): PromiseLike<Result>;
  executeTool<Result>(call: ScopedCall<Result>): PromiseLike<Result>;
}

interface ScopedCall<Result> {
  readonly callId: string;
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
 * the scope of their run. Integrations of a call replace those that are registered for the process, so the ones that
 * would have been called stay in the list: those in `settings`, or else the registered ones, read when ai reads them.
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
  const calls = new Map<string, RunScope>();

  const guard = (report: () => void): void => {
    try {
      report();
    } catch (error) {
      events.fault('hook', 'An event of ai could not be read.', error);
    }
  };
  const end = async (event: unknown, ending: (event: Facts) => Omit<RunOutput, 'runId'>): Promise<void> => {
    try {
      const facts = factsOf(event);
      const scope = scopeOf(facts, calls);
      if (scope === undefined) return;
      calls.delete(String(facts['callId']));
      const output: RunOutput = { ...scope, ...ending(facts) };
      if (options.onRunEnd === undefined) runs.end(output);
      else await options.onRunEnd(output);
    } catch (error) {
      events.fault('hook', 'The end of a run of ai could not be reported.', error);
    }
  };
  const endFailed = (event: unknown): Promise<void> =>
    end(event, ({ error }) => ({ outcome: outcomeOf(error), error }));
  const within = <Result>({ callId, execute }: ScopedCall<Result>): PromiseLike<Result> => {
    const scope = calls.get(callId);
    return scope === undefined ? execute() : withinRun(scope, execute);
  };
  const step = (event: unknown): void =>
    guard(() => {
      const scope = scopeOf(factsOf(event), calls);
      if (scope !== undefined) runs.step(scope.runId);
    });

  const integration: AiSdkIntegration = {
    onStart: (event) =>
      guard(() => {
        const facts = factsOf(event);
        const { callId, operationId } = facts;
        if (typeof callId !== 'string' || !RUN_OPERATIONS.includes(operationId)) return;
        const scope = options.run ?? newScope(facts, ids);
        runs.start({ ...scope, provider: textOf(facts['provider']), model: textOf(facts['modelId']) });
        remember(calls, callId, scope);
      }),
    onStepEnd: step,
    onObjectStepEnd: step,
    onToolExecutionStart: (event) =>
      guard(() => {
        const facts = factsOf(event);
        const scope = scopeOf(facts, calls);
        if (scope !== undefined) runs.startTool({ runId: scope.runId, ...toolOf(facts) });
      }),
    onToolExecutionEnd: (event) =>
      guard(() => {
        const facts = factsOf(event);
        const scope = scopeOf(facts, calls);
        if (scope === undefined) return;
        const { type, error } = factsOf(facts['toolOutput']);
        const failure = type === 'tool-error' ? { outcome: outcomeOf(error), error } : { outcome: 'ok' as const };
        runs.endTool({ runId: scope.runId, ...toolOf(facts), ...failure });
      }),
    // The step that fails is the last one. A stream may tell of nothing else, or tell of a good end after it.
    onStepError: endFailed,
    onError: endFailed,
    onAbort: (event) => end(event, ({ reason }) => ({ outcome: 'aborted', error: reason })),
    onEnd: (event) =>
      end(event, ({ finishReason, usage, totalUsage, steps, text }) => ({
        // An error part in the middle of a stream ends the run as if all were well, but for this.
        outcome: finishReason === 'error' ? 'error' : 'ok',
        finishReason: textOf(finishReason),
        usage: normalizeUsage(totalUsage ?? usage),
        stepCount: Array.isArray(steps) ? steps.length : undefined,
        output: text,
      })),
    executeLanguageModelCall: within,
    executeTool: within,
  };
  return Object.defineProperty(integration, marker, { value: runs });
}

type Facts = Readonly<Record<string, unknown>>;

function factsOf(event: unknown): Facts {
  return typeof event === 'object' && event !== null ? (event as Facts) : {};
}

function scopeOf(event: Facts, calls: ReadonlyMap<string, RunScope>): RunScope | undefined {
  const { callId } = event;
  return typeof callId === 'string' ? calls.get(callId) : undefined;
}

/** A run of its own, inside the one that this code is part of. */
function newScope(event: Facts, ids: NextId): RunScope {
  const around = currentRun();
  return {
    runId: ids('run'),
    parentRunId: around?.runId,
    sessionId: around?.sessionId,
    agent: textOf(event['functionId']),
  };
}

function toolOf(event: Facts): { readonly toolCallId: string; readonly toolName: string } {
  const { toolCallId, toolName } = factsOf(event['toolCall']);
  return { toolCallId: String(toolCallId), toolName: String(toolName) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function remember(calls: Map<string, RunScope>, callId: string, scope: RunScope): void {
  calls.set(callId, scope);
  if (calls.size <= MOST_CALLS) return;
  for (const oldest of calls.keys()) {
    calls.delete(oldest);
    return;
  }
}
