import type { Fields, WireRequest } from './scenario.ts';
import { protocolOf } from './wire-protocols.ts';

/** The tool-result texts of a request, in order. */
export function toolResultTexts(request: WireRequest): readonly string[] {
  const texts: string[] = [];
  mapToolResults(request, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The bytes of a request with every tool-result text, and nothing else, replaced by a mark. */
export function withoutToolResultTexts(request: WireRequest): string {
  return JSON.stringify(mapToolResults(request, () => '<tool result>'));
}

/** Where protocols keep a conversation. */
const CONVERSATION_KEYS = ['input', 'messages', 'contents'] as const;

/** A copy in the same order of keys: only the texts of tool results go through `map`. */
function mapToolResults({ path, body }: WireRequest, map: (text: string) => string): unknown {
  const protocol = protocolOf(path);
  const key = CONVERSATION_KEYS.find((candidate) => Array.isArray(body[candidate]));
  if (protocol === undefined || key === undefined) return body;
  return { ...body, [key]: body[key]?.map((message) => protocol.mapToolResults(message as Fields, map)) };
}
