import type { ScriptedProvider } from '../scripted-provider.ts';
import { ANTHROPIC_MESSAGES } from '../wire/anthropic-messages.ts';
import { OPENAI_CHAT } from '../wire/openai-chat.ts';
import { OPENAI_RESPONSES } from '../wire/openai-responses.ts';
import type { RenderedAnswer, WireAnswer, WireBody, WireEvent } from '../wire/scenario.ts';

type Fields = Readonly<Record<string, unknown>>;

const PROTOCOLS = { chat: OPENAI_CHAT, responses: OPENAI_RESPONSES, messages: ANTHROPIC_MESSAGES } as const;

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly delta?: string;
  readonly toolName?: string;
  readonly input?: string;
  readonly usage?:
    | {
        readonly inputTokens: { readonly total: number };
        readonly outputTokens: { readonly total: number };
      }
    | undefined;
  readonly error?: Error;
}

/** Answers the requests of a client as a scripted provider does the calls of an agent. */
export function scriptedFetch(provider: ScriptedProvider, api: keyof typeof PROTOCOLS): typeof globalThis.fetch {
  return async (_input, init) => {
    if (typeof init?.body !== 'string') throw new TypeError('A client sent no text.');
    const body = JSON.parse(init.body) as WireBody;
    const prompt = promptOf(body);
    const turn = 1 + prompt.filter(({ role }) => role === 'assistant').length;
    const call = { prompt, abortSignal: init.signal ?? undefined } as never;
    const render = (answer: WireAnswer) => PROTOCOLS[api].render(answer, turn, body);
    if (body.stream !== true) {
      const { content, usage } = (await provider.doGenerate(call)) as { content: Part[]; usage: Part['usage'] };
      return Response.json(render(answerOf([...content, { type: 'finish', usage }])).body);
    }
    const { stream } = await provider.doStream(call);
    return new Response(streamOf(eventsOf(stream as ReadableStream<Part>, render)), {
      headers: { 'content-type': 'text/event-stream' },
    });
  };
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function* eventsOf(
  stream: ReadableStream<Part>,
  render: (answer: WireAnswer) => RenderedAnswer,
): AsyncGenerator<Uint8Array> {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  const { events, errorEvent, endEvents } = render(answerOf(parts));
  const isBroken = parts.some(({ type }) => type === 'error');
  for (const event of [...events, ...(isBroken ? [errorEvent] : endEvents)]) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield new TextEncoder().encode(format(event));
  }
}

function answerOf(parts: readonly Part[]): WireAnswer {
  const text = parts
    .map((part) => (part.type === 'text' ? part.text : part.type === 'text-delta' ? part.delta : ''))
    .join('');
  const { usage } = parts.find(({ type }) => type === 'finish') ?? {};
  return {
    ...(text === '' ? {} : { text }),
    toolCalls: parts
      .filter(({ type }) => type === 'tool-call')
      .map(({ toolName = '', input = '{}' }) => ({ name: toolName, arguments: JSON.parse(input) as Fields })),
    usage: { input: usage?.inputTokens.total ?? 100, output: usage?.outputTokens.total ?? 10 },
  };
}

/** One message for what the user said first, and one for each answer: what a script chooses by. */
function promptOf({ messages, input }: WireBody): readonly { role: string; content: string }[] {
  const items = (messages ?? input ?? []) as readonly Fields[];
  const isAnswer = ({ role, type }: Fields): boolean => role === 'assistant' || type === 'function_call';
  const user = items.find(({ role }) => role === 'user');
  // Items of one answer stand side by side.
  const answers = items.filter((item, index) => isAnswer(item) && !(index > 0 && isAnswer(items[index - 1] ?? {})));
  return [
    { role: 'user', content: String(user?.['content']) },
    ...answers.map(() => ({ role: 'assistant', content: '' })),
  ];
}

function format({ event, data }: WireEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
}
