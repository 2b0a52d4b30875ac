import { checkOptions, isBoolean, isOneOf, isString, type OptionChecks } from '../check-options.ts';
import type { Loss, Mode } from '../compression/options.ts';
import { checkTokenLimits, TOKEN_LIMIT_CHECKS, type TokenLimits } from '../compression/token-limits.ts';
import { isToolRules, type ToolRule } from '../compression/tool-rules.ts';
import type { CallOptions } from './language-model.ts';

/** What one call can say of its own, as `providerOptions: { headroom: { ... } }`. It never reaches the provider. */
export interface HeadroomCallOptions extends TokenLimits {
  /** The run that this call belongs to, where the host does not keep it. */
  readonly runId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly loss?: Loss | undefined;
  readonly tools?: Readonly<Record<string, ToolRule>> | undefined;
  readonly references?: boolean | undefined;
}

const CHECKS: OptionChecks<HeadroomCallOptions> = {
  runId: isString,
  sessionId: isString,
  agent: isString,
  mode: isOneOf('optimize', 'audit', 'off'),
  loss: isOneOf('none', 'recoverable', 'allowed'),
  tools: isToolRules,
  ...TOKEN_LIMIT_CHECKS,
  references: isBoolean,
};

export interface TakenCallOptions<Options> {
  /** What the provider gets: the very same object when there was nothing to take out. */
  readonly options: Options;
  readonly own: HeadroomCallOptions;
  /** What was wrong with the options, which are then left out of account: a run does not fail for them. */
  readonly problem: unknown;
}

/** Takes our own options out of a call's. */
export function takeCallOptions<Options extends CallOptions>(options: Options): TakenCallOptions<Options> {
  const { providerOptions } = options;
  if (typeof providerOptions !== 'object' || providerOptions === null || !('headroom' in providerOptions)) {
    return { options, own: {}, problem: undefined };
  }
  const { headroom, ...others } = providerOptions;
  const stripped = withProviderOptions(options, others);
  try {
    const own = headroom as HeadroomCallOptions;
    checkOptions('providerOptions.headroom', own, CHECKS);
    checkTokenLimits('providerOptions.headroom', own);
    return { options: stripped, own, problem: undefined };
  } catch (problem) {
    return { options: stripped, own: {}, problem };
  }
}

/** A call that only spoke to us goes on as if it had not named any provider. */
function withProviderOptions<Options extends CallOptions>(
  options: Options,
  others: Readonly<Record<string, unknown>>,
): Options {
  if (Object.keys(others).length > 0) return { ...options, providerOptions: others };
  const { providerOptions: _providerOptions, ...rest } = options;
  return rest as Options;
}
