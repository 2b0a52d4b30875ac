import { fieldsOf, itemsOf } from './answer-fields.ts';
import type { Fields } from './answer-reader.ts';
import type { ClientApi } from './client-call.ts';

/** Puts an answer together from the events of its stream: messages, or items, of the API that it came through. */
export interface StreamedAnswer {
  add(event: Fields): void;
  /** What has come so far. */
  messages(): readonly unknown[];
}

const MAKERS: Readonly<Record<ClientApi, () => StreamedAnswer>> = {
  chat: streamedChat,
  responses: streamedResponse,
  messages: streamedMessage,
};

export function createStreamedAnswer(api: ClientApi): StreamedAnswer {
  return MAKERS[api]();
}

/** The first choice: what is streamed has seldom another. */
function streamedChat(): StreamedAnswer {
  let text = '';
  const calls = new Map<unknown, { id: unknown; name: string; arguments: string }>();
  return {
    add({ choices }) {
      const { content, tool_calls: parts } = fieldsOf(fieldsOf(itemsOf(choices)[0])['delta']);
      text += textOf(content);
      for (const part of itemsOf(parts).map(fieldsOf)) {
        const { name, arguments: given } = fieldsOf(part['function']);
        // A call comes in pieces. Some servers say its id with each of them, some with the first alone.
        const call = calls.get(part['index']) ?? { id: part['id'], name: '', arguments: '' };
        calls.set(part['index'], call);
        call.name += textOf(name);
        call.arguments += textOf(given);
      }
    },
    messages: () => [{ role: 'assistant', content: text, tool_calls: [...calls.values()] }],
  };
}

/** The last event has all of it; until then there is the text. */
function streamedResponse(): StreamedAnswer {
  let text = '';
  let output: readonly unknown[] | undefined;
  return {
    add({ type, delta, response }) {
      if (type === 'response.output_text.delta') text += textOf(delta);
      const items = itemsOf(fieldsOf(response)['output']);
      if (items.length > 0) output = items;
    },
    messages: () => output ?? [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
  };
}

function streamedMessage(): StreamedAnswer {
  const blocks: Record<string, unknown>[] = [];
  return {
    add({ type, content_block: block, delta }) {
      if (type === 'content_block_start') blocks.push({ ...fieldsOf(block) });
      const last = blocks.at(-1);
      if (type !== 'content_block_delta' || last === undefined) return;
      const { text, thinking, partial_json: json } = fieldsOf(delta);
      if (text !== undefined) last['text'] = textOf(last['text']) + textOf(text);
      if (thinking !== undefined) last['thinking'] = textOf(last['thinking']) + textOf(thinking);
      if (json !== undefined) last['input'] = textOf(last['input']) + textOf(json);
    },
    messages: () => [{ role: 'assistant', content: blocks }],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
