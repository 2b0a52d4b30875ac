import type { PromptMessage, ScriptedProvider } from '../scripted-provider.ts';
import type { AgentsVersion, SdkModel } from './agents-version.ts';

export interface ModelRequest {
  readonly input: string | readonly InputItem[];
  readonly systemInstructions?: string;
  readonly tools: readonly { readonly name?: string }[];
  readonly handoffs?: readonly { readonly toolName: string }[];
  readonly signal?: AbortSignal;
}

export interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly content?: unknown;
  readonly output?: unknown;
}

/** What the provider of the tests says, of a whole answer and of the parts of a stream. */
interface Said {
  readonly type: string;
  readonly text?: string;
  readonly delta?: string;
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: string;
  readonly error?: unknown;
  readonly usage?: SaidUsage;
}

interface SaidUsage {
  readonly inputTokens: { readonly total: number; readonly cacheRead: number };
  readonly outputTokens: { readonly total: number; readonly reasoning: number };
}

/** A model of the SDK that is the provider of the tests. */
export class ScriptedAgentsModel implements SdkModel {
  /** The requests, as the SDK handed them over. */
  readonly received: ModelRequest[] = [];
  readonly #provider: ScriptedProvider;
  readonly #version: AgentsVersion;

  constructor(version: AgentsVersion, provider: ScriptedProvider) {
    this.#version = version;
    this.#provider = provider;
  }

  async getResponse(request: ModelRequest): Promise<object> {
    const { content, usage } = (await this.#provider.doGenerate(this.#callOf(request) as never)) as Said & {
      readonly content: readonly Said[];
    };
    return { responseId: 'resp_1', usage: new this.#version.Usage(usageOf(usage)), output: outputOf(content) };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<object> {
    const { stream } = await this.#provider.doStream(this.#callOf(request) as never);
    const content: Said[] = [];
    let text = '';
    yield { type: 'response_started' };
    for await (const part of stream as ReadableStream<Said>) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') {
        text += part.delta ?? '';
        yield { type: 'output_text_delta', delta: part.delta ?? '' };
      }
      if (part.type === 'text-end') content.push({ type: 'text', text });
      if (part.type === 'tool-call') content.push(part);
      if (part.type === 'finish') {
        yield {
          type: 'response_done',
          response: { id: 'resp_1', usage: usageOf(part.usage), output: outputOf(content) },
        };
      }
    }
  }

  #callOf(request: ModelRequest): unknown {
    this.received.push(request);
    const { input, tools, handoffs = [], signal } = request;
    return {
      prompt: promptOf(input),
      tools: [...tools, ...handoffs.map(({ toolName }) => ({ name: toolName }))],
      abortSignal: signal,
    };
  }
}

/** What the items of one answer are, text and calls, is one message to the script. */
function promptOf(input: ModelRequest['input']): readonly PromptMessage[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  const messages: PromptMessage[] = [];
  for (const item of input) {
    const role = item.role ?? (item.type === 'function_call_result' ? 'tool' : 'assistant');
    if (role === 'assistant' && messages.at(-1)?.role === 'assistant') continue;
    messages.push({ role, content: role === 'tool' ? resultTextOf(item.output) : textOf(item.content) });
  }
  return messages;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map(({ text = '' }: { readonly text?: string }) => text).join('') : '';
}

/** The text of a tool result, whichever way the SDK has it. */
export function resultTextOf(output: unknown): string {
  const { text } = output as { readonly text?: string };
  return typeof output === 'string' ? output : (text ?? textOf(output));
}

function outputOf(content: readonly Said[]): readonly object[] {
  return content.map((part) =>
    part.type === 'tool-call'
      ? {
          type: 'function_call',
          callId: part.toolCallId,
          name: part.toolName,
          arguments: part.input,
          status: 'completed',
        }
      : {
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: part.text }],
        },
  );
}

function usageOf(usage: SaidUsage | undefined): Readonly<Record<string, unknown>> {
  const { inputTokens, outputTokens } = usage ?? {};
  return {
    requests: 1,
    inputTokens: inputTokens?.total ?? 0,
    outputTokens: outputTokens?.total ?? 0,
    totalTokens: (inputTokens?.total ?? 0) + (outputTokens?.total ?? 0),
    inputTokensDetails: { cached_tokens: inputTokens?.cacheRead ?? 0 },
    outputTokensDetails: { reasoning_tokens: outputTokens?.reasoning ?? 0 },
  };
}
