import type { AnswerFacts, Fields } from './answer-reader.ts';
import { fieldsOf, itemsOf, nameOfError, tokensOf } from './answer-fields.ts';

/** Events that come before anything of the answer does. */
const PRELUDE = new Set(['response.created', 'response.queued', 'response.in_progress']);

const LAST = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** A body or an event of OpenAI's Responses API: https://platform.openai.com/docs/api-reference/responses */
export function readResponsesAnswer(data: Fields): AnswerFacts {
  if (data['object'] === 'response') return readResponse(data);
  const type = String(data['type']);
  if (type === 'error') return { errorName: nameOfError(data['error'] ?? { ...data, type: undefined }) };
  if (LAST.has(type)) return { ...readResponse(fieldsOf(data['response'])), isLast: true };
  return { hasContent: !PRELUDE.has(type) };
}

function readResponse(response: Fields): AnswerFacts {
  const { status, usage } = response;
  const isFailed = status === 'failed';
  return {
    usage: typeof usage === 'object' && usage !== null ? usageOf(fieldsOf(usage)) : undefined,
    finishReason: finishReasonOf(response),
    errorName: isFailed ? nameOfError(response['error']) : undefined,
    hasContent: true,
  };
}

function finishReasonOf({ status, output, incomplete_details: incomplete }: Fields): string | undefined {
  if (status === 'failed') return 'error';
  if (status === 'incomplete') {
    const { reason } = fieldsOf(incomplete);
    return reason === 'max_output_tokens' ? 'length' : reason === 'content_filter' ? 'content-filter' : 'other';
  }
  if (status !== 'completed') return undefined;
  const isCalling = itemsOf(output).some((item) => {
    const { type } = fieldsOf(item);
    return type === 'function_call' || type === 'custom_tool_call';
  });
  return isCalling ? 'tool-calls' : 'stop';
}

function usageOf(usage: Fields): unknown {
  return tokensOf({
    input: usage['input_tokens'],
    output: usage['output_tokens'],
    cacheRead: fieldsOf(usage['input_tokens_details'])['cached_tokens'],
    reasoning: fieldsOf(usage['output_tokens_details'])['reasoning_tokens'],
  });
}
