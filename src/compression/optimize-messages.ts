import { loadTokenCounter } from '../tokens/count-tokens.ts';
import { tokenFamilyOf, type TokenFamily } from '../tokens/families.ts';
import { CopyOnWrite } from './copy-on-write.ts';
import type { DecideContext } from './decide.ts';
import type { Decision } from './decision.ts';
import { createEngineMemo } from './engine-memo.ts';
import { summarize, type OptimizationMetrics } from './metrics.ts';
import { resolveOptions, type OptimizeOptions } from './options.ts';
import { OriginalKeeper } from './original-keeper.ts';
import { readToolResults } from './read-tool-results.ts';
import { walkResults } from './walk-results.ts';

export interface OptimizedMessages<Messages> {
  /** The very list that was given when nothing changed; else a copy that shares all that did not. */
  readonly messages: Messages;
  readonly metrics: OptimizationMetrics;
  /** One per tool result, in order. */
  readonly decisions: readonly Decision[];
}

const sharedMemo = createEngineMemo();

/**
 * Rewrites the tool results of a conversation in fewer tokens, and touches nothing else. Takes OpenAI chat messages, items
 * of OpenAI's Responses API and Agents SDK, Anthropic messages, messages of LangChain and of Strands Agents, AI SDK
 * `ModelMessage`s and AI SDK prompts, and returns the shape that it was given.
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
    family: familyOf(options),
    memo: sharedMemo,
    onFault: () => {},
  });
}

/** How tokens are counted by these options. */
export function familyOf({ model = 'gpt-4o', provider }: Pick<OptimizeOptions, 'model' | 'provider'>): TokenFamily {
  return tokenFamilyOf(model, provider);
}

export type OptimizeContext = Pick<DecideContext, 'settings' | 'family' | 'memo' | 'onFault'>;

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
    const [count, forms] = await Promise.all([
      loadTokenCounter(family, (error) => context.onFault('counter', family, error)),
      import('./compress-text.ts'),
    ]);
    const originals = new OriginalKeeper(settings.store, settings.scope);
    const wiring = { ...context, count, forms, originals };
    for (const { result, verdict } of await walkResults(readToolResults(messages), wiring)) {
      const { decision, text } = verdict;
      decisions.push(decision);
      if (text !== undefined && settings.mode === 'optimize') draft.replace(result.path, result.rewrite(text));
    }
  }
  return { messages: draft.result, metrics: summarize(decisions, performance.now() - startMs), decisions };
}
