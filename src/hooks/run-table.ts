import type { HeadroomEvents } from '../events/bus.ts';
import type { Clock } from '../events/clock.ts';
import type { NextId } from '../events/ids.ts';
import type { Outcome } from '../events/event.ts';
import type { RunInput, RunOutput } from './hook.ts';

export interface RunTableOptions {
  readonly events: HeadroomEvents;
  readonly clock: Clock;
  readonly ids: NextId;
  /** Most runs that are open at once; one more ends the one that was silent longest. */
  readonly runLimit: number;
  /** A run that is silent for longer than this is ended as abandoned. */
  readonly runTimeToLiveMs: number;
}

export interface ToolCall {
  readonly runId: string | undefined;
  readonly toolCallId: string;
  readonly toolName: string;
}

/**
 * The runs that are open. It emits `run.start`, `run.end`, `tool.start` and `tool.end`, each start with exactly one end,
 * and sums what the model calls of a run used and saved.
 */
export interface RunTable {
  /** Opens a run, unless it is open already, and returns its id. */
  start(run: Omit<RunInput, 'runId'> & { readonly runId?: string | undefined }): string;
  /** Counts a step and keeps the run alive. */
  step(runId: string): void;
  startTool(call: ToolCall): void;
  endTool(call: ToolCall & { readonly outcome: Outcome; readonly error?: unknown }): void;
  /** Ends a run once; a second call, or one for a run that is not open, does nothing. Returns whether it ended it. */
  end(output: RunOutput): boolean;
  readonly openRunCount: number;
  /** Ends all that is open, as aborted. */
  close(): void;
}

export declare function createRunTable(options: RunTableOptions): RunTable;
