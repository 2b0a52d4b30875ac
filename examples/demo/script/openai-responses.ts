import { z } from 'zod';
import { InvalidRequestError, pairResults, splitIntoChunks } from './openai-wire.ts';
import type { Answer, OpenAIWire, ReceivedRequest, ServerSentEvent, Usage } from './openai-wire.ts';

const itemSchema = z.union([
  z.looseObject({ type: z.literal('function_call'), call_id: z.string(), name: z.string() }),
  z.looseObject({
    type: z.literal('function_call_output'),
    call_id: z.string(),
    output: z.union([z.string(), z.array(z.looseObject({}))]),
  }),
  z.looseObject({ role: z.string() }),
  z.looseObject({ type: z.literal('item_reference'), id: z.string() }),
]);
const requestSchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  tools: z.array(z.unknown()).optional(),
  input: z.array(itemSchema),
});

/** The Responses API, which `openai(model)` speaks. */
export const responsesWire: OpenAIWire = { read, write, writeStream };

function read(body: unknown): ReceivedRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) throw new InvalidRequestError(z.prettifyError(parsed.error));
  const { model, stream = false, tools = [], input } = parsed.data;
  const calls: { id: string; name: string }[] = [];
  const outputs: { callId: string; text: string }[] = [];
  for (const item of input) {
    if ('name' in item && item['type'] === 'function_call') {
      calls.push({ id: String(item['call_id']), name: String(item.name) });
    } else if ('output' in item) {
      const { output } = item;
      outputs.push({
        callId: String(item['call_id']),
        text: typeof output === 'string' ? output : JSON.stringify(output),
      });
    }
  }
  return {
    model,
    streaming: stream,
    promptParts: [JSON.stringify(tools), ...input.map((item) => JSON.stringify(item))],
    results: pairResults(calls, outputs),
  };
}

function write({ id, model, createdAtSeconds, turn, usage }: Answer): object {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdAtSeconds,
    model,
    status: 'completed',
    output: [messageItem(id, turn.text), ...turn.toolCalls.map((call, index) => callItem(`${id}_${index}`, call))],
    usage: writeUsage(usage),
  };
}

function writeStream(answer: Answer): readonly ServerSentEvent[] {
  const { id, model, createdAtSeconds, turn } = answer;
  const response = { id: `resp_${id}`, object: 'response', created_at: createdAtSeconds, model };
  const events: ServerSentEvent[] = [];
  const send = (type: string, fields: object, paced = false): void => {
    events.push({ event: type, data: { type, sequence_number: events.length, ...fields }, paced });
  };
  send('response.created', { response: { ...response, status: 'in_progress' } });

  const message = messageItem(id, turn.text);
  const place = { item_id: message.id, output_index: 0, content_index: 0 };
  send('response.output_item.added', { output_index: 0, item: { ...message, status: 'in_progress', content: [] } });
  for (const delta of splitIntoChunks(turn.text)) send('response.output_text.delta', { ...place, delta }, true);
  send('response.output_text.done', { ...place, text: turn.text });
  send('response.output_item.done', { output_index: 0, item: message });

  for (const [index, call] of turn.toolCalls.entries()) {
    const item = callItem(`${id}_${index}`, call);
    const output_index = index + 1;
    send('response.output_item.added', { output_index, item: { ...item, arguments: '', status: 'in_progress' } });
    send('response.function_call_arguments.delta', { item_id: item.id, output_index, delta: item.arguments });
    send('response.function_call_arguments.done', { item_id: item.id, output_index, arguments: item.arguments });
    send('response.output_item.done', { output_index, item });
  }
  send('response.completed', { response: write(answer) });
  return events;
}

function messageItem(id: string, text: string) {
  return {
    type: 'message',
    id: `msg_${id}`,
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

function callItem(id: string, { name, input }: { readonly name: string; readonly input: object }) {
  return {
    type: 'function_call',
    id: `fc_${id}`,
    call_id: `call_${id}`,
    name,
    arguments: JSON.stringify(input),
    status: 'completed',
  };
}

function writeUsage({ inputTokens, cachedTokens, outputTokens }: Usage): object {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
