import { chatProtocol } from './chat-completions.ts';
import { chunksOf } from './scenario.ts';

/** Groq: `POST /openai/v1/chat/completions`. Parsed reasoning stands in `reasoning`, the usage of a stream in `x_groq`. */
export const GROQ_CHAT = chatProtocol({
  path: /\/openai\/v1\/chat\/completions$/,
  toolCallId: (turn, index) => `fc_${turn}_${index}`,
  message: ({ text, reasoning }) => ({ content: text ?? null, ...(reasoning === undefined ? {} : { reasoning }) }),
  firstDelta: () => ({ content: null, channel: 'analysis' }),
  deltas: ({ reasoning = '' }) => chunksOf(reasoning).map((part) => ({ reasoning: part })),
  usageFields: (usage, isStreamed) => (isStreamed ? { x_groq: { id: 'req_1', usage } } : { usage }),
  usageIsIn: () => 'last-chunk',
});
