import { chatProtocol } from './chat-completions.ts';
import { chunksOf, type Fields, type WireAnswer } from './scenario.ts';

/** Mistral, below `/mistral`: thinking is a part of the content, ids of tool calls have nine letters, and their arguments come in one piece. */
export const MISTRAL_CHAT = chatProtocol({
  path: /\/mistral\/v1\/chat\/completions$/,
  toolCallId: (turn, index) => `call${String(turn).padStart(3, '0')}${String(index).padStart(2, '0')}`,
  message: (answer) => ({ content: contentOf(answer) }),
  firstDelta: () => ({ content: '' }),
  deltas: ({ reasoning = '' }) => chunksOf(reasoning).map((text) => ({ content: [thinking(text)] })),
  usageFields: (usage) => ({ usage }),
  usageIsIn: () => 'last-chunk',
  splitsArguments: false,
  renderError: (status, message) => ({
    object: 'error',
    message,
    type: 'invalid_request_error',
    param: null,
    code: String(status),
  }),
});

function contentOf({ text, reasoning }: WireAnswer): unknown {
  if (reasoning === undefined) return text ?? '';
  return [thinking(reasoning), ...(text === undefined ? [] : [{ type: 'text', text }])];
}

function thinking(text: string): Fields {
  return { type: 'thinking', thinking: [{ type: 'text', text }], closed: true };
}
