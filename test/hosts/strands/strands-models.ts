import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import type { Model } from '@strands-agents/sdk';
import { AnthropicModel } from '@strands-agents/sdk/models/anthropic';
import { BedrockModel } from '@strands-agents/sdk/models/bedrock';
import { OpenAIModel } from '@strands-agents/sdk/models/openai';
import { AnthropicModel as OldestAnthropicModel } from 'strands-oldest/models/anthropic';
import { BedrockModel as OldestBedrockModel } from 'strands-oldest/models/bedrock';
import { OpenAIModel as OldestOpenAIModel } from 'strands-oldest/models/openai';
import { NEWEST, OLDEST, type StrandsVersion } from './strands-version.ts';

/** A model of Strands' own, with the client of its provider. */
export interface WireModel {
  readonly name: string;
  readonly version: StrandsVersion;
  readonly provider: string;
  readonly connect: (url: string) => Model;
  /** What Strands itself keeps of the model's reasoning in later requests. */
  readonly marks: readonly string[];
  /** Whether the API has JSON as a content of tool results. */
  readonly sendsJson: boolean;
  /** The ways of a run that it does not have. */
  readonly without: RegExp;
  /** Whether it tells what came from the provider's cache. */
  readonly tellsCache: boolean;
}

/** An abort while the provider is silent. */
const WAITING = /^generate, aborted$/;

/** As Bedrock has it, in base 64. */
export const REDACTED = Buffer.from('redacted reasoning').toString('base64');

const SIGNED = ['signature-1==', 'The log will tell.'];

export const WIRE_MODELS: readonly WireModel[] = [
  ...modelsOf(NEWEST, AnthropicModel, BedrockModel, OpenAIModel),
  ...modelsOf(
    OLDEST,
    OldestAnthropicModel as unknown as typeof AnthropicModel,
    OldestBedrockModel as unknown as typeof BedrockModel,
    OldestOpenAIModel as unknown as typeof OpenAIModel,
  ),
];

function modelsOf(
  version: StrandsVersion,
  Anthropic: typeof AnthropicModel,
  Bedrock: typeof BedrockModel,
  OpenAI: typeof OpenAIModel,
): readonly WireModel[] {
  const bedrock = (stream: boolean) => (endpoint: string) =>
    new Bedrock({
      modelId: 'anthropic.claude-opus-4-8',
      stream,
      region: 'eu-central-1',
      clientConfig: {
        endpoint,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
        requestHandler: new FetchHttpHandler(),
        maxAttempts: 1,
      },
    });
  const openai = (api: 'chat' | 'responses') => (url: string) =>
    new OpenAI({
      api,
      modelId: 'gpt-5',
      apiKey: 'key',
      clientConfig: { baseURL: `${url}/v1`, maxRetries: 0 },
    });
  const anthropic = (baseURL: string): Model =>
    new Anthropic({ modelId: 'claude-opus-4-8', apiKey: 'key', clientConfig: { baseURL, maxRetries: 0 } });
  const of = (about: Pick<WireModel, 'name' | 'provider' | 'connect'> & Partial<WireModel>): WireModel => ({
    version,
    marks: [],
    sendsJson: about.provider === 'amazon-bedrock',
    without: /^$/,
    tellsCache: true,
    ...about,
    name: `${about.name} of ${version.name}`,
  });
  // The oldest does not tell the clients of OpenAI of an abort either.
  const goesOnWaiting = version === NEWEST ? {} : { without: WAITING };
  return [
    // It does not tell its client of an abort: one that waits for a silent provider goes on waiting.
    of({
      name: 'AnthropicModel',
      provider: 'anthropic',
      connect: anthropic,
      // It reads redacted reasoning as bytes and sends it as an object of numbers.
      marks: SIGNED,
      without: WAITING,
    }),
    of({
      name: 'BedrockModel, streaming,',
      provider: 'amazon-bedrock',
      connect: bedrock(true),
      marks: [...SIGNED, REDACTED],
    }),
    // Its answer comes in one piece.
    of({
      name: 'BedrockModel, not streaming,',
      provider: 'amazon-bedrock',
      connect: bedrock(false),
      marks: [...SIGNED, REDACTED],
      without: /^stream, (?:aborted|error event)$/,
      tellsCache: false,
    }),
    of({
      name: 'OpenAIModel on Chat Completions',
      provider: 'openai',
      connect: openai('chat'),
      tellsCache: version === NEWEST,
      ...goesOnWaiting,
    }),
    of({ name: 'OpenAIModel on Responses', provider: 'openai', connect: openai('responses'), ...goesOnWaiting }),
  ];
}
