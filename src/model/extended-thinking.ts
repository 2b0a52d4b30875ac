import type { CallOptions } from './language-model.ts';

/**
 * Whether a call asks the model to think before it answers: the `reasoning` setting of spec v4, Anthropic's and
 * Bedrock's `thinking`, OpenAI's and others' `reasoningEffort`, or reasoning that already stands in the prompt.
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
  const { thinking, reasoningConfig, reasoningEffort, thinkingConfig } = options;
  if (thinking === true || reasoningConfig === true) return true;
  if ([thinking, reasoningConfig].some((config) => isFields(config) && config['type'] !== 'disabled')) return true;
  if (typeof reasoningEffort === 'string' && reasoningEffort !== 'none') return true;
  return isFields(thinkingConfig) && thinkingConfig['thinkingBudget'] !== 0;
}

function hasReasoningPart(message: unknown): boolean {
  if (!isFields(message) || message['role'] !== 'assistant' || !Array.isArray(message['content'])) return false;
  return message['content'].some((part) => isFields(part) && part['type'] === 'reasoning');
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
