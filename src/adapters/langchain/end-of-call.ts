import type { CallEnd } from '../../model/language-model.ts';
import { fieldOf, textAt } from '../field-of.ts';

/** The words of providers for why a model stopped, in those of the AI SDK. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['stop_sequence', 'stop'],
  ['end_turn', 'stop'],
  ['completed', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['incomplete', 'length'],
  ['content_filter', 'content-filter'],
  ['safety', 'content-filter'],
  ['refusal', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['tool_use', 'tool-calls'],
  ['function_call', 'tool-calls'],
]);

/**
 * What a call of LangChain's used and why it stopped, as a model of the AI SDK tells it. `usage_metadata` counts cached
 * tokens within the input and reasoning within the output, as `TokenUsage` does.
 */
export function endOfCall(answer: unknown): CallEnd {
  const message = messageOf(answer);
  const usage = fieldOf(message, 'usage_metadata');
  const input = fieldOf(usage, 'input_token_details');
  const output = fieldOf(usage, 'output_token_details');
  return {
    usage: {
      inputTokens: fieldOf(usage, 'input_tokens'),
      outputTokens: fieldOf(usage, 'output_tokens'),
      inputTokenDetails: {
        cacheReadTokens: fieldOf(input, 'cache_read'),
        cacheWriteTokens: fieldOf(input, 'cache_creation'),
      },
      outputTokenDetails: { reasoningTokens: fieldOf(output, 'reasoning') },
    },
    finishReason: finishReasonOf(message),
  };
}

/** The model's own message: with a response format, LangChain gives a list of messages with what it read in them. */
function messageOf(answer: unknown): unknown {
  const messages = fieldOf(answer, 'messages');
  return Array.isArray(messages) ? messages[0] : answer;
}

function finishReasonOf(message: unknown): string | undefined {
  const calls = fieldOf(message, 'tool_calls');
  // Some providers say `stop` with calls too.
  if (Array.isArray(calls) && calls.length > 0) return 'tool-calls';
  const about = fieldOf(message, 'response_metadata');
  const said =
    textAt(about, 'finish_reason') ??
    textAt(about, 'stop_reason') ??
    textAt(about, 'finishReason') ??
    textAt(about, 'stopReason') ??
    textAt(about, 'done_reason') ??
    textAt(about, 'status');
  return said === undefined ? undefined : (REASONS.get(said.toLowerCase()) ?? 'other');
}
