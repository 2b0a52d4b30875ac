import type { EndedBy, Outcome } from '../events/event.ts';
import type { TokenUsage } from '../tokens/normalize-usage.ts';
import type { RunScope } from './run-scope.ts';

/** What a pre hook is told: a run is about to start. */
export interface RunInput extends RunScope {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** What the agent was given, as the host has it. */
  readonly input?: unknown;
}

/** What a post hook is told: the run is over, however it ended. */
export interface RunOutput extends RunScope {
  readonly outcome: Outcome;
  readonly endedBy?: EndedBy | undefined;
  readonly error?: unknown;
  readonly finishReason?: string | undefined;
  /** Steps that the host counted. */
  readonly stepCount?: number | undefined;
  /** Usage that the host summed, for hosts whose model is not wrapped. */
  readonly usage?: TokenUsage | undefined;
  /** What the agent answered, as the host has it. */
  readonly output?: unknown;
}

/** A function, or an object with the method. */
export type PreHook = ((input: RunInput) => void | Promise<void>) | { preRun(input: RunInput): void | Promise<void> };
export type PostHook =
  | ((output: RunOutput) => void | Promise<void>)
  | { postRun(output: RunOutput): void | Promise<void> };
