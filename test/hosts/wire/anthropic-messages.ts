import { AMAZON_EVENT_STREAM } from './amazon-event-stream.ts';
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

type Block = Readonly<Record<string, unknown>> & { readonly type: string };

/** Anthropic Messages: `POST /messages`. Thinking carries a signature, redacted thinking its data. */
export const ANTHROPIC_MESSAGES: WireProtocol = {
  path: /\/messages$/,
  framing: SERVER_SENT_EVENTS,
  isStreaming: ({ body }) => body.stream === true,
  render: renderMessages,
  mapToolResults,
};

/** The same on Vertex AI: the path says the model and whether it streams. */
export const ANTHROPIC_ON_VERTEX: WireProtocol = {
  ...ANTHROPIC_MESSAGES,
  path: /\/[^/]+:(?:streamRawPredict|rawPredict)$/,
  isStreaming: ({ path }) => path.includes(':streamRawPredict'),
};

/** The same on Amazon Bedrock: the path says the model, and each event is a chunk of Amazon's own event stream. */
export const ANTHROPIC_ON_BEDROCK: WireProtocol = {
  ...ANTHROPIC_MESSAGES,
  path: /\/model\/[^/]+\/invoke(?:-with-response-stream)?$/,
  framing: AMAZON_EVENT_STREAM,
  isStreaming: ({ path }) => path.endsWith('-with-response-stream'),
  render: (answer, turn, body) => {
    const { events, endEvents, ...rest } = renderMessages(answer, turn, body);
    return {
      ...rest,
      events: events.map(toChunk),
      errorEvent: { event: 'modelStreamErrorException', data: { message: 'Overloaded' }, isException: true },
      endEvents: endEvents.map(toChunk),
    };
  },
  renderError: (_status, message) => ({ message }),
};

function toChunk({ data }: WireEvent): WireEvent {
  return { event: 'chunk', data: { bytes: Buffer.from(JSON.stringify(data)).toString('base64') } };
}

function mapToolResults(message: Fields, map: (text: string) => string): Fields {
  const { content } = message;
  if (!Array.isArray(content)) return message;
  return {
    ...message,
    content: content.map((block: Fields) =>
      block['type'] === 'tool_result' ? { ...block, content: mapResultText(block['content'], map) } : block,
    ),
  };
}

function renderMessages(answer: WireAnswer, turn: number, request: WireBody): RenderedAnswer {
  const content = contentBlocks(answer, turn);
  const stopReason = (answer.toolCalls ?? []).length > 0 ? 'tool_use' : 'end_turn';
  const { input, output, cached } = { ...DEFAULT_USAGE, ...answer.usage };
  const usage: Fields = answer.wireUsage ?? {
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    output_tokens: output,
    service_tier: 'standard',
  };
  const message = { id: `msg_${turn}`, type: 'message', role: 'assistant', model: request.model ?? 'claude' };
  return {
    body: { ...message, content, stop_reason: stopReason, stop_sequence: null, usage },
    events: [
      named({
        type: 'message_start',
        message: {
          ...message,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { ...usage, output_tokens: 1 },
        },
      }),
      named({ type: 'ping' }),
      ...content.flatMap((block, index) => blockEvents(block, index)),
    ],
    errorEvent: named({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    endEvents: [
      named({
        type: 'message_delta',
        delta: { stop_reason: stopReason, stop_sequence: null },
        // What it says here is the sum so far, not what came on top of the start.
        usage: answer.wireUsage ?? { output_tokens: output },
      }),
      named({ type: 'message_stop' }),
    ],
  };
}

function contentBlocks(answer: WireAnswer, turn: number): readonly Block[] {
  const blocks: Block[] = [];
  if (answer.reasoning !== undefined) {
    blocks.push({ type: 'thinking', thinking: answer.reasoning, signature: `signature-${turn}==` });
  }
  if (answer.redactedReasoning !== undefined) {
    blocks.push({ type: 'redacted_thinking', data: answer.redactedReasoning });
  }
  if (answer.serverToolOutput !== undefined) {
    blocks.push(
      { type: 'server_tool_use', id: `srvtoolu_${turn}`, name: 'web_search', input: { query: 'checkout outage' } },
      {
        type: 'web_search_tool_result',
        tool_use_id: `srvtoolu_${turn}`,
        content: answer.serverToolOutput.split('\n').map((line, index) => ({
          type: 'web_search_result',
          url: `https://example.com/${index}`,
          title: line,
          page_age: null,
          encrypted_content: `encrypted-${index}`,
        })),
      },
    );
  }
  if (answer.text !== undefined) blocks.push({ type: 'text', text: answer.text });
  for (const [index, call] of (answer.toolCalls ?? []).entries()) {
    blocks.push({ type: 'tool_use', id: `toolu_${turn}_${index}`, name: call.name, input: call.arguments });
  }
  return blocks;
}

function blockEvents(block: Block, index: number): readonly WireEvent[] {
  const start = (contentBlock: Block): WireEvent =>
    named({ type: 'content_block_start', index, content_block: contentBlock });
  const delta = (facts: Block): WireEvent => named({ type: 'content_block_delta', index, delta: facts });
  const stop = named({ type: 'content_block_stop', index });
  switch (block.type) {
    case 'thinking':
      return [
        start({ type: 'thinking', thinking: '', signature: '' }),
        ...chunksOf(String(block['thinking'])).map((thinking) => delta({ type: 'thinking_delta', thinking })),
        delta({ type: 'signature_delta', signature: block['signature'] }),
        stop,
      ];
    case 'tool_use':
    case 'server_tool_use':
      return [
        start({ ...block, input: {} }),
        ...chunksOf(JSON.stringify(block['input'])).map((partial_json) =>
          delta({ type: 'input_json_delta', partial_json }),
        ),
        stop,
      ];
    case 'text':
      return [
        start({ type: 'text', text: '' }),
        ...chunksOf(String(block['text'])).map((text) => delta({ type: 'text_delta', text })),
        stop,
      ];
    default:
      return [start(block), stop];
  }
}

function named(data: Block): WireEvent {
  return { event: data.type, data };
}
