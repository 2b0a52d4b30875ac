import type { Verdict } from './decide.ts';
import type { ToolResult } from './read-tool-results.ts';
import type { EarlierReader } from './references/earlier-reader.ts';
import type { ResolvedToolRule } from './tool-rules.ts';

/** One tool result of a conversation, and what was decided about it. */
export interface WalkStep {
  readonly result: ToolResult;
  readonly rule: ResolvedToolRule;
  readonly verdict: Verdict;
}

/** A way through the tool results of a conversation, which its next turn goes on from. */
export interface Walk {
  /** All that decisions depend on besides the results before them and the rules of their tools. */
  readonly settingsKey: string;
  readonly steps: WalkStep[];
  /** Has read what the steps are about. */
  readonly reader: EarlierReader;
}

const MOST_WALKS = 16;
/** How much text the walks that are remembered may be about. */
const MOST_CHARS = 16_000_000;

/**
 * Remembers the latest ways through conversations, so that a turn decides about what is new in it alone. A decision
 * depends on nothing but what stands before it and the settings, so that one remembered is the one that would be made.
 */
export class WalkMemo {
  #walks: { readonly walk: Walk; readonly chars: number }[] = [];

  /**
   * The walk that knows most of these results from the first on, at least one, and how many. It is nobody else's until
   * it is remembered again.
   */
  take(
    settingsKey: string,
    results: readonly ToolResult[],
    ruleOf: (toolName: string | undefined) => ResolvedToolRule,
  ): { readonly walk: Walk; readonly known: number } | undefined {
    let best: { readonly at: number; readonly walk: Walk; readonly known: number } | undefined;
    for (const [at, { walk }] of this.#walks.entries()) {
      if (walk.settingsKey !== settingsKey) continue;
      const known = countKnown(walk.steps, results, ruleOf);
      if (known > (best?.known ?? 0)) best = { at, walk, known };
    }
    if (best !== undefined) this.#walks.splice(best.at, 1);
    return best;
  }

  remember(walk: Walk): void {
    const chars = walk.steps.reduce((sum, { result }) => sum + (result.text?.length ?? 0), 0);
    if (chars > MOST_CHARS) return;
    this.#walks.push({ walk, chars });
    let total = this.#walks.reduce((sum, each) => sum + each.chars, 0);
    while (this.#walks.length > MOST_WALKS || total > MOST_CHARS) total -= this.#walks.shift()?.chars ?? 0;
  }
}

function countKnown(
  steps: readonly WalkStep[],
  results: readonly ToolResult[],
  ruleOf: (toolName: string | undefined) => ResolvedToolRule,
): number {
  let known = 0;
  for (const result of results) {
    const step = steps[known];
    if (step === undefined || !isSame(step.result, result) || !isSameRule(step.rule, ruleOf(result.toolName))) break;
    known++;
  }
  return known;
}

/** The longest strings last: those of a host that keeps its messages are the same in memory. */
function isSame(one: ToolResult, other: ToolResult): boolean {
  return (
    one.messageIndex === other.messageIndex &&
    one.partIndex === other.partIndex &&
    one.blockIndex === other.blockIndex &&
    one.untouchable === other.untouchable &&
    one.toolName === other.toolName &&
    one.toolCallId === other.toolCallId &&
    one.toolArguments === other.toolArguments &&
    one.text === other.text &&
    one.query === other.query
  );
}

function isSameRule(one: ResolvedToolRule, other: ResolvedToolRule): boolean {
  return (
    one.policy === other.policy &&
    one.minTokens === other.minTokens &&
    one.targetTokens === other.targetTokens &&
    one.maxTokens === other.maxTokens
  );
}
