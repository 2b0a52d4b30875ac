import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { TokenFamily } from '../tokens/families.ts';
import type * as CompressText from './compress-text.ts';
import type { CompressedText, CompressTextRequest, LosslessForm } from './compress-text.ts';
import type { Content } from './content.ts';
import type { Decision, DecisionReason } from './decision.ts';
import type { InnerTexts } from './envelopes/inner-texts.ts';
import { asRead, type EngineMemo } from './engine-memo.ts';
import type { Rewritten } from './judge.ts';
import type { EngineSettings } from './options.ts';
import type { OriginalKeeper } from './original-keeper.ts';
import type { ToolResult } from './read-tool-results.ts';
import type { EarlierReader } from './references/earlier-reader.ts';
import { referToEarlier } from './references/refer-to-earlier.ts';
import { mergeTokenLimits, type TokenLimits } from './token-limits.ts';

/** Told of what went wrong while the messages went through all the same. */
export type OnFault = (where: 'strategy' | 'store' | 'compression' | 'counter', name: string, error: unknown) => void;

export interface DecideContext {
  readonly settings: EngineSettings;
  readonly family: TokenFamily;
  readonly memo: EngineMemo;
  readonly onFault: OnFault;
  readonly count: TokenCounter;
  /** Everything that knows a kind of content. */
  readonly forms: Pick<
    typeof CompressText,
    | 'InnerTexts'
    | 'areWhole'
    | 'belowMinimum'
    | 'compressText'
    | 'detect'
    | 'findLossless'
    | 'judgeReference'
    | 'loadGrammarsFor'
  >;
  readonly earlier: EarlierReader;
  readonly originals: OriginalKeeper;
}

/** What becomes of one tool result. */
export interface Verdict {
  readonly decision: Decision;
  /** What is to be sent instead, if anything is. */
  readonly text?: string | undefined;
}

/** A longer text is not looked into: beyond this, counts are estimates, and no model reads so much anyway. */
const LARGEST_TEXT_CHARS = 4_194_304;

/** A reference to what the model has read already says all, so that it may be this much longer than a selection. */
const REFERENCE_ALLOWANCE = 1.5;

const EXTENTS = { none: 'lossless', recoverable: 'recoverable', allowed: 'lossy' } as const;

/** Decides about the next tool result of a conversation, given those before it. Never rejects. */
export async function decide(result: ToolResult, context: DecideContext): Promise<Verdict> {
  const { settings, count } = context;
  const { text } = result;
  if (text === undefined) return untouched(result, 'unsupported', { tokens: 0 });
  try {
    const rule = settings.toolRules(result.toolName);
    const limits = mergeTokenLimits(settings.limits, rule);
    const reason = settings.signal?.aborted === true ? 'aborted' : reasonToLeaveAlone(result, text, rule.policy);
    if (reason !== undefined) {
      return untouched(result, reason, { tokens: countOnce(text, count, context), ...limits });
    }
    const request: CompressTextRequest = {
      count,
      extent: rule.policy === 'lossless' ? 'lossless' : EXTENTS[settings.loss],
      query: result.query,
      limits,
      onFault: (strategy, error) => context.onFault('strategy', strategy, error),
    };
    return await choose(result, { text, request, compressed: await compressOnce(text, context, request) }, context);
  } catch (error) {
    context.onFault('compression', result.toolName ?? 'unknown', error);
    return untouched(result, 'fault', { tokens: 0 });
  }
}

function reasonToLeaveAlone(
  result: ToolResult,
  text: string,
  policy: 'off' | 'lossless' | 'recoverable',
): DecisionReason | undefined {
  if (result.untouchable !== undefined) return result.untouchable;
  // By the tool's name, never by a phrase in the text: that would be a shield anyone could put up.
  if (result.toolName === 'headroom_retrieve') return 'own-result';
  if (policy === 'off') return 'excluded-tool';
  return text.length > LARGEST_TEXT_CHARS ? 'too-large' : undefined;
}

interface Compressed {
  readonly text: string;
  readonly request: CompressTextRequest;
  readonly compressed: CompressedText;
}

/** Takes the best form, after its original is safe where one is needed. */
async function choose(result: ToolResult, forms: Compressed, context: DecideContext): Promise<Verdict> {
  const { text, request, compressed } = forms;
  const refer = (isRecoverable: boolean, compressed: CompressedText) =>
    compressed.isBelowMinimum || !context.settings.references
      ? undefined
      : referToEarlier(
          {
            text,
            request,
            compressed,
            losslessOf: () => losslessOnce(text, context, { ...request, inner: new context.forms.InnerTexts() }).form,
            isRecoverable,
          },
          context,
        );
  const best = bestOf(compressed, refer(request.extent === 'recoverable', compressed), request.limits);
  const id = best?.rewriting.retrievalId;
  if (id === undefined || context.settings.mode === 'audit') return verdict(result, forms, best);
  try {
    await context.originals.keep(id, text);
    return verdict(result, forms, best);
  } catch (error) {
    context.onFault('store', 'put', error);
    // As if nothing might be left out: what keeps values whole for what goes has no reason to.
    const whole = await compressOnce(text, context, { ...request, extent: 'lossless' });
    const lossless = refer(false, { ...whole, selected: undefined }) ?? whole.lossless;
    return verdict(result, { ...forms, compressed: whole }, lossless, 'store-failed');
  }
}

function bestOf(
  { selected, lossless }: CompressedText,
  reference: Rewritten | undefined,
  { maxTokens = Infinity }: TokenLimits,
): Rewritten | undefined {
  if (selected === undefined) return reference ?? lossless;
  if (reference === undefined || reference.tokens > maxTokens) return selected;
  return reference.tokens <= selected.tokens * REFERENCE_ALLOWANCE ? reference : selected;
}

function verdict(
  result: ToolResult,
  { compressed, request }: Compressed,
  chosen: Rewritten | undefined,
  reasonWithout?: DecisionReason,
): Verdict {
  const { tokens, contentKind } = compressed;
  const { maxTokens } = request.limits;
  if (chosen === undefined) {
    const reason = reasonWithout ?? (compressed.isBelowMinimum ? 'below-minimum' : 'not-smaller');
    return untouched(result, reason, { tokens, maxTokens, contentKind });
  }
  return {
    text: chosen.text,
    decision: {
      ...placeOf(result),
      contentKind,
      strategy: chosen.rewriting.strategy,
      reason: reasonWithout ?? 'compressed',
      tokensBefore: tokens,
      tokensAfter: chosen.tokens,
      ...overMax(chosen.tokens, maxTokens),
      rewriting: chosen.rewriting,
    },
  };
}

function untouched(
  result: ToolResult,
  reason: DecisionReason,
  about: { readonly tokens: number; readonly contentKind?: Decision['contentKind'] } & TokenLimits,
): Verdict {
  const { tokens, maxTokens, contentKind = 'text' } = about;
  return {
    decision: {
      ...placeOf(result),
      contentKind,
      strategy: 'none',
      reason,
      tokensBefore: tokens,
      tokensAfter: tokens,
      ...overMax(tokens, maxTokens),
    },
  };
}

function overMax(tokens: number, maxTokens = Infinity): Pick<Decision, 'isOverMax'> {
  return tokens > maxTokens ? { isOverMax: true } : {};
}

function placeOf({ messageIndex, partIndex, blockIndex, toolName, toolCallId, isNew }: ToolResult) {
  return { messageIndex, partIndex, blockIndex, toolName, toolCallId, isNew };
}

/** The memo's keys hold all that the outcome depends on: law L2 is only as good as this. */
async function compressOnce(
  text: string,
  context: DecideContext,
  request: CompressTextRequest,
): Promise<CompressedText> {
  const { memo, family, forms } = context;
  const { extent, query, limits } = request;
  const { minTokens, targetTokens = '', maxTokens = '' } = limits;
  const selection = extent === 'lossless' ? '' : `${targetTokens} ${maxTokens}\n${query}`;
  const key = `${family} ${extent} ${minTokens} ${selection}`;
  const remembered = memo.forms.get(text, key);
  if (remembered !== undefined) return remembered;
  const tokens = countOnce(text, request.count, context);
  if (tokens < minTokens) return memo.forms.put(text, key, forms.belowMinimum(tokens));
  const content = readOnce(text, context);
  const inner = new forms.InnerTexts();
  const onFault = (error: unknown): void => request.onFault('code-outline', error);
  let grammars = extent === 'lossless' ? undefined : await forms.loadGrammarsFor(content, inner, onFault);
  // Another text may have broken the parser while this one waited for it.
  while (grammars !== undefined && !forms.areWhole(grammars))
    grammars = await forms.loadGrammarsFor(content, inner, onFault);
  const lossless = (): LosslessForm => losslessOnce(text, context, { ...request, inner });
  const known = { tokens, content, inner, grammars, lossless };
  return memo.forms.put(text, key, forms.compressText(text, { ...request, known }));
}

/** What does not depend on the question. */
function losslessOnce(
  text: string,
  context: DecideContext,
  request: CompressTextRequest & { readonly inner: InnerTexts },
): LosslessForm {
  const { memo, family, forms } = context;
  return memo.lossless.getOrCompute(text, `${family} ${request.extent === 'lossless'}`, () =>
    forms.findLossless(readOnce(text, context), countOnce(text, request.count, context), request),
  );
}

function readOnce(text: string, { memo, forms }: DecideContext): Content {
  return memo.contents.getOrCompute(text, '', () => asRead(forms.detect(text))).content;
}

function countOnce(
  text: string,
  count: TokenCounter,
  { memo, family }: Pick<DecideContext, 'memo' | 'family'>,
): number {
  return memo.counts.getOrCompute(text, family, () => ({ tokens: count(text), sizeChars: 1 })).tokens;
}
