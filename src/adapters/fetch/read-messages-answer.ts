import type { AnswerFacts, Fields } from './answer-reader.ts';
import { countOf, fieldsOf, nameOfError, tokensOf } from './answer-fields.ts';

const STOP_REASONS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content-filter',
};

/** A body or an event of Anthropic's Messages API: https://platform.claude.com/docs/en/build-with-claude/streaming */
export function readMessagesAnswer(data: Fields): AnswerFacts {
  switch (data['type']) {
    case 'error':
      return { errorName: nameOfError(data['error']) };
    case 'message':
      return { ...endOf(data, data), hasContent: true };
    case 'message_start':
      // What was written so far is a token that stands for none.
      return { usage: usageOf({ ...fieldsOf(fieldsOf(data['message'])['usage']), output_tokens: undefined }) };
    case 'message_delta':
      return { ...endOf(fieldsOf(data['delta']), data), hasContent: true };
    case 'message_stop':
      return { isLast: true };
    default:
      return { hasContent: data['type'] !== 'ping' };
  }
}

function endOf({ stop_reason: reason }: Fields, { usage }: Fields): AnswerFacts {
  return {
    usage: typeof usage === 'object' && usage !== null ? usageOf(fieldsOf(usage)) : undefined,
    finishReason: typeof reason === 'string' ? (STOP_REASONS[reason] ?? 'other') : undefined,
  };
}

/** Anthropic counts what it read from a cache, or wrote to one, beside its input tokens: here they are parts of these. */
function usageOf(usage: Fields): unknown {
  const plain = countOf(usage['input_tokens']);
  const cacheRead = countOf(usage['cache_read_input_tokens']);
  const cacheWrite = countOf(usage['cache_creation_input_tokens']);
  return tokensOf({
    input: plain === undefined ? undefined : plain + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: usage['output_tokens'],
    cacheRead,
    cacheWrite,
    reasoning: undefined,
  });
}
