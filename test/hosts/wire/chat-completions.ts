import { SERVER_SENT_EVENTS } from './framings.ts';
import { mapResultText } from './map-result-text.ts';
import {
  chunksOf,
  DEFAULT_USAGE,
  type Fields,
  type RenderedAnswer,
  type WireAnswer,
  type WireBody,
  type WireEvent,
  type WireProtocol,
} from './scenario.ts';

/** What sets apart the providers that speak Chat Completions. */
export interface ChatDialect {
  readonly path: RegExp;
  readonly toolCallId: (turn: number, index: number) => string;
  readonly toolCallExtras?: (turn: number, index: number) => Fields;
  /** The message of an answer, besides its role and tool calls. */
  readonly message: (answer: WireAnswer) => Fields;
  readonly firstDelta: (answer: WireAnswer) => Fields;
  /** What comes before the text. */
  readonly deltas: (answer: WireAnswer) => readonly Fields[];
  readonly usageFields: (usage: unknown, isStreamed: boolean) => Fields;
  readonly usageIsIn: (body: WireBody) => 'own-chunk' | 'last-chunk' | 'every-chunk' | 'no-chunk';
  /** @default true */
  readonly splitsArguments?: boolean;
  readonly renderError?: WireProtocol['renderError'];
}

export function chatProtocol(dialect: ChatDialect): WireProtocol {
  const { path, renderError } = dialect;
  return {
    path,
    framing: SERVER_SENT_EVENTS,
    isStreaming: ({ body }) => body.stream === true,
    render: (answer, turn, body) => render(dialect, answer, turn, body),
    mapToolResults: (message, map) =>
      message['role'] === 'tool' ? { ...message, content: mapResultText(message['content'], map) } : message,
    ...(renderError === undefined ? {} : { renderError }),
  };
}

interface ToolCall extends Fields {
  readonly function: { readonly name: string; readonly arguments: string };
}

function render(dialect: ChatDialect, answer: WireAnswer, turn: number, body: WireBody): RenderedAnswer {
  const envelope = { id: `chatcmpl-${turn}`, created: 1_767_225_600, model: body.model };
  const toolCalls = (answer.toolCalls ?? []).map((call, index): ToolCall => ({
    id: dialect.toolCallId(turn, index),
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    ...dialect.toolCallExtras?.(turn, index),
  }));
  const finishReason = toolCalls.length > 0 ? 'tool_calls' : 'stop';
  const usage = usageOf(answer);
  const place = usage === undefined ? 'no-chunk' : dialect.usageIsIn(body);
  const chunk = (delta: Fields, finish: string | null = null, extras: Fields = {}): WireEvent => ({
    data: {
      ...envelope,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...extras,
    },
  });
  const soFar = place === 'every-chunk' ? { usage: { ...usage, completion_tokens: 1 } } : {};
  const deltas = [
    { role: 'assistant', ...dialect.firstDelta(answer) },
    ...dialect.deltas(answer),
    ...chunksOf(answer.text ?? '').map((content) => ({ content })),
    ...toolCalls.flatMap((call, index) => toolCallDeltas(call, index, dialect.splitsArguments !== false)),
  ];
  const lastExtras = place === 'last-chunk' || place === 'every-chunk' ? dialect.usageFields(usage, true) : {};
  const usageChunk = {
    data: { ...envelope, object: 'chat.completion.chunk', choices: [], ...dialect.usageFields(usage, true) },
  };
  return {
    body: {
      ...envelope,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            ...dialect.message(answer),
            ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
          },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      ...(usage === undefined ? {} : dialect.usageFields(usage, false)),
    },
    events: deltas.map((delta) => chunk(delta, null, soFar)),
    errorEvent: {
      data: { error: { message: 'The server had an error.', type: 'server_error', param: null, code: null } },
    },
    endEvents: [
      chunk({}, finishReason, lastExtras),
      ...(place === 'own-chunk' ? [usageChunk] : []),
      { data: '[DONE]' },
    ],
  };
}

function toolCallDeltas(call: ToolCall, index: number, splitsArguments: boolean): readonly Fields[] {
  const { name, arguments: text } = call.function;
  if (!splitsArguments) return [{ tool_calls: [{ ...call, index }] }];
  return [
    { tool_calls: [{ ...call, index, function: { name, arguments: '' } }] },
    ...chunksOf(text).map((part) => ({ tool_calls: [{ index, function: { arguments: part } }] })),
  ];
}

function usageOf({ usage, wireUsage }: WireAnswer): Fields | undefined {
  if (wireUsage !== undefined) return wireUsage ?? undefined;
  const { input, output, cached } = { ...DEFAULT_USAGE, ...usage };
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}
