import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import * as ai7 from 'ai';
import { createAnthropic as createAnthropic3 } from 'ai-sdk-anthropic3';
import { createOpenAI as createOpenAI3 } from 'ai-sdk-openai3';
import * as ai6 from 'ai6';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import { testedHost, type TestedHost } from './compatibility/tested-host.ts';

/** What tests use of the AI SDK, in the shape that ai 6 and ai 7 share. */
export interface AiSdk {
  readonly ToolLoopAgent: new (settings: Readonly<Record<string, unknown>>) => LoopAgent;
  generateText(options: object): Promise<TextAnswer>;
  streamText(options: object): TextStream;
  tool(definition: object): unknown;
  jsonSchema(schema: object): unknown;
  stepCountIs(count: number): unknown;
  wrapLanguageModel(options: { readonly model: LanguageModelLike; readonly middleware: unknown }): LanguageModelLike;
  defaultSettingsMiddleware(options: { readonly settings: object }): unknown;
  customProvider(options: { readonly languageModels: Readonly<Record<string, LanguageModelLike>> }): unknown;
  createProviderRegistry(
    providers: Readonly<Record<string, unknown>>,
    options?: { readonly languageModelMiddleware?: unknown },
  ): { languageModel(id: string): LanguageModelLike };
}

export interface LoopAgent {
  readonly tools: Readonly<Record<string, unknown>> | undefined;
  generate(call: object): Promise<TextAnswer>;
  stream(call: object): Promise<TextStream>;
}

export interface TextAnswer {
  readonly text: string;
  readonly finishReason: string;
  readonly steps: readonly { readonly content: readonly unknown[] }[];
  /** In ai 7, all of them; in ai 6 they are in `response`. */
  readonly responseMessages?: readonly unknown[];
  readonly response: { readonly messages: readonly unknown[] };
}

export interface StreamedPart {
  readonly type: string;
  readonly text?: string;
  readonly error?: unknown;
}

export interface TextStream {
  readonly fullStream: AsyncIterable<StreamedPart>;
  readonly text: PromiseLike<string>;
  readonly steps: PromiseLike<TextAnswer['steps']>;
  readonly responseMessages?: PromiseLike<readonly unknown[]>;
  readonly response: PromiseLike<TextAnswer['response']>;
}

type CreateProvider = (settings: { readonly baseURL: string; readonly apiKey: string }) => Provider;

export interface Provider {
  (modelId: string): LanguageModelLike;
  chat(modelId: string): LanguageModelLike;
}

/** One version of the SDK. */
export interface InstalledAiSdk {
  readonly name: string;
  readonly host: TestedHost;
  /** Of the newest models that it takes. */
  readonly specificationVersion: 'v3' | 'v4';
  readonly sdk: AiSdk;
  /** @default true; not before ai 6.0.96 */
  readonly tellsCallbacksOfTools?: boolean;
  /** @default true; not in ai 7 before 7.0.106. Spans, which ai 6 has instead, do. */
  readonly tellsTelemetryOfBrokenStreams?: boolean;
}

/** One major version of the SDK with the providers of its time. */
export interface AiSdkVersion extends InstalledAiSdk {
  readonly name: 'ai 6' | 'ai 7';
  readonly createOpenAI: CreateProvider;
  readonly createAnthropic: CreateProvider;
}

export const AI_7: AiSdkVersion = {
  name: 'ai 7',
  host: testedHost('ai', import.meta.url),
  specificationVersion: 'v4',
  sdk: ai7 as unknown as AiSdk,
  createOpenAI,
  createAnthropic,
};

export const AI_6: AiSdkVersion = {
  name: 'ai 6',
  host: testedHost('ai6', import.meta.url),
  specificationVersion: 'v3',
  sdk: ai6 as unknown as AiSdk,
  createOpenAI: createOpenAI3,
  createAnthropic: createAnthropic3,
};
