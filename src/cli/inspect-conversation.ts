import type { Decision } from '../compression/decision.ts';
import { createEngineMemo } from '../compression/engine-memo.ts';
import type { OptimizationMetrics } from '../compression/metrics.ts';
import { optimizeWith } from '../compression/optimize-messages.ts';
import { resolveOptions, type Loss } from '../compression/options.ts';
import { readToolResults, type ToolResult } from '../compression/read-tool-results.ts';
import { createMemoryStore } from '../retrieval/memory-store.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { tokenFamilyOf, type TokenFamily } from '../tokens/families.ts';
import { restoreResult, type Restoration } from './restore-result.ts';

export interface InspectOptions {
  readonly model: string;
  readonly provider?: string | undefined;
  readonly loss: Loss;
  readonly minTokens?: number | undefined;
  readonly targetTokens?: number | undefined;
  readonly maxTokens?: number | undefined;
  /** Whether every result is restored, to see that the original comes back. */
  readonly verify: boolean;
}

/** One tool result, before and after. */
export interface InspectedResult {
  /** Its place among the results, from 1. */
  readonly number: number;
  readonly decision: Decision;
  /** JSON text of the arguments of its call, or empty. */
  readonly toolArguments: string;
  /** `undefined` where the result has no text. */
  readonly textBefore: string | undefined;
  readonly textAfter: string | undefined;
  readonly restoration: Restoration;
}

export interface InspectedFault {
  readonly where: string;
  readonly name: string;
  readonly message: string;
}

export interface Inspection {
  readonly options: InspectOptions;
  readonly tokenFamily: TokenFamily;
  readonly messageCount: number;
  readonly metrics: OptimizationMetrics;
  readonly results: readonly InspectedResult[];
  /** What failed within the engine while the messages went through all the same. */
  readonly faults: readonly InspectedFault[];
}

/** Characters of originals that the store holds beside those of one conversation. */
const LEAST_STORE_BYTES = 67_108_864;
const BYTES_PER_CHARACTER = 2;

/** Optimizes a conversation as an agent with hooks would, its originals in memory, and keeps what it was made from. */
export async function inspectConversation(messages: readonly unknown[], options: InspectOptions): Promise<Inspection> {
  const { loss, minTokens, targetTokens, maxTokens } = options;
  const before = readToolResults(messages);
  const store = createMemoryStore({ maxBytes: LEAST_STORE_BYTES + BYTES_PER_CHARACTER * lengthOf(before) });
  const faults: InspectedFault[] = [];
  const tokenFamily = tokenFamilyOf(options.model, options.provider);
  const {
    messages: optimized,
    metrics,
    decisions,
  } = await optimizeWith(messages, {
    settings: resolveOptions({ loss, store, minTokens, targetTokens, maxTokens }),
    family: tokenFamily,
    memo: createEngineMemo(),
    onFault: (where, name, error) => faults.push({ where, name, message: String(error) }),
  });
  const after = readToolResults(optimized);
  const results: InspectedResult[] = [];
  for (const [index, decision] of decisions.entries()) {
    const textBefore = before[index]?.text;
    const textAfter = after[index]?.text;
    results.push({
      number: index + 1,
      decision,
      toolArguments: before[index]?.toolArguments ?? '',
      textBefore,
      textAfter,
      restoration: await restorationOf(options, { textBefore, textAfter, decision, store }),
    });
  }
  return { options, tokenFamily, messageCount: messages.length, metrics, results, faults };
}

async function restorationOf(
  { verify }: InspectOptions,
  {
    textBefore,
    textAfter,
    decision,
    store,
  }: Pick<InspectedResult, 'textBefore' | 'textAfter' | 'decision'> & {
    readonly store: RetrievalStore;
  },
): Promise<Restoration> {
  if (textBefore === undefined || textAfter === undefined || decision.rewriting === undefined) return 'unchanged';
  return verify ? restoreResult({ textBefore, textAfter, decision, store }) : 'not-checked';
}

/** Whether something that was looked at is not as it should be. */
export function hasFailed({ results, faults }: Inspection): boolean {
  return (
    faults.length > 0 ||
    results.some(
      ({ restoration, decision: { reason } }) =>
        restoration === 'failed' || reason === 'fault' || reason === 'store-failed',
    )
  );
}

function lengthOf(results: readonly ToolResult[]): number {
  return results.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
}
