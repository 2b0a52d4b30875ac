import { JSON_LINES } from './framings.ts';
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

/** Ollama: `POST /api/chat`. A stream is a JSON document a line; the last one is done and says the counts. */
export const OLLAMA_CHAT: WireProtocol = {
  path: /\/api\/chat$/,
  framing: JSON_LINES,
  isStreaming: ({ body }) => body.stream !== false,
  render: renderChat,
  mapToolResults: (message, map) =>
    message['role'] === 'tool' ? { ...message, content: mapResultText(message['content'], map) } : message,
  renderError: (_status, message) => ({ error: message }),
};

function renderChat(answer: WireAnswer, turn: number, { model }: WireBody): RenderedAnswer {
  const about = { model, created_at: '2026-01-01T00:00:00.000000Z' };
  const toolCalls = (answer.toolCalls ?? []).map((call, index) => ({
    id: `call_${turn}${index}`,
    function: { index, name: call.name, arguments: call.arguments },
  }));
  const line = (fields: Fields): WireEvent => ({
    data: { ...about, message: { role: 'assistant', content: '', ...fields }, done: false },
  });
  const end = {
    done: true,
    done_reason: 'stop',
    total_duration: 5_000_000,
    load_duration: 1_000_000,
    ...(answer.wireUsage === undefined ? usageOf(answer) : answer.wireUsage),
    prompt_eval_duration: 1_000_000,
    eval_duration: 3_000_000,
  };
  const { reasoning, text = '' } = answer;
  return {
    body: {
      ...about,
      message: {
        role: 'assistant',
        content: text,
        ...(reasoning === undefined ? {} : { thinking: reasoning }),
        ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
      },
      ...end,
    },
    events: [
      ...chunksOf(reasoning ?? '').map((thinking) => line({ thinking })),
      ...chunksOf(text).map((content) => line({ content })),
      ...toolCalls.map((call) => line({ tool_calls: [call] })),
    ],
    errorEvent: { data: { error: 'an error was encountered while running the model' } },
    endEvents: [{ data: { ...about, message: { role: 'assistant', content: '' }, ...end } }],
  };
}

function usageOf({ usage }: WireAnswer): Fields {
  const { input, output } = { ...DEFAULT_USAGE, ...usage };
  return { prompt_eval_count: input, eval_count: output };
}
