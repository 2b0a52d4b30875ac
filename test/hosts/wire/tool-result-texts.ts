import type { WireRequest } from './scenario.ts';
import { apiPath } from './wire-server.ts';

type Json = Readonly<Record<string, unknown>>;

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

/** A copy in the same order of keys: only the texts of tool results go through `map`. */
function mapToolResults({ path, body }: WireRequest, map: (text: string) => string): unknown {
  const mapText = (value: unknown): unknown => {
    if (typeof value === 'string') return map(value);
    if (!Array.isArray(value)) return value;
    return value.map((part: Json) => (typeof part['text'] === 'string' ? { ...part, text: map(part['text']) } : part));
  };
  if (apiPath(path) === '/responses') {
    return { ...body, input: (body.input ?? []).map((item) => mapItem(item as Json, mapText)) };
  }
  const mapMessage = apiPath(path) === '/messages' ? mapAnthropic : mapChat;
  return { ...body, messages: (body.messages ?? []).map((message) => mapMessage(message as Json, mapText)) };
}

function mapItem(item: Json, mapText: (value: unknown) => unknown): Json {
  return item['type'] === 'function_call_output' ? { ...item, output: mapText(item['output']) } : item;
}

function mapChat(message: Json, mapText: (value: unknown) => unknown): Json {
  return message['role'] === 'tool' ? { ...message, content: mapText(message['content']) } : message;
}

function mapAnthropic(message: Json, mapText: (value: unknown) => unknown): Json {
  const { content } = message;
  if (!Array.isArray(content)) return message;
  return {
    ...message,
    content: content.map((block: Json) =>
      block['type'] === 'tool_result' ? { ...block, content: mapText(block['content']) } : block,
    ),
  };
}
