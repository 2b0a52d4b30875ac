import {
  checkOptions,
  hasMethods,
  isBoolean,
  isOneOf,
  isString,
  type OptionCheck,
  type OptionChecks,
} from '../check-options.ts';
import { HeadroomError } from '../headroom-error.ts';
import { limitWaiting } from '../retrieval/limit-waiting.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { checkTokenLimits, TOKEN_LIMIT_CHECKS, type TokenLimits } from './token-limits.ts';
import { compileToolRules, isToolRules, type ToolRule, type ToolRules } from './tool-rules.ts';

/** What may be left out of a tool result. */
export type Loss = 'none' | 'recoverable' | 'allowed';

/** `audit` measures what would be saved and changes nothing; `off` does not even look. */
export type Mode = 'optimize' | 'audit' | 'off';

export interface OptimizeOptions extends TokenLimits {
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
  /**
   * Whether a result that comes again may refer to the earlier one in the same messages. Turn it off where what sends
   * them drops old results afterwards. @default true
   */
  readonly references?: boolean | undefined;
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
  ...TOKEN_LIMIT_CHECKS,
  references: isBoolean,
} as const;

const CHECKS: OptionChecks<OptimizeOptions> = {
  ...ENGINE_OPTION_CHECKS,
  model: isString,
  provider: isString,
  signal: isSignal,
};

/** Options with every default filled in. */
export interface EngineSettings {
  readonly loss: Loss;
  readonly store: RetrievalStore | undefined;
  readonly scope: string;
  readonly toolRules: ToolRules;
  readonly mode: Mode;
  readonly limits: TokenLimits;
  readonly references: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Throws a `HeadroomError` for options that can not work. */
export function resolveOptions(options: OptimizeOptions): EngineSettings {
  checkOptions('optimizeMessages', options, CHECKS);
  checkTokenLimits('optimizeMessages', options);
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
    limits: options,
    references: options.references ?? true,
    signal: options.signal,
  };
}
