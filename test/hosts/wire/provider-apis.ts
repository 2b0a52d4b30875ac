import type { LanguageModelLike } from '../../../src/model/language-model.ts';
import type { AiSdkVersion } from '../ai-sdk-version.ts';

/** A provider's API, with the settings that make it send the most that could be damaged. */
export interface ProviderApi {
  readonly name: string;
  readonly model: (version: AiSdkVersion, baseURL: string) => LanguageModelLike;
  readonly providerOptions: Readonly<Record<string, unknown>>;
  /** What has to be on the wire in the second request, untouched. */
  readonly marks: readonly string[];
}

export const PROVIDER_APIS: readonly ProviderApi[] = [
  {
    name: 'OpenAI Responses, stored',
    model: ({ createOpenAI }, baseURL) => createOpenAI({ baseURL, apiKey: 'key' })('gpt-5'),
    providerOptions: { openai: { store: true } },
    marks: ['item_reference', 'rs_1'],
  },
  {
    name: 'OpenAI Responses, not stored',
    model: ({ createOpenAI }, baseURL) => createOpenAI({ baseURL, apiKey: 'key' })('gpt-5'),
    providerOptions: { openai: { store: false, include: ['reasoning.encrypted_content'] } },
    marks: ['encrypted-reasoning-1', 'The log will tell.'],
  },
  {
    name: 'OpenAI Chat Completions',
    model: ({ createOpenAI }, baseURL) => createOpenAI({ baseURL, apiKey: 'key' }).chat('gpt-4o'),
    providerOptions: {},
    marks: ['call_1_0'],
  },
  {
    name: 'Anthropic Messages',
    model: ({ createAnthropic }, baseURL) => createAnthropic({ baseURL, apiKey: 'key' })('claude-opus-4-8'),
    providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
    marks: ['signature-1==', 'redacted-reasoning', 'The log will tell.', 'cache_control'],
  },
];
