import { errorName, type HeadroomEvents, type Unsubscribe } from '../events/bus.ts';
import type { Clock } from '../events/clock.ts';
import type { EndedBy, Outcome } from '../events/event.ts';
import { tellToolContent } from '../events/contents.ts';
import type { NextId } from '../events/ids.ts';
import type { TokenUsage } from '../tokens/normalize-usage.ts';
import { addSavings } from './add-savings.ts';
import { costOfRun } from './cost-facts.ts';
import { hashArguments } from './hash-arguments.ts';
import type { RunInput, RunOutput } from './hook.ts';
import { OpenRun, type OpenTool } from './open-run.ts';
import { RecentIds } from './recent-ids.ts';
import { currentRun, type RunScope } from './run-scope.ts';

export interface RunTableOptions {
  readonly events: HeadroomEvents;
  readonly clock: Clock;
  readonly ids: NextId;
  /** Most runs that are open at once; one more ends the one that was silent longest. */
  readonly runLimit: number;
  /** A run that is silent for this long is ended as abandoned. */
  readonly runTimeToLiveMs: number;
}

export interface ToolCall {
  /** The run that the tool works for. @default the run that this code is part of */
  readonly runId: string | undefined;
  readonly toolCallId: string;
  readonly toolName: string;
  /** What the tool is called with, where its host tells that at its start, or at its end alone. Events carry a hash of it. */
  readonly input?: unknown;
}

/** How a tool call ended. */
export interface ToolEnding {
  readonly outcome: Outcome;
  readonly error?: unknown;
  /** What the tool gave, where its host tells; it is told to those alone who listen to content. */
  readonly output?: unknown;
}

/**
 * The runs that are open. It emits `run.start`, `run.end`, `tool.start` and `tool.end`, each start with exactly one end,
 * and sums what the model calls of a run used and saved.
 */
export interface RunTable {
  /**
   * Opens a run and returns its id. A run that is open already, or was lately, is not opened again. The run that this
   * code is part of becomes the parent, unless one is named; a parent that is open hands down its session.
   */
  start(run: Omit<RunInput, 'runId'> & { readonly runId?: string | undefined }): string;
  /** Says that the host that opened this run is about to make the call that the run is of. */
  awaitCall(runId: string): void;
  /**
   * Whether a call is the one that the run around it was opened for: true once after `awaitCall`, while nothing has
   * happened in the run. What tells of such a call must not open a run for it, nor end the one that is there.
   */
  joinCall(runId: string): boolean;
  /** Counts a step and keeps the run alive. */
  step(runId: string): void;
  /** Opens a tool call of an open run. A call id that comes again in one run gets a suffix: `call_0~2`. */
  startTool(call: ToolCall): void;
  /** Ends a tool call that is open; any other does nothing. */
  endTool(call: ToolCall & ToolEnding): void;
  /** Ends a run once; a second call, or one for a run that is not open, does nothing. Returns whether it ended it. */
  end(output: RunOutput): boolean;
  readonly openRunCount: number;
  /** Ends all that is open, as aborted, and stops listening. Nothing opens after it. */
  close(): void;
}

/** A table of its own for this bus, listening until it is closed. */
export function createRunTable(options: RunTableOptions): RunTable {
  return new OpenRuns(options);
}

/** Ids of ended runs that are remembered, so that what comes late does not open them again. */
const REMEMBERED_RUNS = 10_000;
/** Longest delay that a timer takes; above it Node fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** Ancestors that are kept alive by a run, so that a ring of parents ends somewhere. */
const MOST_ANCESTORS = 100;

class OpenRuns implements RunTable {
  private readonly options: RunTableOptions;
  /** The run that was silent longest comes first. */
  private readonly open = new Map<string, OpenRun>();
  private readonly ended = new RecentIds(REMEMBERED_RUNS);
  private readonly unsubscribes: readonly Unsubscribe[];
  private cancelSweep: (() => void) | undefined;
  private closed = false;

  constructor(options: RunTableOptions) {
    this.options = options;
    const { events } = options;
    this.unsubscribes = [
      events.on('model.start', ({ runId, provider, model }) => {
        this.touch(runId)?.countModelCall(provider, model);
      }),
      events.on('model.end', (call) => {
        this.touch(call.runId)?.endModelCall(call);
      }),
      events.on('compression.end', (compression) => {
        const run = this.touch(compression.runId);
        if (run !== undefined) run.savings = addSavings(run.savings, compression);
      }),
      events.on('retrieval.end', ({ runId }) => {
        this.touch(runId);
      }),
    ];
  }

  get openRunCount(): number {
    return this.open.size;
  }

  start(input: Omit<RunInput, 'runId'> & { readonly runId?: string | undefined }): string {
    const runId = input.runId ?? this.options.ids('run');
    if (this.closed || this.ended.has(runId) || this.touch(runId) !== undefined) return runId;
    const oldest = this.open.size >= this.options.runLimit ? this.open.values().next().value : undefined;
    if (oldest !== undefined) this.finish(oldest, { outcome: 'aborted', endedBy: 'capacity' });

    const run = new OpenRun(this.scopeOf(runId, input), input, this.options.clock.monotonicMs());
    this.open.set(runId, run);
    this.touch(run.scope.parentRunId);
    this.options.events.emit('run.start', () => ({ ...run.scope, provider: input.provider, model: input.model }));
    this.scheduleSweep();
    return runId;
  }

  awaitCall(runId: string): void {
    const run = this.open.get(runId);
    if (run !== undefined) run.awaitsCall = true;
  }

  joinCall(runId: string): boolean {
    const run = this.open.get(runId);
    if (run === undefined) return false;
    // Where nobody told of the call itself, the first to ask may be a call that one of its tools makes.
    const isFirst = run.awaitsCall && run.modelCallCount + run.toolCallCount + run.stepCount === 0;
    run.awaitsCall = false;
    return isFirst;
  }

  step(runId: string): void {
    const run = this.touch(runId);
    if (run !== undefined) run.stepCount += 1;
  }

  startTool(call: ToolCall): void {
    const run = this.touch(call.runId ?? currentRun()?.runId);
    if (run === undefined) return;
    const tool = run.openTool(call, this.options.clock.monotonicMs());
    if (tool === undefined) return;
    const surplus = run.takeSurplusTool();
    if (surplus !== undefined) this.finishTool(run, surplus, { outcome: 'aborted', endedBy: 'capacity' });
    const { toolCallId, toolName } = tool;
    const { input } = call;
    this.options.events.emit('tool.start', () => ({
      ...run.scope,
      toolCallId,
      toolName,
      argumentsHash: hashArguments(input),
    }));
    tellToolContent(this.options.events, { of: 'arguments', runId: run.scope.runId, toolCallId, value: input });
  }

  endTool(call: ToolCall & ToolEnding): void {
    const run = this.touch(call.runId ?? currentRun()?.runId);
    const tool = run?.tools.get(call.toolCallId);
    if (run === undefined || tool === undefined) return;
    run.tools.delete(call.toolCallId);
    const said = { runId: run.scope.runId, toolCallId: tool.toolCallId };
    const { events } = this.options;
    if (!tool.hasInput) tellToolContent(events, { of: 'arguments', ...said, value: call.input });
    tellToolContent(events, { of: 'result', ...said, value: call.output });
    this.finishTool(run, tool, { outcome: call.outcome, endedBy: 'host', error: call.error });
  }

  end(output: RunOutput): boolean {
    const run = this.open.get(output.runId);
    if (run === undefined) return false;
    this.finish(run, output);
    return true;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const run of this.open.values()) this.finish(run, { outcome: 'aborted', endedBy: 'close' });
    this.cancelSweep?.();
    this.cancelSweep = undefined;
    for (const unsubscribe of this.unsubscribes) unsubscribe();
  }

  /** Who the run is, with what it takes over from the run around it. */
  private scopeOf(runId: string, input: Omit<RunScope, 'runId'>): RunScope {
    const around = currentRun();
    const isInside = around !== undefined && around.runId !== runId;
    const parentRunId = input.parentRunId ?? (isInside ? around.runId : undefined);
    const parent = parentRunId === undefined ? undefined : this.open.get(parentRunId)?.scope;
    const sessionId = input.sessionId ?? parent?.sessionId ?? (isInside ? around.sessionId : undefined);
    return { runId, parentRunId, sessionId, agent: input.agent };
  }

  /** Marks a run, and the runs it works for, as alive now. */
  private touch(runId: string | undefined): OpenRun | undefined {
    const run = runId === undefined ? undefined : this.open.get(runId);
    let alive = run;
    for (let count = 0; alive !== undefined && count < MOST_ANCESTORS; count += 1) {
      alive.lastActiveMs = this.options.clock.monotonicMs();
      this.open.delete(alive.scope.runId);
      this.open.set(alive.scope.runId, alive);
      alive = alive.scope.parentRunId === undefined ? undefined : this.open.get(alive.scope.parentRunId);
    }
    return run;
  }

  private finish(run: OpenRun, output: RunEnding): void {
    // Out of the table before anyone is told, so that a listener that ends it again finds nothing.
    this.open.delete(run.scope.runId);
    this.ended.add(run.scope.runId);
    const endedBy = output.endedBy ?? 'host';
    for (const tool of run.tools.values()) this.finishTool(run, tool, { outcome: 'aborted', endedBy });
    run.tools.clear();
    const { provider, model } = run;
    const { events } = this.options;
    const usage = run.usage ?? output.usage;
    events.emit('run.end', () => ({
      ...run.scope,
      provider,
      model,
      outcome: output.outcome,
      endedBy,
      errorType: errorTypeOf(output),
      finishReason: output.finishReason,
      stepCount: output.stepCount ?? (run.stepCount > 0 ? run.stepCount : run.modelCallCount),
      modelCallCount: run.modelCallCount,
      toolCallCount: run.toolCallCount,
      usage,
      savings: run.savings,
      costUsd: run.usage === undefined ? costOfRun(events, { provider, model, usage }) : run.costUsd,
      costSavedUsd: run.costSavedUsd,
      durationMs: this.options.clock.monotonicMs() - run.startedMs,
    }));
    if (this.open.size === 0) {
      this.cancelSweep?.();
      this.cancelSweep = undefined;
    }
  }

  private finishTool(run: OpenRun, tool: OpenTool, ending: RunEnding): void {
    this.options.events.emit('tool.end', () => ({
      ...run.scope,
      toolCallId: tool.toolCallId,
      toolName: tool.toolName,
      outcome: ending.outcome,
      endedBy: ending.endedBy ?? 'host',
      errorType: errorTypeOf(ending),
      durationMs: this.options.clock.monotonicMs() - tool.startedMs,
    }));
  }

  private scheduleSweep(): void {
    const oldest = this.open.values().next().value;
    if (this.cancelSweep !== undefined || oldest === undefined || this.closed) return;
    const dueInMs = oldest.lastActiveMs + this.options.runTimeToLiveMs - this.options.clock.monotonicMs();
    // A timer may fire a fraction of a millisecond early: never wait less than one.
    const delayMs = Math.min(Math.max(Math.ceil(dueInMs), 1), LONGEST_DELAY_MS);
    this.cancelSweep = this.options.clock.schedule(() => this.sweep(), delayMs);
  }

  private sweep(): void {
    this.cancelSweep = undefined;
    const silentSinceMs = this.options.clock.monotonicMs() - this.options.runTimeToLiveMs;
    for (const run of this.open.values()) {
      if (run.lastActiveMs > silentSinceMs) break;
      this.finish(run, { outcome: 'aborted', endedBy: 'time-to-live' });
    }
    this.scheduleSweep();
  }
}

interface RunEnding {
  readonly outcome: Outcome;
  readonly endedBy?: EndedBy | undefined;
  readonly error?: unknown;
  readonly finishReason?: string | undefined;
  readonly stepCount?: number | undefined;
  readonly usage?: TokenUsage | undefined;
}

function errorTypeOf({ outcome, error }: RunEnding): string | undefined {
  return outcome === 'error' && error !== undefined ? errorName(error) : undefined;
}
