import type { Clock } from '../../src/events/clock.ts';
import type { HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import type { TestedHost } from './compatibility/tested-host.ts';
import type { ScriptedProvider } from './scripted-provider.ts';

export interface HostCall {
  readonly prompt: string;
  readonly abortSignal?: AbortSignal;
}

export interface HostAnswer {
  readonly text: string;
  /** The conversation as the host keeps it, as JSON. */
  readonly history: string;
}

/** An agent of one host. */
export interface Host {
  generate(call: HostCall): Promise<HostAnswer>;
  /** Reads the stream to its end, then rejects if it held an error or an abort. */
  stream(call: HostCall): Promise<HostAnswer>;
  /** Reads the stream up to the first text, and leaves. */
  leave(call: HostCall): Promise<void>;
}

/** A tool, before a driver makes it one of its host's. */
export interface ToolDefinition {
  readonly description: string;
  /** JSON Schema of an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly execute: (input: never) => Promise<unknown>;
}

export interface HostSetup {
  /** The provider's model, for hosts whose adapter does not want it wrapped. */
  readonly provider: ScriptedProvider;
  /** The same model: wrapped in a `HeadroomModel` where there are hooks. */
  readonly model: LanguageModelLike;
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  /** Left out for the host alone. */
  readonly hooks?: HeadroomHooks;
  /** Of the hooks, for adapters that make models of their own. */
  readonly clock?: Clock;
}

/** What agents are told that are told anything. */
export const INSTRUCTIONS = 'Look after the shop.';

/** A way to use the hooks in one host. */
export interface HostDriver {
  readonly name: string;
  /** The package and the version that the results are of. */
  readonly host: TestedHost;
  /** Of the model that the host is given. */
  readonly specificationVersion: 'v3' | 'v4';
  start(setup: HostSetup): Host;
  /** Whether the host tells of its tools and of why its model stopped. */
  readonly reportsDetails: boolean;
  /** `false` where the host tells why its model stopped, and nothing of its tools. @default as `reportsDetails` */
  readonly reportsTools?: false;
  /** Whether its agents are told `INSTRUCTIONS`. */
  readonly isInstructed?: true;
  /** Who notices that a reader has left a stream. */
  readonly abandonedRunsEndBy: 'host' | 'reader' | 'time-to-live';
  /** Where the host tells nobody but the reader that a connection broke in the middle of a stream. @default 'host' */
  readonly brokenStreamsEndBy?: 'time-to-live';
}
