import { z } from 'zod';
import { InvalidRequestError, pairResults, splitIntoChunks } from './openai-wire.ts';
import type { Answer, OpenAIWire, ReceivedRequest, ServerSentEvent, Usage } from './openai-wire.ts';

const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(z.unknown()), z.null()]).optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z.array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string() }) })).nullish(),
});
const requestSchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  tools: z.array(z.unknown()).optional(),
  messages: z.array(messageSchema),
});

/** Chat Completions, which `openai.chat(model)` and most compatible servers speak. */
export const chatWire: OpenAIWire = { read, write, writeStream };

function read(body: unknown): ReceivedRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw new InvalidRequestError(z.prettifyError(parsed.error));
  const { model, stream = false, tools = [], messages } = parsed.data;
  const calls = messages.flatMap(({ tool_calls }) =>
    (tool_calls ?? []).map(({ id, function: { name } }) => ({ id, name })),
  );
  const outputs = messages
    .filter(({ role }) => role === 'tool')
    .map(({ tool_call_id = '', content }) => ({
      callId: tool_call_id,
      text: typeof content === 'string' ? content : JSON.stringify(content),
    }));
  return {
    model,
    streaming: stream,
    promptParts: [JSON.stringify(tools), ...messages.map((message) => JSON.stringify(message))],
    results: pairResults(calls, outputs),
  };
}

function write({ id, model, createdAtSeconds, turn, usage }: Answer): object {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdAtSeconds,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: turn.text,
          ...(turn.toolCalls.length > 0 && { tool_calls: toolCalls(id, turn) }),
        },
        finish_reason: finishReason(turn),
      },
    ],
    usage: writeUsage(usage),
  };
}

function writeStream({ id, model, createdAtSeconds, turn, usage }: Answer): readonly ServerSentEvent[] {
  const chunk = { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: createdAtSeconds, model };
  const delta = (fields: object, finish_reason: string | null = null): object => ({
    ...chunk,
    choices: [{ index: 0, delta: fields, finish_reason }],
  });
  return [
    { data: delta({ role: 'assistant', content: '' }) },
    ...splitIntoChunks(turn.text).map((content) => ({ data: delta({ content }), paced: true })),
    ...toolCalls(id, turn).map((call, index) => ({ data: delta({ tool_calls: [{ index, ...call }] }) })),
    { data: delta({}, finishReason(turn)) },
    { data: { ...chunk, choices: [], usage: writeUsage(usage) } },
    { data: '[DONE]' },
  ];
}

function toolCalls(id: string, turn: Answer['turn']): readonly object[] {
  return turn.toolCalls.map(({ name, input }, index) => ({
    id: `call_${id}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
}

function finishReason({ toolCalls }: Answer['turn']): string {
  return toolCalls.length > 0 ? 'tool_calls' : 'stop';
}

function writeUsage({ inputTokens, cachedTokens, outputTokens }: Usage): object {
  return {
    prompt_tokens: inputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens: outputTokens,
    completion_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
