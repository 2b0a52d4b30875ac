import type { Decision } from './decision.ts';

/** Tokens of tool results by the counter of the model they were sent to. `tokensSaved` is before less after. */
export interface TokenSavings {
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly tokensSaved: number;
}

/**
 * What was saved in one conversation. Tokens are those of its tool results, the only text that may change: sums by tool
 * and by strategy equal the total.
 */
export interface OptimizationMetrics extends TokenSavings {
  /** 0 to 100, of `tokensBefore`; 0 where there was nothing to save on. */
  readonly savingsPercent: number;
  /** Names of the strategies whose text was taken, each once, in order of first use. */
  readonly transformsApplied: readonly string[];
  readonly durationMs: number;
  readonly byTool: Readonly<Record<string, TokenSavings>>;
  readonly byStrategy: Readonly<Record<string, TokenSavings>>;
}

export function summarize(decisions: readonly Decision[], durationMs: number): OptimizationMetrics {
  const total = savingsOf(decisions);
  const applied = decisions.filter(({ strategy }) => strategy !== 'none').map(({ strategy }) => strategy);
  return {
    ...total,
    savingsPercent: total.tokensBefore === 0 ? 0 : (100 * total.tokensSaved) / total.tokensBefore,
    transformsApplied: [...new Set(applied)],
    durationMs,
    byTool: groupSavings(decisions, ({ toolName }) => toolName ?? 'unknown'),
    byStrategy: groupSavings(decisions, ({ strategy }) => strategy),
  };
}

function groupSavings(
  decisions: readonly Decision[],
  nameOf: (decision: Decision) => string,
): Readonly<Record<string, TokenSavings>> {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const name = nameOf(decision);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [decision]);
    else members.push(decision);
  }
  return Object.fromEntries([...groups].map(([name, members]) => [name, savingsOf(members)]));
}

function savingsOf(decisions: readonly Decision[]): TokenSavings {
  let tokensBefore = 0;
  let tokensAfter = 0;
  for (const decision of decisions) {
    tokensBefore += decision.tokensBefore;
    tokensAfter += decision.tokensAfter;
  }
  return { tokensBefore, tokensAfter, tokensSaved: tokensBefore - tokensAfter };
}
