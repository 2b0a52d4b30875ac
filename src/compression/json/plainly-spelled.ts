import { resolveEscapes } from './escape-style.ts';
import { type JsonNode, parseJson } from './parse-json.ts';

/** A document as its reader should see it, without the escapes that its serializer wrote throughout but need not have. */
export function plainlySpelled(text: string, json: JsonNode): JsonNode {
  const { text: plain } = resolveEscapes(text);
  return plain === text ? json : (parseJson(plain) ?? json);
}
