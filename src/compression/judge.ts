import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { Grammars } from './code/load-grammars.ts';
import { minifiedSource } from './json/minified-source.ts';
import { type Content, type ContentKind, isJsonText } from './content.ts';
import type { Rewriting } from './decision.ts';
import { contentId } from './content-id.ts';
import type { InnerTexts } from './envelopes/inner-texts.ts';
import { cutText } from './selection/cut-text.ts';
import type { EncodeManner, Selected, SelectionRequest, SelectionStrategy, Strategy } from './strategy.ts';
import type { TokenLimits } from './token-limits.ts';

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
  /** What is known of the texts within the text already. */
  readonly inner?: InnerTexts | undefined;
  readonly repertoire: Repertoire;
  /** Told of a strategy that threw, or whose text does not decode to what it was made from. */
  readonly onFault: (strategy: string, error: unknown) => void;
}

/** A text has to shrink to this part of its best lossless form before it is worth leaving something out for it. */
const WORTHWHILE_RATIO = 0.75;

/** Below this, what is left out costs the model more attention than it saves. */
const LEAST_SELECTED_TOKENS = 1_000;

/** Aim for this part of a result, within these bounds, when leaving out. */
const BUDGET_RATIO = 0.15;
const LEAST_BUDGET_TOKENS = 600;
const MOST_BUDGET_TOKENS = 2_500;

/**
 * Of a text of so many tokens something is left out before its lossless forms are made, which take longest: what comes to
 * no more than this part of it is smaller than any of them in all but one of a hundred texts.
 */
const LARGE_TOKENS = 12_000;
const SURELY_WORTHWHILE_RATIO = 0.1;
/** Aim for this part of a large text: lossless forms come to half of it. */
const LARGE_BUDGET_RATIO = 0.08;

/** A selection that is larger than allowed is made so many times, each time with at most this part of the budget. */
const MOST_ATTEMPTS = 3;
const MOST_NEXT_SHARE = 0.6;

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
  for (const [strategy, reading] of pairsOf(context.repertoire.strategies, content)) {
    try {
      const encoded = strategy.encode(reading, context);
      if (encoded === undefined || encoded.text === '' || isLonger(encoded.text, content.text)) continue;
      const rewriting: Rewriting = { strategy: strategy.name, form: encoded.form };
      candidates.push({ text: encoded.text, tokens: context.count(encoded.text), rewriting });
    } catch (error) {
      context.onFault(strategy.name, error);
    }
  }
  candidates.sort((a, b) => a.tokens - b.tokens);
  return candidates.find((candidate) => candidate.tokens < tokens && isFaithful(content, candidate, context));
}

/**
 * Longer in characters is never shorter in tokens by enough to be worth a count, but for indentations: one of them is one
 * token, however long.
 */
function isLonger(text: string, original: string): boolean {
  if (text.length <= original.length) return false;
  let spare = original.length;
  for (const [line] of text.matchAll(/[^\n]+/g)) {
    spare -= line.trimStart().length + 2;
    if (spare < 0) return true;
  }
  return false;
}

/** What knows a text, with the text as it knows it: opened where it carries others, and as a whole. */
function pairsOf<Known extends { readonly kinds: readonly ContentKind[] }>(
  known: readonly Known[],
  content: Content,
): readonly (readonly [Known, Content])[] {
  const readings = 'whole' in content ? [content, content.whole] : [content];
  return readings.flatMap((reading) =>
    known.filter(({ kinds }) => kinds.includes(reading.kind)).map((one) => [one, reading] as const),
  );
}

export interface SelectionContext extends JudgeContext {
  readonly query: string;
  readonly isRecoverable: boolean;
  readonly limits: TokenLimits;
  readonly grammars?: Grammars | undefined;
}

/** What was left out of a large text before its lossless forms were made. */
export interface LargeSelection {
  readonly selected: Rewritten | undefined;
  /** Whether it is so small that no lossless form has to be made. */
  readonly isSmall: boolean;
}

/** The smallest text that leaves something out of a large one, where limits leave that to us. */
export function judgeLarge(content: Content, tokens: number, context: SelectionContext): LargeSelection | undefined {
  const { targetTokens, maxTokens } = context.limits;
  if (tokens < LARGE_TOKENS || targetTokens !== undefined || maxTokens !== undefined) return undefined;
  const request = requestOf(content, clampBudget(tokens * LARGE_BUDGET_RATIO), context);
  const mostTokens = tokens * SURELY_WORTHWHILE_RATIO;
  const selected = smallestSelection(content, { request, mostTokens }, context);
  return { selected, isSmall: selected !== undefined && selected.tokens <= mostTokens };
}

/** Whether what was left out is worth it beside the best lossless form. */
export function isWorthwhile(selected: Rewritten, best: { readonly tokens: number }): boolean {
  return best.tokens >= LEAST_SELECTED_TOKENS && selected.tokens <= best.tokens * WORTHWHILE_RATIO;
}

function requestOf(
  content: Content,
  budgetTokens: number,
  { query, count, isRecoverable, grammars, inner, onFault }: SelectionContext,
): SelectionRequest {
  const retrievalId = isRecoverable ? contentId(content.text) : undefined;
  return { query, budgetTokens, count, retrievalId, grammars, inner, onFault };
}

/**
 * The smallest text that leaves something out, if leaving out is worth it beside the best lossless form, or if that is
 * larger than `maxTokens`: then what is found has no more, but for a notice that alone has more. It names the original's
 * id: the caller stores the original before the text is sent.
 */
export function judgeSelection(
  content: Content,
  best: { readonly tokens: number },
  context: SelectionContext,
): Rewritten | undefined {
  const { query, count } = context;
  const { targetTokens, maxTokens = Infinity } = context.limits;
  const isTooLarge = best.tokens > maxTokens;
  const leastTokens = targetTokens === undefined ? LEAST_SELECTED_TOKENS : targetTokens / WORTHWHILE_RATIO;
  if (!isTooLarge && best.tokens < leastTokens) return undefined;
  const mostTokens = isTooLarge ? maxTokens : best.tokens * WORTHWHILE_RATIO;
  let request = requestOf(
    content,
    Math.min(targetTokens ?? clampBudget(best.tokens * BUDGET_RATIO), maxTokens),
    context,
  );
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const selected = smallestSelection(content, { request, mostTokens }, context);
    if (selected === undefined) break;
    if (selected.tokens <= mostTokens) return selected;
    if (!isTooLarge) return undefined;
    const share = Math.min(MOST_NEXT_SHARE, maxTokens / selected.tokens);
    request = { ...request, budgetTokens: Math.floor(request.budgetTokens * share) };
  }
  if (!isTooLarge) return undefined;
  const { retrievalId } = request;
  const { name, selected } = cutText(content, { query, maxTokens, count, retrievalId });
  return asRewritten(name, selected, count, retrievalId);
}

function clampBudget(tokens: number): number {
  return Math.min(MOST_BUDGET_TOKENS, Math.max(LEAST_BUDGET_TOKENS, Math.round(tokens)));
}

/** The smallest text that leaves something out and aims for a budget, if it is worth leaving out beside `best`. */
export function selectWithin(
  content: Content,
  best: { readonly tokens: number },
  request: SelectionRequest,
  context: JudgeContext,
): Rewritten | undefined {
  const mostTokens = best.tokens * WORTHWHILE_RATIO;
  const selected = smallestSelection(content, { request, mostTokens }, context);
  return selected === undefined || selected.tokens > mostTokens ? undefined : selected;
}

interface SelectionAim {
  readonly request: SelectionRequest;
  readonly mostTokens: number;
}

/**
 * The first that comes to the budget, or else the smallest. A text that carries others is left out of within these; as a
 * whole only where that does not come to `mostTokens`.
 */
function smallestSelection(
  content: Content,
  { request, mostTokens }: SelectionAim,
  context: JudgeContext,
): Rewritten | undefined {
  let smallest: Rewritten | undefined;
  for (const [selection, reading] of pairsOf(context.repertoire.selections, content)) {
    if (smallest !== undefined && smallest.tokens <= mostTokens && reading !== content) break;
    try {
      const selected = selection.select(reading, request);
      if (selected === undefined || !isHonest(selected, request.retrievalId)) continue;
      const rewritten = asRewritten(selection.name, selected, context.count, request.retrievalId);
      if (rewritten.tokens < (smallest?.tokens ?? Infinity)) smallest = rewritten;
      if (rewritten.tokens <= request.budgetTokens) break;
    } catch (error) {
      context.onFault(selection.name, error);
    }
  }
  return smallest;
}

/** It leaves something out, and says where that is. */
function isHonest({ text, leftOut }: Selected, retrievalId: string | undefined): boolean {
  return leftOut.length > 0 && (retrievalId === undefined || text.includes(retrievalId));
}

function asRewritten(
  strategy: string,
  { text, unit, total, leftOut: ranges }: Selected,
  count: TokenCounter,
  retrievalId?: string,
): Rewritten {
  return { text, tokens: count(text), rewriting: { strategy, retrievalId, leftOut: { unit, total, ranges } } };
}

/** Whether the text decodes to the content; whose fault it is if not, `onFault` is told. */
export function isFaithful(
  content: Content,
  { text, rewriting }: Pick<Rewritten, 'text' | 'rewriting'>,
  context: JudgeContext,
): boolean {
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
  return isJsonText(content) && minifiedSource(decoded) === minifiedSource(content.text);
}
