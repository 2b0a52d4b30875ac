import { isCount, isPositive } from '../check-options.ts';
import { HeadroomError } from '../headroom-error.ts';
import type { ToolRule } from './tool-rules.ts';

/** How large a tool result should be, in tokens of the model that reads it. */
export interface TokenLimits {
  /** Results with fewer tokens are left alone. @default 20 */
  readonly minTokens?: number | undefined;
  /**
   * What to aim for where something is left out. Failures and what was asked for may take more. @default 15 % of the
   * result, but no less than 600 and no more than 2,500
   */
  readonly targetTokens?: number | undefined;
  /**
   * What no result should exceed. Where leaving out is allowed, a larger one is cut to this whatever it is; where it is
   * not, the decision says `isOverMax`. @default none
   */
  readonly maxTokens?: number | undefined;
}

export const TOKEN_LIMIT_CHECKS = { minTokens: isCount, targetTokens: isPositive, maxTokens: isPositive } as const;

/** Below this a result is not worth the model's getting used to another form. */
export const DEFAULT_MIN_TOKENS = 20;

export interface OwnTokenLimits extends TokenLimits {
  readonly tools?: Readonly<Record<string, ToolRule>> | undefined;
}

/** Throws a `HeadroomError` for limits that contradict one another, those of a tool together with those for all. */
export function checkTokenLimits(owner: string, limits: OwnTokenLimits): void {
  checkOrder(owner, limits, limits);
  for (const [name, rule] of Object.entries(limits.tools ?? {})) {
    if (typeof rule === 'object')
      checkOrder(`The rule of ${owner} for "${name}"`, rule, mergeTokenLimits(limits, rule));
  }
}

/** What holds for one tool: its own limits, and where it has none those for all. A maximum limits any target. */
export function mergeTokenLimits(all: TokenLimits, own: TokenLimits): TokenLimits & { readonly minTokens: number } {
  const maxTokens = own.maxTokens ?? all.maxTokens;
  const targetTokens = own.targetTokens ?? all.targetTokens;
  return {
    minTokens: own.minTokens ?? all.minTokens ?? DEFAULT_MIN_TOKENS,
    targetTokens: own.targetTokens === undefined ? atMost(targetTokens, maxTokens) : targetTokens,
    maxTokens,
  };
}

function atMost(tokens: number | undefined, most: number | undefined): number | undefined {
  return tokens === undefined || most === undefined ? tokens : Math.min(tokens, most);
}

function checkOrder(owner: string, own: TokenLimits, { minTokens, targetTokens, maxTokens }: TokenLimits): void {
  if (maxTokens === undefined) return;
  const least = minTokens ?? DEFAULT_MIN_TOKENS;
  if (own.targetTokens !== undefined && targetTokens !== undefined && targetTokens > maxTokens) {
    throw new HeadroomError(
      'invalid-option',
      `${owner} aims for more than it allows: targetTokens ${targetTokens} has to be at most maxTokens ${maxTokens}.`,
    );
  }
  if (least > maxTokens) {
    throw new HeadroomError(
      'invalid-option',
      `${owner} leaves alone what it does not allow: minTokens ${least} has to be at most maxTokens ${maxTokens}.`,
    );
  }
}
