import { ANTHROPIC_MESSAGES, ANTHROPIC_ON_BEDROCK, ANTHROPIC_ON_VERTEX } from './anthropic-messages.ts';
import { BEDROCK_CONVERSE } from './bedrock-converse.ts';
import { GEMINI, GEMINI_ON_VERTEX } from './gemini.ts';
import { GROQ_CHAT } from './groq-chat.ts';
import { MISTRAL_CHAT } from './mistral-chat.ts';
import { OLLAMA_CHAT } from './ollama-chat.ts';
import { OPENAI_CHAT } from './openai-chat.ts';
import { COMPATIBLE_CHAT } from './openai-compatible-chat.ts';
import { OPENAI_RESPONSES } from './openai-responses.ts';
import type { WireProtocol } from './scenario.ts';

/** The first that serves a path is the one: many look alike at their end. */
const PROTOCOLS: readonly WireProtocol[] = [
  GROQ_CHAT,
  MISTRAL_CHAT,
  COMPATIBLE_CHAT,
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC_MESSAGES,
  ANTHROPIC_ON_BEDROCK,
  ANTHROPIC_ON_VERTEX,
  BEDROCK_CONVERSE,
  GEMINI_ON_VERTEX,
  GEMINI,
  OLLAMA_CHAT,
];

export function protocolOf(path: string): WireProtocol | undefined {
  const [plain = ''] = path.split('?');
  return PROTOCOLS.find((protocol) => protocol.path.test(plain));
}
