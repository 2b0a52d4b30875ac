import { chatProtocol } from './chat-completions.ts';

/** OpenAI Chat Completions: `POST /chat/completions`. It keeps its reasoning to itself, and says its usage in a chunk of its own. */
export const OPENAI_CHAT = chatProtocol({
  path: /\/chat\/completions$/,
  toolCallId: (turn, index) => `call_${turn}_${index}`,
  message: ({ text }) => ({ content: text ?? null, refusal: null }),
  firstDelta: ({ text }) => ({ content: text === undefined ? null : '', refusal: null }),
  deltas: () => [],
  usageFields: (usage) => ({ usage }),
  usageIsIn: ({ stream_options }) => (stream_options?.include_usage === true ? 'own-chunk' : 'no-chunk'),
});
