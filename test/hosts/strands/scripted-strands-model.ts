import type { BaseModelConfig, Message, Model, ModelStreamEvent, StreamOptions } from '@strands-agents/sdk';
import type { ScriptedProvider } from '../scripted-provider.ts';
import type { StrandsVersion } from './strands-version.ts';

/** What the provider of the tests says, part by part. */
interface Said {
  readonly type: string;
  readonly delta?: string;
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: string;
  readonly error?: unknown;
  readonly usage?: {
    readonly inputTokens: { readonly total: number; readonly cacheRead: number; readonly cacheWrite: number };
    readonly outputTokens: { readonly total: number };
  };
  readonly finishReason?: { readonly raw: string };
}

export interface ScriptedStrandsModel extends Model {
  /** The messages of each call, as Strands handed them over. */
  readonly received: readonly (readonly Message[])[];
}

/** A model of Strands that is the provider of the tests. */
export function scriptedStrandsModel({ sdk }: StrandsVersion, provider: ScriptedProvider): ScriptedStrandsModel {
  class ScriptedModel extends sdk.Model {
    readonly received: (readonly Message[])[] = [];

    override updateConfig(): void {}

    override getConfig(): BaseModelConfig {
      return { modelId: 'scripted-model' };
    }

    override async *stream(messages: Message[], options: StreamOptions = {}): AsyncGenerator<ModelStreamEvent> {
      this.received.push(messages);
      const call = {
        prompt: messages.map(({ role, content }) => ({ role, content: content.flatMap(partsOf) })),
        tools: (options.toolSpecs ?? []).map(({ name }) => ({ name })),
        abortSignal: options.cancelSignal,
      };
      const { stream } = await provider.doStream(call as never);
      yield { type: 'modelMessageStartEvent', role: 'assistant' };
      for await (const part of stream as ReadableStream<Said>) yield* eventsOf(part);
    }
  }
  return new ScriptedModel();
}

/** The texts of a block, as parts of a prompt. */
function partsOf(block: Message['content'][number]): readonly object[] {
  if (block.type === 'textBlock') return [{ type: 'text', text: block.text }];
  if (block.type !== 'toolResultBlock') return [];
  return block.content.map((part) => ({
    type: 'text',
    text: part.type === 'textBlock' ? part.text : JSON.stringify(part),
  }));
}

function* eventsOf(part: Said): Generator<ModelStreamEvent> {
  const { toolCallId = '', toolName = '', input = '', usage } = part;
  if (part.type === 'error') throw part.error;
  if (part.type === 'text-start') yield { type: 'modelContentBlockStartEvent' };
  if (part.type === 'text-delta') {
    yield { type: 'modelContentBlockDeltaEvent', delta: { type: 'textDelta', text: part.delta ?? '' } };
  }
  if (part.type === 'text-end') yield { type: 'modelContentBlockStopEvent' };
  if (part.type === 'tool-call') {
    const start = { type: 'toolUseStart', name: toolName, toolUseId: toolCallId } as const;
    yield { type: 'modelContentBlockStartEvent', start };
    yield { type: 'modelContentBlockDeltaEvent', delta: { type: 'toolUseInputDelta', input } };
    yield { type: 'modelContentBlockStopEvent' };
  }
  if (part.type !== 'finish' || usage === undefined) return;
  const { inputTokens, outputTokens } = usage;
  yield {
    type: 'modelMetadataEvent',
    usage: {
      inputTokens: inputTokens.total,
      outputTokens: outputTokens.total,
      totalTokens: inputTokens.total + outputTokens.total,
      cacheReadInputTokens: inputTokens.cacheRead,
      cacheWriteInputTokens: inputTokens.cacheWrite,
    },
  };
  yield { type: 'modelMessageStopEvent', stopReason: part.finishReason?.raw === 'tool_calls' ? 'toolUse' : 'endTurn' };
}
