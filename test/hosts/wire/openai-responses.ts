import { SERVER_SENT_EVENTS } from './framings.ts';
import { mapResultText } from './map-result-text.ts';
import {
  chunksOf,
  DEFAULT_USAGE,
  type RenderedAnswer,
  type WireAnswer,
  type WireBody,
  type WireEvent,
  type WireProtocol,
} from './scenario.ts';

type Item = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** OpenAI Responses: `POST /responses`. Ids count the requests, so that two servers with one scenario give the same ones. */
export const OPENAI_RESPONSES: WireProtocol = {
  path: /\/responses$/,
  framing: SERVER_SENT_EVENTS,
  isStreaming: ({ body }) => body.stream === true,
  render: renderResponses,
  mapToolResults: (item, map) =>
    item['type'] === 'function_call_output' ? { ...item, output: mapResultText(item['output'], map) } : item,
};

function renderResponses(answer: WireAnswer, turn: number, request: WireBody): RenderedAnswer {
  const encrypted = request.include?.includes('reasoning.encrypted_content') ?? false;
  const output = outputItems(answer, turn, encrypted);
  const response = responseObject(answer, turn, request);
  let sequence = 0;
  const event = (type: string, facts: Readonly<Record<string, unknown>>): WireEvent => ({
    event: type,
    data: { type, sequence_number: sequence++, ...facts },
  });
  const events = [
    event('response.created', { response: { ...response, status: 'in_progress', usage: null, output: [] } }),
    event('response.in_progress', { response: { ...response, status: 'in_progress', usage: null, output: [] } }),
  ];
  for (const [index, item] of output.entries()) events.push(...itemEvents(item, index, event));
  const body = { ...response, status: 'completed', output };
  return {
    body,
    events,
    errorEvent: event('error', { code: 'server_error', message: 'The server had an error.', param: null }),
    endEvents: [event('response.completed', { response: body })],
  };
}

function outputItems(answer: WireAnswer, turn: number, encrypted: boolean): readonly Item[] {
  const items: Item[] = [];
  if (answer.reasoning !== undefined) {
    items.push({
      type: 'reasoning',
      id: `rs_${turn}`,
      summary: [{ type: 'summary_text', text: answer.reasoning }],
      ...(encrypted ? { encrypted_content: `encrypted-reasoning-${turn}` } : {}),
    });
  }
  if (answer.serverToolOutput !== undefined) {
    items.push({
      type: 'code_interpreter_call',
      id: `ci_${turn}`,
      status: 'completed',
      code: 'print(open("requests.log").read())',
      container_id: 'cntr_1',
      outputs: [{ type: 'logs', logs: answer.serverToolOutput }],
    });
  }
  if (answer.text !== undefined) {
    const content = [{ type: 'output_text', text: answer.text, annotations: [], logprobs: [] }];
    items.push({ type: 'message', id: `msg_${turn}`, role: 'assistant', status: 'completed', content });
  }
  for (const [index, call] of (answer.toolCalls ?? []).entries()) {
    items.push({
      type: 'function_call',
      id: `fc_${turn}_${index}`,
      call_id: `call_${turn}_${index}`,
      name: call.name,
      arguments: JSON.stringify(call.arguments),
      status: 'completed',
    });
  }
  return items;
}

function responseObject(answer: WireAnswer, turn: number, request: WireBody): Readonly<Record<string, unknown>> {
  const { input, output, cached } = { ...DEFAULT_USAGE, ...answer.usage };
  return {
    id: `resp_${turn}`,
    object: 'response',
    created_at: 1_767_225_600,
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: request.model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    service_tier: 'default',
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: answer.wireUsage ?? {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: answer.reasoning === undefined ? 0 : 4 },
      total_tokens: input + output,
    },
    metadata: {},
  };
}

type MakeEvent = (type: string, facts: Readonly<Record<string, unknown>>) => WireEvent;

function itemEvents(item: Item, outputIndex: number, event: MakeEvent): readonly WireEvent[] {
  const place = { item_id: item.id, output_index: outputIndex };
  const added = (partial: Readonly<Record<string, unknown>>): WireEvent =>
    event('response.output_item.added', { output_index: outputIndex, item: { ...item, ...partial } });
  const done = (): WireEvent => event('response.output_item.done', { output_index: outputIndex, item });
  if (item.type === 'reasoning') {
    const text = firstText(item['summary']);
    return [
      added({ summary: [] }),
      event('response.reasoning_summary_part.added', {
        ...place,
        summary_index: 0,
        part: { type: 'summary_text', text: '' },
      }),
      ...chunksOf(text).map((delta) =>
        event('response.reasoning_summary_text.delta', { ...place, summary_index: 0, delta }),
      ),
      event('response.reasoning_summary_text.done', { ...place, summary_index: 0, text }),
      event('response.reasoning_summary_part.done', {
        ...place,
        summary_index: 0,
        part: { type: 'summary_text', text },
      }),
      done(),
    ];
  }
  if (item.type === 'function_call') {
    const text = String(item['arguments']);
    return [
      added({ arguments: '', status: 'in_progress' }),
      ...chunksOf(text).map((delta) => event('response.function_call_arguments.delta', { ...place, delta })),
      event('response.function_call_arguments.done', { ...place, arguments: text }),
      done(),
    ];
  }
  if (item.type === 'code_interpreter_call') {
    const code = String(item['code']);
    return [
      added({ code: '', status: 'in_progress', outputs: null }),
      event('response.code_interpreter_call.in_progress', place),
      ...chunksOf(code).map((delta) => event('response.code_interpreter_call_code.delta', { ...place, delta })),
      event('response.code_interpreter_call_code.done', { ...place, code }),
      event('response.code_interpreter_call.completed', place),
      done(),
    ];
  }
  const text = firstText(item['content']);
  const part = { type: 'output_text', annotations: [], logprobs: [] };
  return [
    added({ content: [], status: 'in_progress' }),
    event('response.content_part.added', { ...place, content_index: 0, part: { ...part, text: '' } }),
    ...chunksOf(text).map((delta) =>
      event('response.output_text.delta', { ...place, content_index: 0, delta, logprobs: [] }),
    ),
    event('response.output_text.done', { ...place, content_index: 0, text, logprobs: [] }),
    event('response.content_part.done', { ...place, content_index: 0, part: { ...part, text } }),
    done(),
  ];
}

function firstText(parts: unknown): string {
  return (parts as readonly { readonly text: string }[])[0]?.text ?? '';
}
