import { chatProtocol } from './chat-completions.ts';
import { chunksOf } from './scenario.ts';

/**
 * Chat Completions as others serve them, below `/compatible`: reasoning in `reasoning_content`, as DeepSeek, vLLM and many
 * more say it, and Gemini's thought signature in a tool call's `extra_content`.
 */
export const COMPATIBLE_CHAT = chatProtocol({
  path: /\/compatible\/.*\/chat\/completions$/,
  toolCallId: (turn, index) => `call_${turn}_${index}`,
  toolCallExtras: (turn, index) =>
    index === 0 ? { extra_content: { google: { thought_signature: `thought-signature-${turn}` } } } : {},
  message: ({ text, reasoning }) => ({ content: text ?? null, reasoning_content: reasoning ?? null }),
  firstDelta: () => ({ content: null, reasoning_content: '' }),
  deltas: ({ reasoning = '' }) => chunksOf(reasoning).map((reasoning_content) => ({ reasoning_content })),
  usageFields: (usage) => ({ usage }),
  // Sums so far in every chunk, as vLLM's continuous usage.
  usageIsIn: () => 'every-chunk',
});
