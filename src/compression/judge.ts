import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { Grammars } from './code/load-grammars.ts';
import { minifiedSource } from './json/minified-source.ts';
import type { Content } from './content.ts';
import type { Rewriting } from './decision.ts';
import { contentId } from './content-id.ts';
import { referToEarlier } from './selection/earlier-lines.ts';
import type { EncodeManner, Selected, SelectionStrategy, Strategy } from './strategy.ts';

/** A text that could be sent instead of another. */
export interface Rewritten {
  readonly text: string;
  readonly tokens: number;
  readonly rewriting: Rewriting;
}

/** Everything that the engine knows how to do. */
export interface Repertoire {
  readonly strategies: readonly Strategy[];
  readonly selections: readonly SelectionStrategy[];
}

export interface JudgeContext {
  readonly count: TokenCounter;
  readonly repertoire: Repertoire;
  /** Told of a strategy that threw, or whose text does not decode to what it was made from. */
  readonly onFault: (strategy: string, error: unknown) => void;
}

/** A text has to shrink to this part of its best lossless form before it is worth leaving something out for it. */
const WORTHWHILE_RATIO = 0.75;

/** Below this, what is left out costs the model more attention than it saves. */
const LEAST_SELECTED_TOKENS = 1_000;

/** A reference to what the model has read already says all, so that it may be this much longer than a selection. */
const REFERENCE_ALLOWANCE = 1.5;

/** Below this, a reference is hardly shorter than what it refers to. */
const LEAST_REFERRED_TOKENS = 80;

/** Aim for this part of a result, within these bounds, when leaving out. */
const BUDGET_RATIO = 0.15;
const LEAST_BUDGET_TOKENS = 600;
const MOST_BUDGET_TOKENS = 2_500;

/**
 * The one place that decides: the smallest of the lossless forms by the model's own counter, if it is smaller than
 * `tokens` and its decoder gives the original back; else nothing. Every text that wins was decoded before it is sent.
 */
export function judgeLossless(
  content: Content,
  tokens: number,
  context: JudgeContext & EncodeManner,
): Rewritten | undefined {
  const candidates: Rewritten[] = [];
  for (const strategy of context.repertoire.strategies) {
    if (!strategy.kinds.includes(content.kind)) continue;
    try {
      const encoded = strategy.encode(content, context);
      // Longer in characters is never shorter in tokens by enough to be worth a count.
      if (encoded === undefined || encoded.text === '' || encoded.text.length > content.text.length) continue;
      const rewriting: Rewriting = { strategy: strategy.name, form: encoded.form };
      candidates.push({ text: encoded.text, tokens: context.count(encoded.text), rewriting });
    } catch (error) {
      context.onFault(strategy.name, error);
    }
  }
  candidates.sort((a, b) => a.tokens - b.tokens);
  return candidates.find((candidate) => candidate.tokens < tokens && isFaithful(content, candidate, context));
}

export interface SelectionContext extends JudgeContext {
  readonly query: string;
  readonly isRecoverable: boolean;
  readonly grammars: Grammars | undefined;
  /** A result that the model has read in full and that is like this one. */
  readonly earlier: { readonly text: string; readonly name: string } | undefined;
}

/**
 * The smallest text that leaves something out, if leaving out is worth it beside the best lossless form. It names the
 * original's id: the caller stores the original before the text is sent.
 */
export function judgeSelection(
  content: Content,
  best: { readonly tokens: number },
  context: SelectionContext,
): Rewritten | undefined {
  if (best.tokens < LEAST_REFERRED_TOKENS) return undefined;
  const retrievalId = context.isRecoverable ? contentId(content.text) : undefined;
  const selected =
    best.tokens < LEAST_SELECTED_TOKENS ? undefined : smallestSelection(content, best, context, retrievalId);
  const reference = smallestReference(content, best, context, retrievalId);
  if (selected === undefined || reference === undefined) return selected ?? reference;
  return reference.tokens <= selected.tokens * REFERENCE_ALLOWANCE ? reference : selected;
}

function smallestSelection(
  content: Content,
  best: { readonly tokens: number },
  context: SelectionContext,
  retrievalId: string | undefined,
): Rewritten | undefined {
  const { query, count, grammars } = context;
  const budgetTokens = Math.min(
    MOST_BUDGET_TOKENS,
    Math.max(LEAST_BUDGET_TOKENS, Math.round(best.tokens * BUDGET_RATIO)),
  );
  let smallest: Rewritten | undefined;
  for (const selection of context.repertoire.selections) {
    if (!selection.kinds.includes(content.kind)) continue;
    try {
      const selected = selection.select(content, { query, budgetTokens, count, retrievalId, grammars });
      const rewritten = asRewritten(selection.name, selected, { context, retrievalId, best });
      if (rewritten !== undefined && rewritten.tokens < (smallest?.tokens ?? Infinity)) smallest = rewritten;
    } catch (error) {
      context.onFault(selection.name, error);
    }
  }
  return smallest;
}

function smallestReference(
  content: Content,
  best: { readonly tokens: number },
  context: SelectionContext,
  retrievalId: string | undefined,
): Rewritten | undefined {
  const { earlier } = context;
  if (earlier === undefined) return undefined;
  try {
    const selected = referToEarlier(content.text, { earlier: earlier.text, name: earlier.name, retrievalId });
    return asRewritten('earlier-result', selected, { context, retrievalId, best });
  } catch (error) {
    context.onFault('earlier-result', error);
    return undefined;
  }
}

/** A selection that is worth taking: it leaves something out, says where that is, and is small enough. */
function asRewritten(
  strategy: string,
  selected: Selected | undefined,
  { context, retrievalId, best }: { context: JudgeContext; retrievalId: string | undefined; best: { tokens: number } },
): Rewritten | undefined {
  if (selected === undefined || selected.leftOut.length === 0) return undefined;
  const { text, unit, total, leftOut: ranges } = selected;
  if (retrievalId !== undefined && !text.includes(retrievalId)) return undefined;
  const tokens = context.count(text);
  if (tokens > best.tokens * WORTHWHILE_RATIO) return undefined;
  return { text, tokens, rewriting: { strategy, retrievalId, leftOut: { unit, total, ranges } } };
}

function isFaithful(content: Content, { text, rewriting }: Rewritten, context: JudgeContext): boolean {
  const strategy = context.repertoire.strategies.find(({ name }) => name === rewriting.strategy);
  try {
    const decoded = strategy?.decode(text, rewriting.form);
    if (decoded !== undefined && isSameText(content, decoded)) return true;
    context.onFault(rewriting.strategy, new Error('The text does not decode to what it was made from.'));
  } catch (error) {
    context.onFault(rewriting.strategy, error);
  }
  return false;
}

/** JSON up to insignificant white space, everything else character by character. */
function isSameText(content: Content, decoded: string): boolean {
  if (decoded === content.text) return true;
  return content.kind === 'json' && minifiedSource(decoded) === minifiedSource(content.text);
}
