import type { AiSdk } from '../ai-sdk-version.ts';
import type { LanguageModelLike } from '../../../src/model/language-model.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Makes models by their id; some providers take settings with it. */
export type MakeModel = (modelId: string, settings?: Settings) => LanguageModelLike;

export type CreateProvider = (settings: Settings) => MakeModel;

/** The provider packages of one major version of the AI SDK, in the shape that both share. */
export interface ProviderPackages {
  readonly name: 'ai 6' | 'ai 7';
  readonly sdk: AiSdk & {
    readonly wrapLanguageModel: (options: object) => LanguageModelLike;
    readonly extractReasoningMiddleware: (options: object) => object;
  };
  readonly createOpenAI: (settings: Settings) => MakeModel & { readonly chat: MakeModel };
  readonly createOpenAICompatible: CreateProvider;
  readonly createAnthropic: CreateProvider;
  readonly createAmazonBedrock: CreateProvider;
  readonly createBedrockAnthropic: CreateProvider;
  readonly createGoogleGenerativeAI: CreateProvider;
  readonly createVertex: CreateProvider;
  readonly createVertexAnthropic: CreateProvider;
  readonly createGroq: CreateProvider;
  readonly createMistral: CreateProvider;
  readonly createOllamaProviderV2: CreateProvider;
  readonly createAiSdkOllama: CreateProvider;
  /** Tools that providers run by themselves, by the name that the model knows them by. */
  readonly serverTools: Readonly<Record<'anthropic' | 'openai' | 'google', Settings>>;
  /** A picture and a document in a tool's result, in this version's words. */
  readonly picture: (base64: string) => unknown;
  readonly document: (base64: string) => unknown;
  /** Where `import.meta.resolve` finds the packages. */
  readonly folder: string;
}
