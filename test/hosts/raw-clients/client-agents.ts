import { ANTHROPIC, ANTHROPIC_0, ANTHROPIC_0_101, OPENAI, OPENAI_4, type ClientVersion } from './client-versions.ts';

/** A tool that the model may call, without what runs it. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface AskOptions {
  readonly how: 'generate' | 'stream' | 'leave';
  readonly signal?: AbortSignal | undefined;
  readonly tools: readonly OfferedTool[];
}

export interface Asked {
  readonly text: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
}

/** One API of one client: how a conversation is held in it. */
export interface ClientAgent {
  readonly name: string;
  readonly version: ClientVersion;
  readonly api: 'chat' | 'responses' | 'messages';
  readonly path: '/chat/completions' | '/responses' | '/messages';
  /** Asks the model, and adds its answer to the conversation. */
  ask(client: unknown, conversation: unknown[], options: AskOptions): Promise<Asked>;
  /** What stands in the conversation for a tool result. */
  results(results: readonly { readonly id: string; readonly content: ResultContent }[]): readonly unknown[];
}

/** A text, or a list of texts and images. */
export type ResultContent = string | readonly ({ readonly text: string } | { readonly imageBase64: string })[];

// Four majors with types of their own.
// oxlint-disable typescript/no-explicit-any
type Any = any;

function chatAgent(version: ClientVersion): ClientAgent {
  return {
    name: `chat.completions of ${version.name}`,
    version,
    api: 'chat',
    path: '/chat/completions',
    async ask(client, conversation, { how, signal, tools }) {
      const { completions } = (client as Any).chat;
      const body = {
        model: 'gpt-4o',
        messages: [{ role: 'system', content: 'You look after a shop.' }, ...conversation],
        tools: tools.map(({ name, description, schema }) => ({
          type: 'function',
          function: { name, description, parameters: schema },
        })),
      };
      let message: Any;
      if (how === 'generate') {
        message = (await completions.create(body, { signal })).choices[0].message;
      } else {
        const chunks = await completions.create(
          { ...body, stream: true, stream_options: { include_usage: true } },
          { signal },
        );
        message = { role: 'assistant', content: null };
        for await (const { choices } of chunks) {
          const delta = choices[0]?.delta ?? {};
          if (how === 'leave' && delta.content) break;
          if (delta.content) message.content = (message.content ?? '') + delta.content;
          for (const { index, id, function: call } of delta.tool_calls ?? []) {
            message.tool_calls ??= [];
            message.tool_calls[index] ??= { id, type: 'function', function: { name: call.name, arguments: '' } };
            message.tool_calls[index].function.arguments += call.arguments ?? '';
          }
        }
        throwIfAborted(signal);
      }
      conversation.push(message);
      return {
        text: message.content ?? '',
        toolCalls: (message.tool_calls ?? []).map(({ id, function: call }: Any) => ({
          id,
          name: call.name,
          arguments: call.arguments,
        })),
      };
    },
    results: (results) =>
      results.map(({ id, content }) => ({
        role: 'tool',
        tool_call_id: id,
        content: mapParts(
          content,
          (text) => ({ type: 'text', text }),
          (data) => ({ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }),
        ),
      })),
  };
}

function responsesAgent(version: ClientVersion): ClientAgent {
  return {
    name: `responses of ${version.name}`,
    version,
    api: 'responses',
    path: '/responses',
    async ask(client, conversation, { how, signal, tools }) {
      const { responses } = client as Any;
      const body = {
        model: 'gpt-5',
        store: false,
        include: ['reasoning.encrypted_content'],
        input: conversation,
        tools: tools.map(({ name, description, schema }) => ({
          type: 'function',
          name,
          description,
          parameters: schema,
          strict: false,
        })),
      };
      let response: Any;
      if (how === 'generate') {
        response = await responses.create(body, { signal });
      } else {
        for await (const event of await responses.create({ ...body, stream: true }, { signal })) {
          if (event.type === 'response.output_text.delta' && how === 'leave') break;
          if (event.type === 'response.completed') response = event.response;
          if (event.type === 'error') throw new Error(event.message);
        }
        throwIfAborted(signal);
        response ??= { output: [] };
      }
      conversation.push(...response.output);
      return {
        text: response.output
          .flatMap(({ content }: Any) => content ?? [])
          .map(({ text }: Any) => text ?? '')
          .join(''),
        toolCalls: response.output
          .filter(({ type }: Any) => type === 'function_call')
          .map((item: Any) => ({ id: item.call_id, name: item.name, arguments: item.arguments })),
      };
    },
    results: (results) =>
      results.map(({ id, content }) => ({
        type: 'function_call_output',
        call_id: id,
        output: mapParts(
          content,
          (text) => ({ type: 'input_text', text }),
          (data) => ({ type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${data}` }),
        ),
      })),
  };
}

function messagesAgent(version: ClientVersion, isBeta = false): ClientAgent {
  return {
    name: `${isBeta ? 'beta.messages' : 'messages'} of ${version.name}`,
    version,
    api: 'messages',
    path: '/messages',
    async ask(client, conversation, { how, signal, tools }) {
      const { messages } = isBeta ? (client as Any).beta : (client as Any);
      const body = {
        model: 'claude-opus-4-8',
        max_tokens: 4_096,
        system: [{ type: 'text', text: 'You look after a shop.', cache_control: { type: 'ephemeral' } }],
        messages: conversation,
        tools: tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
      };
      let message: Any;
      if (how === 'generate') {
        message = await messages.create(body, { signal });
      } else {
        const stream = messages.stream(body, { signal });
        if (how === 'leave') {
          for await (const { type } of stream) if (type === 'content_block_delta') break;
          return { text: '', toolCalls: [] };
        }
        message = await stream.finalMessage();
      }
      conversation.push({ role: 'assistant', content: message.content });
      return {
        text: message.content.map(({ text }: Any) => text ?? '').join(''),
        toolCalls: message.content
          .filter(({ type }: Any) => type === 'tool_use')
          .map(({ id, name, input }: Any) => ({ id, name, arguments: input })),
      };
    },
    results: (results) => [
      {
        role: 'user',
        content: results.map(({ id, content }) => ({
          type: 'tool_result',
          tool_use_id: id,
          content: mapParts(
            content,
            (text) => ({ type: 'text', text }),
            (data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }),
          ),
        })),
      },
    ],
  };
}

function mapParts(
  content: ResultContent,
  textPart: (text: string) => unknown,
  imagePart: (data: string) => unknown,
): unknown {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? textPart(part.text) : imagePart(part.imageBase64)));
}

/** A stream of these clients ends without a word where it was aborted. */
function throwIfAborted(signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
}

export const CLIENT_AGENTS: readonly ClientAgent[] = [
  chatAgent(OPENAI),
  responsesAgent(OPENAI),
  chatAgent(OPENAI_4),
  responsesAgent(OPENAI_4),
  messagesAgent(ANTHROPIC),
  messagesAgent(ANTHROPIC, true),
  messagesAgent(ANTHROPIC_0_101),
  messagesAgent(ANTHROPIC_0),
];
