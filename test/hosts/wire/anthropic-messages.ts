import {
  chunksOf,
  DEFAULT_USAGE,
  type RenderedAnswer,
  type WireAnswer,
  type WireBody,
  type WireEvent,
} from './scenario.ts';

type Block = Readonly<Record<string, unknown>> & { readonly type: string };

/** Anthropic Messages: `POST /messages`. Thinking carries a signature, redacted thinking its data. */
export function renderMessages(answer: WireAnswer, turn: number, request: WireBody): RenderedAnswer {
  const content = contentBlocks(answer, turn);
  const stopReason = (answer.toolCalls ?? []).length > 0 ? 'tool_use' : 'end_turn';
  const { input, output, cached } = { ...DEFAULT_USAGE, ...answer.usage };
  const usage = {
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    output_tokens: output,
    service_tier: 'standard',
  };
  const message = { id: `msg_${turn}`, type: 'message', role: 'assistant', model: request.model };
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
        usage: { output_tokens: output },
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
