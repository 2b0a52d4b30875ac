import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel, type BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import type { ScriptedProvider } from '../scripted-provider.ts';

interface CallOptions {
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly signal?: AbortSignal;
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
  readonly finishReason?: { readonly raw: string };
}

interface SaidUsage {
  readonly inputTokens: { readonly total: number; readonly cacheRead: number; readonly cacheWrite: number };
  readonly outputTokens: { readonly total: number; readonly reasoning: number };
}

const ROLES: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant', system: 'system', tool: 'tool' };

/** A chat model of LangChain that is the provider of the tests. */
export class ScriptedChatModel extends BaseChatModel {
  readonly model = 'scripted-model';
  /** The messages of each call, as LangChain handed them over. */
  readonly received: (readonly BaseMessage[])[] = [];
  private readonly provider: ScriptedProvider;

  constructor(provider: ScriptedProvider) {
    super({ maxRetries: 0 });
    this.provider = provider;
  }

  override _llmType(): string {
    return 'scripted';
  }

  override bindTools(tools: BindToolsInput[]): Runnable<BaseLanguageModelInput, AIMessageChunk> {
    return this.withConfig({ tools: tools.map((tool) => convertToOpenAITool(tool as never)) } as never);
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const answer = (await this.provider.doGenerate(this.callOf(messages, options) as never)) as Said & {
      readonly content: readonly Said[];
    };
    const text = answer.content.map((part) => part.text ?? '').join('');
    const message = new AIMessage({
      content: text,
      tool_calls: answer.content
        .filter(({ type }) => type === 'tool-call')
        .map(({ toolCallId, toolName = '', input = '{}' }) => ({
          id: toolCallId ?? '',
          name: toolName,
          args: JSON.parse(input) as Record<string, unknown>,
          type: 'tool_call' as const,
        })),
      ...endOf(answer),
    });
    return { generations: [{ text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { stream } = await this.provider.doStream(this.callOf(messages, options) as never);
    for await (const part of stream as ReadableStream<Said>) {
      if (part.type === 'error') throw part.error;
      const message = chunkOf(part);
      if (message === undefined) continue;
      const chunk = new ChatGenerationChunk({ text: part.delta ?? '', message });
      yield chunk;
      await run?.handleLLMNewToken(part.delta ?? '', undefined, undefined, undefined, undefined, { chunk });
    }
  }

  private callOf(messages: readonly BaseMessage[], { tools = [], signal }: CallOptions): unknown {
    this.received.push(messages);
    return {
      prompt: messages.map(({ type, content }) => ({ role: ROLES[type] ?? type, content })),
      tools: tools.map(({ function: { name } }) => ({ name })),
      abortSignal: signal,
    };
  }
}

function chunkOf(part: Said): AIMessageChunk | undefined {
  if (part.type === 'text-delta') return new AIMessageChunk({ content: part.delta ?? '' });
  if (part.type === 'finish') return new AIMessageChunk({ content: '', ...endOf(part) });
  if (part.type !== 'tool-call') return undefined;
  const { toolCallId = '', toolName = '', input = '{}' } = part;
  const index = Number(toolCallId.split('_').at(-1));
  return new AIMessageChunk({
    content: '',
    tool_call_chunks: [{ index, id: toolCallId, name: toolName, args: input, type: 'tool_call_chunk' }],
  });
}

function endOf({ usage, finishReason }: Said): object {
  return {
    response_metadata: { finish_reason: finishReason?.raw },
    usage_metadata:
      usage === undefined
        ? undefined
        : {
            input_tokens: usage.inputTokens.total,
            output_tokens: usage.outputTokens.total,
            total_tokens: usage.inputTokens.total + usage.outputTokens.total,
            input_token_details: {
              cache_read: usage.inputTokens.cacheRead,
              cache_creation: usage.inputTokens.cacheWrite,
            },
            output_token_details: { reasoning: usage.outputTokens.reasoning },
          },
  };
}
