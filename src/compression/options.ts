import {
  checkOptions,
  hasMethods,
  isCount,
  isOneOf,
  isString,
  type OptionCheck,
  type OptionChecks,
} from '../check-options.ts';
import { HeadroomError } from '../headroom-error.ts';
import { limitWaiting } from '../retrieval/limit-waiting.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { compileToolRules, isToolRules, type ToolRule, type ToolRules } from './tool-rules.ts';

/** What may be left out of a tool result. */
export type Loss = 'none' | 'recoverable' | 'allowed';

/** `audit` measures what would be saved and changes nothing; `off` does not even look. */
export type Mode = 'optimize' | 'audit' | 'off';

export interface OptimizeOptions {
  /** The model that will read the messages, for counting tokens. @default 'gpt-4o' */
  readonly model?: string | undefined;
  /** Its provider, where the model's id does not tell the family. */
  readonly provider?: string | undefined;
  /**
   * `none`: only encodings that a decoder can undo. `recoverable`: originals go to the `store`, so offer the model
   * `headroom_retrieve` in the same call. `allowed`: may be lost for good. @default 'none'
   */
  readonly loss?: Loss | undefined;
  /** Where originals go; `recoverable` needs it. */
  readonly store?: RetrievalStore | undefined;
  /** Keeps the originals of one tenant from another's. @default 'default' */
  readonly scope?: string | undefined;
  /** A rule per tool name, or per glob such as `mcp__*`. An exact name wins over a glob, an earlier glob over a later. */
  readonly tools?: Readonly<Record<string, ToolRule>> | undefined;
  /** @default 'optimize' */
  readonly mode?: Mode | undefined;
  /** Results with fewer tokens are left alone. @default 20 */
  readonly minTokens?: number | undefined;
  /** Once aborted, what is left goes through as it is. */
  readonly signal?: AbortSignal | undefined;
}

const isSignal: OptionCheck = (value) => (value instanceof AbortSignal ? undefined : 'has to be an AbortSignal');

/** The checks that every place which takes these options shares. */
export const ENGINE_OPTION_CHECKS = {
  loss: isOneOf('none', 'recoverable', 'allowed'),
  store: hasMethods('a store with put, get and delete, such as createMemoryStore()', 'put', 'get', 'delete'),
  scope: isString,
  tools: isToolRules,
  mode: isOneOf('optimize', 'audit', 'off'),
  minTokens: isCount,
} as const;

const CHECKS: OptionChecks<OptimizeOptions> = {
  ...ENGINE_OPTION_CHECKS,
  model: isString,
  provider: isString,
  signal: isSignal,
};

/** Below this a result is not worth the model's getting used to another form. */
export const DEFAULT_MIN_TOKENS = 20;

/** Options with every default filled in. */
export interface EngineSettings {
  readonly loss: Loss;
  readonly store: RetrievalStore | undefined;
  readonly scope: string;
  readonly toolRules: ToolRules;
  readonly mode: Mode;
  readonly minTokens: number;
  readonly signal: AbortSignal | undefined;
}

/** Throws a `HeadroomError` for options that can not work. */
export function resolveOptions(options: OptimizeOptions): EngineSettings {
  checkOptions('optimizeMessages', options, CHECKS);
  const loss = options.loss ?? 'none';
  if (loss === 'recoverable' && options.store === undefined) {
    throw new HeadroomError(
      'missing-store',
      "loss: 'recoverable' needs a store for the originals: pass store: createMemoryStore().",
    );
  }
  return {
    loss,
    store: options.store === undefined ? undefined : limitWaiting(options.store),
    scope: options.scope ?? 'default',
    toolRules: compileToolRules(options.tools),
    mode: options.mode ?? 'optimize',
    minTokens: options.minTokens ?? DEFAULT_MIN_TOKENS,
    signal: options.signal,
  };
}
