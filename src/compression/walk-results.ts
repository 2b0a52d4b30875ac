import { decide, type DecideContext, type Verdict } from './decide.ts';
import type { DecisionReason } from './decision.ts';
import type { ToolResult } from './read-tool-results.ts';
import { EarlierReader } from './references/earlier-reader.ts';
import type { WalkMemo, WalkStep } from './walk-memo.ts';

/** What was decided for a reason that may be gone in the next turn is decided again. */
const PASSING_REASONS: ReadonlySet<DecisionReason> = new Set(['store-failed', 'fault', 'aborted']);

/** Decides about the tool results of a conversation one after another; those known from an earlier turn are looked up. */
export async function walkResults(
  results: readonly ToolResult[],
  context: Omit<DecideContext, 'earlier'>,
): Promise<readonly WalkStep[]> {
  const { settings, memo, family } = context;
  const { loss, mode, scope, references, limits } = settings;
  const { minTokens, targetTokens, maxTokens } = limits;
  const settingsKey = JSON.stringify([family, loss, mode, scope, references, minTokens, targetTokens, maxTokens]);
  const taken =
    settings.signal?.aborted === true ? undefined : memo.walks.take(settingsKey, results, settings.toolRules);
  const steps = taken === undefined ? [] : await goOver(taken, results, context);
  const isWhole = taken !== undefined && steps.length === taken.walk.steps.length;
  const reader = isWhole ? taken.walk.reader : readAgain(steps, context);
  for (const result of results.slice(steps.length)) {
    const verdict = await decide(result, { ...context, earlier: reader });
    reader.read(result, verdict.decision, verdict.text ?? result.text);
    steps.push({ result, rule: settings.toolRules(result.toolName), verdict });
  }
  memo.walks.remember({ settingsKey, steps, reader });
  return steps;
}

/** The steps that are as they were, up to the first of which that is not sure. */
async function goOver(
  { walk, known }: NonNullable<ReturnType<WalkMemo['take']>>,
  results: readonly ToolResult[],
  context: Pick<DecideContext, 'settings' | 'originals'>,
): Promise<WalkStep[]> {
  const steps: WalkStep[] = [];
  const kept: Promise<number>[] = [];
  for (const [index, step] of walk.steps.slice(0, known).entries()) {
    const result = results[index];
    if (result === undefined || PASSING_REASONS.has(step.verdict.decision.reason)) break;
    const id = step.verdict.decision.rewriting?.retrievalId;
    if (id !== undefined && context.settings.mode !== 'audit') {
      // One that fails is decided about again, and that says what went wrong.
      kept.push(
        context.originals.keep(id, result.text ?? '').then(
          () => Infinity,
          () => index,
        ),
      );
    }
    steps.push({ ...step, result, verdict: withPlace(step.verdict, result) });
  }
  const end = Math.min(...(await Promise.all(kept)), steps.length);
  return steps.slice(0, end);
}

/** Only whether the model reads it for the first time is another in the next turn. */
function withPlace(verdict: Verdict, { isNew }: ToolResult): Verdict {
  return verdict.decision.isNew === isNew ? verdict : { ...verdict, decision: { ...verdict.decision, isNew } };
}

function readAgain(steps: readonly WalkStep[], { memo }: Pick<DecideContext, 'memo'>): EarlierReader {
  const reader = new EarlierReader(memo);
  for (const { result, verdict } of steps) reader.read(result, verdict.decision, verdict.text ?? result.text);
  return reader;
}
