import type { CallOptions } from './language-model.ts';

/**
 * Whether a call asks the model to think before it answers: the `reasoning` setting of spec v4, Anthropic's `thinking`,
 * Bedrock's `reasoningConfig`, Gemini's `thinkingConfig`, Ollama's `think`, the `reasoningEffort` of OpenAI and others, or
 * reasoning that already stands in the prompt. What a model was made with is not in a call, and so is not seen.
 */
export function hasExtendedThinking(
  options: Pick<CallOptions, 'prompt' | 'providerOptions'> & { readonly reasoning?: unknown },
): boolean {
  const { reasoning, providerOptions, prompt } = options;
  if (typeof reasoning === 'string' && reasoning !== 'none' && reasoning !== 'provider-default') return true;
  if (Object.values(providerOptions ?? {}).some(asksForThinking)) return true;
  return prompt.some(hasReasoningPart);
}

function asksForThinking(options: unknown): boolean {
  if (!isFields(options)) return false;
  const { thinking, reasoningConfig, reasoningEffort, thinkingConfig, think } = options;
  if ([thinking, reasoningConfig, think].includes(true) || isLevel(think) || isLevel(reasoningEffort)) return true;
  // Anthropic's can also say no more than how thinking blocks are bound.
  if (isFields(thinking) && isLevel(thinking['type']) && thinking['type'] !== 'disabled') return true;
  if (isFields(reasoningConfig) && reasoningConfig['type'] !== 'disabled') return true;
  if (isFields(thinkingConfig) && thinkingConfig['thinkingBudget'] !== 0) return true;
  // Bedrock's way to say what its own options do not know.
  return asksForThinking(options['additionalModelRequestFields']);
}

function isLevel(value: unknown): value is string {
  return typeof value === 'string' && value !== 'none';
}

function hasReasoningPart(message: unknown): boolean {
  if (!isFields(message) || message['role'] !== 'assistant' || !Array.isArray(message['content'])) return false;
  return message['content'].some((part) => isFields(part) && REASONING_PARTS.has(part['type']));
}

const REASONING_PARTS: ReadonlySet<unknown> = new Set(['reasoning', 'reasoning-file']);

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
