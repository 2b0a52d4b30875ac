import type { AnswerFacts, Fields } from './answer-reader.ts';
import { fieldsOf, itemsOf, nameOfError, tokensOf } from './answer-fields.ts';

const FINISH_REASONS: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
};

/** A body or a chunk of Chat Completions: https://platform.openai.com/docs/api-reference/chat */
export function readChatAnswer(data: Fields): AnswerFacts {
  if (data['error'] !== undefined && data['error'] !== null) return { errorName: nameOfError(data['error']) };
  const choices = itemsOf(data['choices']).map(fieldsOf);
  const reason = choices.map((choice) => choice['finish_reason']).find((value) => typeof value === 'string');
  return {
    usage: typeof data['usage'] === 'object' && data['usage'] !== null ? usageOf(fieldsOf(data['usage'])) : undefined,
    finishReason: typeof reason === 'string' ? (FINISH_REASONS[reason] ?? 'other') : undefined,
    hasContent: choices.some(({ delta }) => carries(fieldsOf(delta))),
  };
}

/** Whether there is more in it than the role that every answer begins with. */
function carries(delta: Fields): boolean {
  return Object.entries(delta).some(([key, value]) => key !== 'role' && value !== null && value !== '');
}

function usageOf(usage: Fields): unknown {
  const input = fieldsOf(usage['prompt_tokens_details']);
  const output = fieldsOf(usage['completion_tokens_details']);
  return tokensOf({
    input: usage['prompt_tokens'],
    output: usage['completion_tokens'],
    // DeepSeek tells it in a field of its own.
    cacheRead: input['cached_tokens'] ?? usage['prompt_cache_hit_tokens'],
    reasoning: output['reasoning_tokens'],
  });
}
