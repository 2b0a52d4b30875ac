import {
  chunksOf,
  DEFAULT_USAGE,
  type RenderedAnswer,
  type WireAnswer,
  type WireBody,
  type WireEvent,
} from './scenario.ts';

/** OpenAI Chat Completions: `POST /chat/completions`. */
export function renderChat(answer: WireAnswer, turn: number, request: WireBody): RenderedAnswer {
  const envelope = { id: `chatcmpl-${turn}`, created: 1_767_225_600, model: request.model };
  const toolCalls = (answer.toolCalls ?? []).map((call, index) => ({
    id: `call_${turn}_${index}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  const finishReason = toolCalls.length > 0 ? 'tool_calls' : 'stop';
  const { input, output, cached } = { ...DEFAULT_USAGE, ...answer.usage };
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
  const chunk = (delta: unknown, finish: string | null = null): WireEvent => ({
    data: {
      ...envelope,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    },
  });
  const events = [chunk({ role: 'assistant', content: answer.text === undefined ? null : '', refusal: null })];
  for (const content of chunksOf(answer.text ?? '')) events.push(chunk({ content }));
  for (const [index, call] of toolCalls.entries()) {
    const { name, arguments: text } = call.function;
    events.push(chunk({ tool_calls: [{ ...call, index, function: { name, arguments: '' } }] }));
    for (const part of chunksOf(text)) events.push(chunk({ tool_calls: [{ index, function: { arguments: part } }] }));
  }
  const usageChunk = { data: { ...envelope, object: 'chat.completion.chunk', choices: [], usage } };
  return {
    body: {
      ...envelope,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: answer.text ?? null,
            refusal: null,
            ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
          },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      usage,
    },
    events,
    errorEvent: {
      data: { error: { message: 'The server had an error.', type: 'server_error', param: null, code: null } },
    },
    endEvents: [
      chunk({}, finishReason),
      ...(request.stream_options?.include_usage === true ? [usageChunk] : []),
      { data: '[DONE]' },
    ],
  };
}
