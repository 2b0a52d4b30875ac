import { AMAZON_EVENT_STREAM } from './amazon-event-stream.ts';
import {
  chunksOf,
  DEFAULT_USAGE,
  type Fields,
  type RenderedAnswer,
  type WireAnswer,
  type WireEvent,
  type WireProtocol,
} from './scenario.ts';

/** Amazon Bedrock Converse: `POST /model/{id}/converse`, and `/converse-stream` in Amazon's binary event stream. */
export const BEDROCK_CONVERSE: WireProtocol = {
  path: /\/model\/[^/]+\/converse(?:-stream)?$/,
  framing: AMAZON_EVENT_STREAM,
  isStreaming: ({ path }) => path.endsWith('-stream'),
  render: renderConverse,
  mapToolResults: (message, map) => {
    const content = (message['content'] ?? []) as readonly Fields[];
    return { ...message, content: content.map((block) => mapBlock(block, map)) };
  },
  renderError: (_status, message) => ({ message }),
};

interface ToolResult extends Fields {
  readonly content: readonly Fields[];
}

function mapBlock(block: Fields, map: (text: string) => string): Fields {
  const toolResult = block['toolResult'] as ToolResult | undefined;
  if (toolResult === undefined) return block;
  const mapPart = (part: Fields): Fields =>
    typeof part['text'] === 'string' ? { ...part, text: map(part['text']) } : part;
  return { ...block, toolResult: { ...toolResult, content: toolResult.content.map(mapPart) } };
}

function renderConverse(answer: WireAnswer, turn: number): RenderedAnswer {
  const content = contentBlocks(answer, turn);
  const stopReason = (answer.toolCalls ?? []).length > 0 ? 'tool_use' : 'end_turn';
  const usage = answer.wireUsage === undefined ? usageOf(answer) : answer.wireUsage;
  const end = { usage: usage ?? undefined, metrics: { latencyMs: 100 } };
  return {
    body: { output: { message: { role: 'assistant', content } }, stopReason, ...end },
    events: [{ event: 'messageStart', data: { role: 'assistant' } }, ...content.flatMap(blockEvents)],
    errorEvent: {
      event: 'modelStreamErrorException',
      data: { message: 'The model failed.', originalStatusCode: 500 },
      isException: true,
    },
    endEvents: [
      { event: 'messageStop', data: { stopReason } },
      // Padding of random length, as the service puts it into every event.
      { event: 'metadata', data: { ...end, p: 'abcdefgh' } },
    ],
  };
}

function contentBlocks(answer: WireAnswer, turn: number): readonly Fields[] {
  const blocks: Fields[] = [];
  if (answer.reasoning !== undefined) {
    const reasoningText = { text: answer.reasoning, signature: `signature-${turn}==` };
    blocks.push({ reasoningContent: { reasoningText } });
  }
  if (answer.redactedReasoning !== undefined) {
    blocks.push({ reasoningContent: { redactedContent: answer.redactedReasoning } });
  }
  if (answer.text !== undefined) blocks.push({ text: answer.text });
  for (const [index, call] of (answer.toolCalls ?? []).entries()) {
    blocks.push({ toolUse: { toolUseId: `tooluse_${turn}_${index}`, name: call.name, input: call.arguments } });
  }
  return blocks;
}

function blockEvents(block: Fields, contentBlockIndex: number): readonly WireEvent[] {
  const delta = (facts: Fields): WireEvent => ({
    event: 'contentBlockDelta',
    data: { contentBlockIndex, delta: facts, p: 'abcd' },
  });
  const stop: WireEvent = { event: 'contentBlockStop', data: { contentBlockIndex } };
  if (typeof block['text'] === 'string') return [...chunksOf(block['text']).map((text) => delta({ text })), stop];
  const toolUse = block['toolUse'] as Fields | undefined;
  if (toolUse !== undefined) {
    const { input, ...about } = toolUse;
    return [
      { event: 'contentBlockStart', data: { contentBlockIndex, start: { toolUse: about } } },
      ...chunksOf(JSON.stringify(input)).map((part) => delta({ toolUse: { input: part } })),
      stop,
    ];
  }
  const { reasoningText, redactedContent } = block['reasoningContent'] as {
    readonly reasoningText?: { readonly text: string; readonly signature: string };
    readonly redactedContent?: string;
  };
  if (reasoningText === undefined) return [delta({ reasoningContent: { redactedContent } }), stop];
  return [
    ...chunksOf(reasoningText.text).map((text) => delta({ reasoningContent: { text } })),
    delta({ reasoningContent: { signature: reasoningText.signature } }),
    stop,
  ];
}

/** As with Anthropic, what was read from the cache is not in `inputTokens`. */
function usageOf({ usage }: WireAnswer): Fields {
  const { input, output, cached } = { ...DEFAULT_USAGE, ...usage };
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + output + cached,
    cacheReadInputTokens: cached,
    cacheWriteInputTokens: 0,
  };
}
