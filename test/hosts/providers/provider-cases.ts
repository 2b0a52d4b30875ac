import type { LanguageModelLike } from '../../../src/model/language-model.ts';
import type { ProviderFamily } from '../../../src/model/provider-family.ts';
import type { TokenFamily } from '../../../src/tokens/families.ts';
import type { ProviderPackages } from './provider-packages.ts';

/** One API of one provider, with the settings that make it send the most that could be damaged. */
export interface ProviderCase {
  readonly name: string;
  readonly packageName: string;
  readonly model: (packages: ProviderPackages, baseURL: string) => LanguageModelLike;
  readonly providerOptions: Readonly<Record<string, unknown>>;
  /** What has to be on the wire in the last request, untouched. */
  readonly marks: readonly Mark[];
  readonly path: RegExp;
  readonly streamPath: RegExp;
  readonly providerFamily: ProviderFamily;
  readonly tokenFamily: TokenFamily;
  /** Whether the package gives tool calls ids by chance. @default false */
  readonly inventsCallIds?: boolean;
  /** Whether a document in a tool's result is on the wire. @default true */
  readonly sendsDocuments?: boolean;
  readonly quirks?: readonly Quirk[];
  /** Whether the package sends reasoning that has no signature or id of the provider's. @default false */
  readonly sendsFrameworkReasoning?: boolean;
  /** The tool that the provider runs by itself. */
  readonly serverTool?: ServerTool;
  /** Where requests keep what the model said, if it has to be there just as the model said it. */
  readonly repeatsAnswers?: 'messages' | 'contents';
}

export interface ServerTool {
  readonly of: keyof ProviderPackages['serverTools'];
  /** Whether what it gave is sent to the provider again, or remembered there. */
  readonly isSentAgain: boolean;
  /** @default in both */
  readonly onlyIn?: ProviderPackages['name'];
}

/** What a package does in a way of its own, without us as with us. */
export interface Quirk {
  readonly versions: readonly ProviderPackages['name'][];
  /** The name of the exit that goes another way. */
  readonly exit: string;
  /** What the host takes the run for; `undefined` where it would never end. */
  readonly outcome: 'ok' | undefined;
  readonly what: string;
}

/** A piece of a request that is not text of a tool result, and what it is. */
export interface Mark {
  readonly what: string;
  readonly text: string;
  /** @default in both */
  readonly onlyIn?: ProviderPackages['name'];
}

const thinkingText: Mark = { what: 'reasoning text', text: 'The log will tell.' };
const signature: Mark = { what: 'signatures of thinking', text: 'signature-1==' };
const redacted: Mark = { what: 'redacted thinking', text: 'redacted-reasoning' };
const cacheControl: Mark = { what: 'cache control', text: '"cache_control":{"type":"ephemeral"}' };
const thoughtSignature: Mark = { what: 'thought signatures', text: 'thought-signature-1' };
const callIds = (text: string): Mark => ({ what: 'ids of tool calls', text });

/** What has to survive with this version of the SDK. */
export function marksOf({ name }: ProviderPackages, { marks }: ProviderCase): readonly Mark[] {
  return marks.filter(({ onlyIn = name }) => onlyIn === name);
}

const apiKey = 'key';
const ANTHROPIC_THINKS = { anthropic: { thinking: { type: 'enabled', budgetTokens: 1_024 } } };
const GEMINI_THINKS = { thinkingConfig: { includeThoughts: true, thinkingBudget: 1_024 } };

export const PROVIDER_CASES: readonly ProviderCase[] = [
  {
    name: 'OpenAI Responses, stored',
    packageName: '@ai-sdk/openai',
    model: ({ createOpenAI }, url) => createOpenAI({ baseURL: `${url}/v1`, apiKey })('gpt-5'),
    providerOptions: { openai: { store: true, reasoningEffort: 'high' } },
    marks: [{ what: 'item references', text: '{"type":"item_reference","id":"rs_1"}' }, callIds('call_1_0')],
    path: /^\/v1\/responses$/,
    streamPath: /^\/v1\/responses$/,
    providerFamily: 'openai',
    serverTool: { of: 'openai', isSentAgain: false },
    tokenFamily: 'o200k',
  },
  {
    name: 'OpenAI Responses, not stored',
    packageName: '@ai-sdk/openai',
    model: ({ createOpenAI }, url) => createOpenAI({ baseURL: `${url}/v1`, apiKey })('gpt-5'),
    providerOptions: { openai: { store: false, reasoningEffort: 'high', include: ['reasoning.encrypted_content'] } },
    marks: [{ what: 'encrypted reasoning', text: 'encrypted-reasoning-1' }, thinkingText, callIds('call_1_0')],
    path: /^\/v1\/responses$/,
    streamPath: /^\/v1\/responses$/,
    providerFamily: 'openai',
    serverTool: { of: 'openai', isSentAgain: false },
    tokenFamily: 'o200k',
  },
  {
    name: 'OpenAI Chat Completions',
    packageName: '@ai-sdk/openai',
    model: ({ createOpenAI }, url) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat('gpt-4o'),
    providerOptions: {},
    marks: [callIds('call_1_0')],
    path: /^\/v1\/chat\/completions$/,
    streamPath: /^\/v1\/chat\/completions$/,
    providerFamily: 'openai',
    tokenFamily: 'o200k',
  },
  {
    name: 'OpenAI-compatible',
    packageName: '@ai-sdk/openai-compatible',
    model: ({ createOpenAICompatible }, url) =>
      createOpenAICompatible({ name: 'acme', baseURL: `${url}/compatible/v1`, apiKey, includeUsage: true })(
        'deepseek-r1',
      ),
    providerOptions: { acme: { reasoningEffort: 'high' } },
    marks: [
      { what: 'reasoning text', text: '"reasoning_content":"The log will tell."' },
      // The one for ai 6 reads signatures under the provider's own name, and sends those under `google`.
      { ...thoughtSignature, onlyIn: 'ai 7' },
      callIds('call_1_0'),
    ],
    path: /^\/compatible\/v1\/chat\/completions$/,
    streamPath: /^\/compatible\/v1\/chat\/completions$/,
    providerFamily: 'unknown',
    sendsFrameworkReasoning: true,
    tokenFamily: 'deepseek',
  },
  {
    name: 'Anthropic',
    packageName: '@ai-sdk/anthropic',
    model: ({ createAnthropic }, url) => createAnthropic({ baseURL: `${url}/v1`, apiKey })('claude-sonnet-4-5'),
    providerOptions: ANTHROPIC_THINKS,
    marks: [thinkingText, signature, redacted, cacheControl, callIds('toolu_1_0')],
    path: /^\/v1\/messages$/,
    streamPath: /^\/v1\/messages$/,
    providerFamily: 'anthropic',
    serverTool: { of: 'anthropic', isSentAgain: true },
    repeatsAnswers: 'messages',
    tokenFamily: 'claude',
  },
  {
    name: 'Amazon Bedrock, Converse',
    packageName: '@ai-sdk/amazon-bedrock',
    model: ({ createAmazonBedrock }, url) =>
      createAmazonBedrock({ baseURL: url, region: 'us-east-1', apiKey })(
        'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ),
    providerOptions: { bedrock: { reasoningConfig: { type: 'enabled', budgetTokens: 1_024 } } },
    marks: [
      thinkingText,
      signature,
      redacted,
      { what: 'cache points', text: '{"cachePoint":{"type":"default"}}' },
      callIds('tooluse_1_0'),
    ],
    path: /^\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%3A0\/converse$/,
    streamPath: /\/converse-stream$/,
    providerFamily: 'aws.bedrock',
    repeatsAnswers: 'messages',
    tokenFamily: 'claude',
  },
  {
    name: 'Amazon Bedrock, Anthropic',
    packageName: '@ai-sdk/amazon-bedrock',
    model: ({ createBedrockAnthropic }, url) =>
      createBedrockAnthropic({ baseURL: url, region: 'us-east-1', apiKey })(
        'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ),
    providerOptions: ANTHROPIC_THINKS,
    marks: [thinkingText, signature, redacted, cacheControl, callIds('toolu_1_0')],
    path: /^\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%3A0\/invoke$/,
    streamPath: /\/invoke-with-response-stream$/,
    providerFamily: 'aws.bedrock',
    serverTool: { of: 'anthropic', isSentAgain: true },
    repeatsAnswers: 'messages',
    tokenFamily: 'claude',
  },
  {
    name: 'Gemini',
    packageName: '@ai-sdk/google',
    model: ({ createGoogleGenerativeAI }, url) =>
      createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey })('gemini-3-pro-preview'),
    providerOptions: { google: GEMINI_THINKS },
    marks: [thinkingText, thoughtSignature],
    path: /^\/v1beta\/models\/gemini-3-pro-preview:generateContent$/,
    streamPath: /^\/v1beta\/models\/gemini-3-pro-preview:streamGenerateContent\?alt=sse$/,
    providerFamily: 'gcp.gemini',
    // The packages for ai 6 say the provider's call again as a plain one, and leave out what it gave.
    serverTool: { of: 'google', isSentAgain: true, onlyIn: 'ai 7' },
    repeatsAnswers: 'contents',
    sendsFrameworkReasoning: true,
    tokenFamily: 'gemini',
  },
  {
    name: 'Vertex AI, Gemini',
    packageName: '@ai-sdk/google-vertex',
    model: ({ createVertex }, url) =>
      createVertex({ baseURL: vertexURL(url, 'google'), ...vertexAccess() })('gemini-2.5-pro'),
    providerOptions: { google: GEMINI_THINKS, vertex: GEMINI_THINKS },
    marks: [thinkingText, thoughtSignature],
    path: /\/publishers\/google\/models\/gemini-2\.5-pro:generateContent$/,
    streamPath: /\/publishers\/google\/models\/gemini-2\.5-pro:streamGenerateContent\?alt=sse$/,
    providerFamily: 'gcp.vertex_ai',
    // The packages for ai 6 say the provider's call again as a plain one, and leave out what it gave.
    serverTool: { of: 'google', isSentAgain: true, onlyIn: 'ai 7' },
    repeatsAnswers: 'contents',
    sendsFrameworkReasoning: true,
    tokenFamily: 'gemini',
    quirks: [hidesErrors('ai 6')],
  },
  {
    name: 'Vertex AI, Anthropic',
    packageName: '@ai-sdk/google-vertex',
    model: ({ createVertexAnthropic }, url) =>
      createVertexAnthropic({ baseURL: `${vertexURL(url, 'anthropic')}/models`, ...vertexAccess() })(
        'claude-sonnet-4-5@20250929',
      ),
    providerOptions: ANTHROPIC_THINKS,
    marks: [thinkingText, signature, redacted, cacheControl, callIds('toolu_1_0')],
    path: /\/publishers\/anthropic\/models\/claude-sonnet-4-5@20250929:rawPredict$/,
    streamPath: /\/publishers\/anthropic\/models\/claude-sonnet-4-5@20250929:streamRawPredict$/,
    providerFamily: 'gcp.vertex_ai',
    serverTool: { of: 'anthropic', isSentAgain: true },
    repeatsAnswers: 'messages',
    tokenFamily: 'claude',
  },
  {
    name: 'Groq',
    packageName: '@ai-sdk/groq',
    model: ({ createGroq }, url) => createGroq({ baseURL: `${url}/openai/v1`, apiKey })('openai/gpt-oss-120b'),
    providerOptions: { groq: { reasoningFormat: 'parsed', reasoningEffort: 'high' } },
    marks: [{ what: 'reasoning text', text: '"reasoning":"The log will tell."' }, callIds('fc_1_0')],
    path: /^\/openai\/v1\/chat\/completions$/,
    streamPath: /^\/openai\/v1\/chat\/completions$/,
    providerFamily: 'groq',
    sendsFrameworkReasoning: true,
    tokenFamily: 'o200k',
  },
  {
    name: 'Mistral',
    packageName: '@ai-sdk/mistral',
    model: ({ createMistral }, url) =>
      createMistral({ baseURL: `${url}/mistral/v1`, apiKey })('magistral-medium-latest'),
    providerOptions: {},
    marks: [thinkingText, callIds('call00100')],
    path: /^\/mistral\/v1\/chat\/completions$/,
    streamPath: /^\/mistral\/v1\/chat\/completions$/,
    providerFamily: 'mistral_ai',
    sendsFrameworkReasoning: true,
    tokenFamily: 'mistral',
  },
  {
    name: 'Ollama, ollama-ai-provider-v2',
    packageName: 'ollama-ai-provider-v2',
    model: ({ createOllamaProviderV2 }, url) => createOllamaProviderV2({ baseURL: `${url}/api` })('qwen3'),
    providerOptions: { ollama: { think: true } },
    marks: [{ what: 'reasoning text', text: '"thinking":"The log will tell."' }, callIds('call_10')],
    path: /^\/api\/chat$/,
    streamPath: /^\/api\/chat$/,
    providerFamily: 'ollama',
    sendsFrameworkReasoning: true,
    tokenFamily: 'qwen',
    quirks: [hidesErrors('ai 6', 'ai 7')],
  },
  {
    name: 'Ollama, ai-sdk-ollama',
    packageName: 'ai-sdk-ollama',
    model: ({ createAiSdkOllama }, url) => createAiSdkOllama({ baseURL: url })('qwen3', { think: true }),
    providerOptions: {},
    marks: [thinkingText],
    inventsCallIds: true,
    sendsDocuments: false,
    path: /^\/api\/chat$/,
    streamPath: /^\/api\/chat$/,
    providerFamily: 'ollama',
    sendsFrameworkReasoning: true,
    tokenFamily: 'qwen',
    quirks: [
      {
        versions: ['ai 6', 'ai 7'],
        exit: 'generate, aborted',
        outcome: undefined,
        what: 'an abort does not end a call of `generate` that waits for its answer',
      },
    ],
  },
];

function hidesErrors(...versions: Quirk['versions']): Quirk {
  return {
    versions,
    exit: 'stream, error event',
    outcome: 'ok',
    what: 'an error that the server reports inside a stream is not passed on: the stream ends with finish reason `other`',
  };
}

function vertexURL(url: string, publisher: string): string {
  return `${url}/v1beta1/projects/shop/locations/europe-west4/publishers/${publisher}`;
}

/** Credentials that are there already, so that nobody asks Google for any. */
function vertexAccess(): Readonly<Record<string, unknown>> {
  const authClient = { getAccessToken: async () => ({ token: 'access-token' }) };
  return { project: 'shop', location: 'europe-west4', googleAuthOptions: { authClient } };
}
