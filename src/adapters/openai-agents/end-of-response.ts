import type { CallEnd } from '../../model/language-model.ts';
import { addUsage, normalizeUsage, type TokenUsage } from '../../tokens/normalize-usage.ts';
import { fieldOf, textAt } from '../field-of.ts';

/** The words of providers for why a model stopped, in those of the AI SDK. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['completed', 'stop'],
  ['length', 'length'],
  ['max_output_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['content-filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['tool-calls', 'tool-calls'],
  ['error', 'error'],
]);

/** What a response of a model used and why the model stopped, as a model of the AI SDK tells it. */
export function endOfResponse(response: unknown): CallEnd {
  return { usage: usageOf(fieldOf(response, 'usage')), finishReason: finishReasonOf(response) };
}

/** What all of these responses used. */
export function usageOfResponses(responses: unknown): TokenUsage | undefined {
  if (!Array.isArray(responses)) return undefined;
  return responses
    .map((response) => normalizeUsage(usageOf(fieldOf(response, 'usage'))))
    .reduce((sum, usage) => addUsage(sum, usage), undefined);
}

/** What a response says, in words. */
export function textOfResponse(response: unknown): string | undefined {
  const texts = itemsOf(response)
    .flatMap((item) => {
      const content = fieldOf(item, 'content');
      return textAt(item, 'type') === 'message' && Array.isArray(content) ? (content as readonly unknown[]) : [];
    })
    .flatMap((part) => textAt(part, 'text') ?? []);
  return texts.length === 0 ? undefined : texts.join('');
}

function itemsOf(response: unknown): readonly unknown[] {
  const output = fieldOf(response, 'output');
  return Array.isArray(output) ? output : [];
}

/** The SDK fills in 0 for what it was not told, and no call is without tokens. */
function usageOf(usage: unknown): unknown {
  const [inputTokens, outputTokens] = [fieldOf(usage, 'inputTokens'), fieldOf(usage, 'outputTokens')];
  if (!(Number(inputTokens) + Number(outputTokens) > 0)) return undefined;
  const [input, output] = [fieldOf(usage, 'inputTokensDetails'), fieldOf(usage, 'outputTokensDetails')];
  return {
    inputTokens,
    outputTokens,
    inputTokenDetails: {
      cacheReadTokens: detailOf(input, 'cached_tokens'),
      cacheWriteTokens: detailOf(input, 'cache_write_tokens'),
    },
    outputTokenDetails: { reasoningTokens: detailOf(output, 'reasoning_tokens') },
  };
}

/** Details stand in one record, or in a list of them: one for each request that a response took. */
function detailOf(details: unknown, name: string): number | undefined {
  const counts = [details].flat().flatMap((detail) => {
    const count = fieldOf(detail, name);
    return typeof count === 'number' ? [count] : [];
  });
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

function finishReasonOf(response: unknown): string | undefined {
  const items = itemsOf(response);
  if (items.some((item) => textAt(item, 'type') === 'function_call')) return 'tool-calls';
  const told = fieldOf(response, 'providerData');
  const said =
    textAt(fieldOf(told, 'incomplete_details'), 'reason') ??
    textAt(fieldOf(fieldOf(told, 'choices'), '0'), 'finish_reason') ??
    textAt(fieldOf(told, 'finishReason'), 'unified') ??
    textAt(told, 'finishReason') ??
    textAt(told, 'status');
  if (said !== undefined) return REASONS.get(said.toLowerCase()) ?? 'other';
  // Where only the SDK's own words are left: a message that is whole is an answer.
  return items.some((item) => textAt(item, 'status') === 'completed') ? 'stop' : undefined;
}
