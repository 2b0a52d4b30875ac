import type { HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import type { AiSdkVersion } from './ai-sdk-version.ts';

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

export interface HostSetup {
  readonly model: LanguageModelLike;
  readonly tools: Readonly<Record<string, unknown>>;
  /** Left out for the host alone. */
  readonly hooks?: HeadroomHooks;
}

/** A way to use the hooks in one host. */
export interface HostDriver {
  readonly name: string;
  readonly version: AiSdkVersion;
  start(setup: HostSetup): Host;
  /** Whether the host tells of its tools and of why its model stopped. */
  readonly reportsDetails: boolean;
  /** Who notices that a reader has left a stream. */
  readonly abandonedRunsEndBy: 'host' | 'time-to-live';
}
