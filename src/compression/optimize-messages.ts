import { loadTokenCounter, type TokenCounter } from '../tokens/count-tokens.ts';
import { tokenFamilyOf, type TokenFamily } from '../tokens/families.ts';
import { CopyOnWrite } from './copy-on-write.ts';
import type { CompressedText, CompressTextRequest } from './compress-text.ts';
import type { Decision, DecisionReason } from './decision.ts';
import { EarlierReader, type NamedResult } from './earlier-reader.ts';
import { createEngineMemo, type EngineMemo } from './engine-memo.ts';
import type { Rewritten } from './judge.ts';
import { OriginalKeeper } from './original-keeper.ts';
import { summarize, type OptimizationMetrics } from './metrics.ts';
import { resolveOptions, type EngineSettings, type OptimizeOptions } from './options.ts';
import { readToolResults, type ToolResult } from './read-tool-results.ts';

export interface OptimizedMessages<Messages> {
  /** The very list that was given when nothing changed; else a copy that shares all that did not. */
  readonly messages: Messages;
  readonly metrics: OptimizationMetrics;
  /** One per tool result, in order. */
  readonly decisions: readonly Decision[];
}

/** Told of what went wrong while the messages went through all the same. */
export type OnFault = (where: 'strategy' | 'store' | 'compression' | 'counter', name: string, error: unknown) => void;

/** A longer text is not looked into: beyond this, counts are estimates, and no model reads so much anyway. */
const LARGEST_TEXT_CHARS = 4_194_304;

const sharedMemo = createEngineMemo();

/**
 * Rewrites the tool results of a conversation in fewer tokens, and touches nothing else. Takes OpenAI chat messages,
 * Anthropic messages, AI SDK `ModelMessage`s and AI SDK prompts, and returns the shape that it was given.
 *
 * What a message becomes depends on itself, the messages before it and the options: text that was sent once is sent the
 * same in every later turn. Rejects with a `HeadroomError` for options that can not work, and for nothing else.
 */
export async function optimizeMessages<const Messages extends readonly unknown[]>(
  messages: Messages,
  options: OptimizeOptions = {},
): Promise<OptimizedMessages<Messages>> {
  const settings = resolveOptions(options);
  return optimizeWith(messages, {
    settings,
    family: tokenFamilyOf(options.model ?? 'gpt-4o', options.provider),
    memo: sharedMemo,
    onFault: () => {},
  });
}

export interface OptimizeContext {
  readonly settings: EngineSettings;
  readonly family: TokenFamily;
  readonly memo: EngineMemo;
  readonly onFault: OnFault;
}

/** `optimizeMessages` for callers that hold on to their settings. Never rejects. */
export async function optimizeWith<const Messages extends readonly unknown[]>(
  messages: Messages,
  context: OptimizeContext,
): Promise<OptimizedMessages<Messages>> {
  const startMs = performance.now();
  const { settings, family } = context;
  const draft = new CopyOnWrite(messages);
  const decisions: Decision[] = [];
  if (settings.mode !== 'off') {
    // On first use: everything that knows a kind of content is most of what importing the package would cost.
    const [count, engine] = await Promise.all([
      loadTokenCounter(family, (error) => context.onFault('counter', family, error)),
      import('./compress-text.ts'),
    ]);
    const earlier = new EarlierReader(context.memo);
    const originals = new OriginalKeeper(settings.store, settings.scope);
    for (const result of readToolResults(messages)) {
      const { decision, text } = await decide(result, {
        ...context,
        count,
        engine,
        earlier,
        originals,
      });
      decisions.push(decision);
      earlier.read(result, decision);
      if (text !== undefined && settings.mode === 'optimize') draft.replace(result.path, result.rewrite(text));
    }
  }
  return { messages: draft.result, metrics: summarize(decisions, performance.now() - startMs), decisions };
}

interface Verdict {
  readonly decision: Decision;
  /** What is to be sent instead, if anything is. */
  readonly text?: string | undefined;
}

/** What knows every kind of content. */
type Engine = typeof import('./compress-text.ts');

interface DecideContext extends OptimizeContext {
  readonly count: TokenCounter;
  readonly engine: Engine;
  readonly earlier: EarlierReader;
  readonly originals: OriginalKeeper;
}

async function decide(result: ToolResult, context: DecideContext): Promise<Verdict> {
  const { settings, count } = context;
  const { text } = result;
  if (text === undefined) return untouched(result, 'unsupported', 0);
  try {
    const rule = settings.toolRules(result.toolName);
    const reason = settings.signal?.aborted === true ? 'aborted' : reasonToLeaveAlone(result, text, rule.policy);
    if (reason !== undefined) return untouched(result, reason, countOnce(text, count, context));
    const extent = rule.policy === 'lossless' || settings.loss === 'none' ? 'lossless' : EXTENTS[settings.loss];
    const compressed = await compressOnce(text, context, {
      count,
      extent,
      query: result.query,
      earlier: extent === 'lossless' ? undefined : context.earlier.findSimilar(text),
      minTokens: rule.minTokens ?? settings.minTokens,
      onFault: (strategy, error) => context.onFault('strategy', strategy, error),
    });
    return await choose(result, compressed, context);
  } catch (error) {
    context.onFault('compression', result.toolName ?? 'unknown', error);
    return untouched(result, 'fault', 0);
  }
}

const EXTENTS = { recoverable: 'recoverable', allowed: 'lossy' } as const;

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

/** Takes the smaller form, after its original is safe where one is needed. */
async function choose(result: ToolResult, compressed: CompressedText, context: DecideContext): Promise<Verdict> {
  const { selected, lossless } = compressed;
  const leftOut = selected?.rewriting;
  if (selected === undefined || leftOut === undefined) return verdict(result, compressed, lossless);
  if (leftOut.retrievalId === undefined || context.settings.mode === 'audit') {
    return verdict(result, compressed, selected);
  }
  try {
    await context.originals.keep(leftOut.retrievalId, result.text ?? '');
    return verdict(result, compressed, selected);
  } catch (error) {
    context.onFault('store', 'put', error);
    return verdict(result, compressed, lossless, 'store-failed');
  }
}

function verdict(
  result: ToolResult,
  compressed: CompressedText,
  chosen: Rewritten | undefined,
  reasonWithout?: DecisionReason,
): Verdict {
  const { tokens: tokensBefore, contentKind } = compressed;
  const reason = reasonWithout ?? (compressed.isBelowMinimum ? 'below-minimum' : 'not-smaller');
  if (chosen === undefined) return { decision: { ...untouched(result, reason, tokensBefore).decision, contentKind } };
  return {
    text: chosen.text,
    decision: {
      ...placeOf(result),
      contentKind,
      strategy: chosen.rewriting.strategy,
      reason: reasonWithout ?? 'compressed',
      tokensBefore,
      tokensAfter: chosen.tokens,
      rewriting: chosen.rewriting,
    },
  };
}

function untouched(result: ToolResult, reason: DecisionReason, tokens: number): Verdict {
  return {
    decision: {
      ...placeOf(result),
      contentKind: 'text',
      strategy: 'none',
      reason,
      tokensBefore: tokens,
      tokensAfter: tokens,
    },
  };
}

function placeOf({ messageIndex, partIndex, blockIndex, toolName, toolCallId, isNew }: ToolResult) {
  return { messageIndex, partIndex, blockIndex, toolName, toolCallId, isNew };
}

interface CompressOnceRequest extends CompressTextRequest {
  readonly earlier: NamedResult | undefined;
}

/** The memo's key holds all that the outcome depends on: law L2 is only as good as this. */
async function compressOnce(
  text: string,
  { memo, family, engine }: DecideContext,
  request: CompressOnceRequest,
): Promise<CompressedText> {
  const { extent, minTokens, query, earlier } = request;
  const reference = earlier === undefined ? '' : `${earlier.number} ${earlier.name}`;
  const key = `${family} ${extent} ${minTokens} ${extent === 'lossless' ? '' : `${reference}\n${query}`}`;
  const known = memo.forms.get(text, key);
  if (known !== undefined) return known;
  const onFault = (error: unknown): void => request.onFault('code-outline', error);
  let grammars = extent === 'lossless' ? undefined : await engine.loadGrammarsFor(text, onFault);
  // Another text may have broken the parser while this one waited for it.
  while (grammars !== undefined && !engine.areWhole(grammars)) grammars = await engine.loadGrammarsFor(text, onFault);
  return memo.forms.put(text, key, engine.compressText(text, { ...request, grammars }));
}

function countOnce(text: string, count: TokenCounter, { memo, family }: OptimizeContext): number {
  const compute = (): CompressedText => ({
    contentKind: 'text',
    tokens: count(text),
    isBelowMinimum: true,
    lossless: undefined,
    selected: undefined,
    sizeChars: 0,
  });
  return memo.forms.getOrCompute(text, `${family} count`, compute).tokens;
}
