import type { CallEnd } from '../../model/language-model.ts';
import { fieldOf } from '../field-of.ts';

/** Strands' words for why a model stopped, in those of the AI SDK. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['endTurn', 'stop'],
  ['stopSequence', 'stop'],
  ['toolUse', 'tool-calls'],
  ['maxTokens', 'length'],
  ['modelContextWindowExceeded', 'length'],
  ['contentFiltered', 'content-filter'],
  ['guardrailIntervened', 'content-filter'],
  ['refusal', 'content-filter'],
]);

/**
 * Providers that count what was read from the cache or written to it beside the input, and not within it. Of others Strands
 * tells by the total, which then is more than the input and the output.
 */
const COUNT_CACHE_ASIDE: readonly string[] = ['anthropic', 'amazon-bedrock'];

/** What a call of Strands' used and why its model stopped, as a model of the AI SDK tells it. */
export function endOfCall(
  { usage, stopReason }: { readonly usage: unknown; readonly stopReason: unknown },
  provider: string,
): CallEnd {
  return { usage: usageOf(usage, provider), finishReason: finishReasonOf(stopReason) };
}

export function finishReasonOf(stopReason: unknown): string | undefined {
  return typeof stopReason === 'string' ? (REASONS.get(stopReason) ?? 'other') : undefined;
}

function usageOf(usage: unknown, provider: string): unknown {
  const inputTokens = fieldOf(usage, 'inputTokens');
  const outputTokens = fieldOf(usage, 'outputTokens');
  const cacheReadTokens = fieldOf(usage, 'cacheReadInputTokens');
  const cacheWriteTokens = fieldOf(usage, 'cacheWriteInputTokens');
  const cached = countOf(cacheReadTokens) + countOf(cacheWriteTokens);
  // Of calls that do not stream, Strands hands on Bedrock's total, and not what the cache had of it.
  const beyond = countOf(fieldOf(usage, 'totalTokens')) - countOf(inputTokens) - countOf(outputTokens);
  const aside = COUNT_CACHE_ASIDE.includes(provider) ? Math.max(cached, beyond) : beyond > 0 ? cached : 0;
  return {
    inputTokens: typeof inputTokens === 'number' ? inputTokens + aside : undefined,
    outputTokens,
    inputTokenDetails: { cacheReadTokens, cacheWriteTokens },
  };
}

function countOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
