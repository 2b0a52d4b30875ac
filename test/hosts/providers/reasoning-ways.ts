import type { Fields } from '../wire/scenario.ts';
import type { ProviderPackages } from './provider-packages.ts';

/** One way to ask for thinking, or not to. */
export interface ReasoningWay {
  /** The name of the provider's case. */
  readonly provider: string;
  readonly call: Fields;
  /** Whether it asks for thinking, which the request has to show. */
  readonly asks: boolean;
  /** What the request says all the same, where the model can not be told not to think. @default nothing */
  readonly leastThinking?: unknown;
  /** @default in both */
  readonly onlyIn?: ProviderPackages['name'];
}

const anthropic = (thinking: Fields): Fields => ({ providerOptions: { anthropic: { thinking } } });
const bedrock = (options: Fields): Fields => ({ providerOptions: { bedrock: options } });
const enabled = { type: 'enabled', budgetTokens: 1_024 };

const CLAUDES = ['Anthropic', 'Amazon Bedrock, Anthropic', 'Vertex AI, Anthropic'];
const GEMINIS = ['Gemini', 'Vertex AI, Gemini'];
/** Providers that the `reasoning` setting of spec v4 reaches. */
const PORTABLE = [
  ...CLAUDES,
  ...GEMINIS,
  'OpenAI Responses, not stored',
  'OpenAI-compatible',
  'Amazon Bedrock, Converse',
  'Groq',
  'Mistral',
  'Ollama, ollama-ai-provider-v2',
];

/** What their packages make of no reasoning for models that always reason. */
const LEAST_THINKING: Readonly<Record<string, unknown>> = {
  Gemini: 'low',
  'Vertex AI, Gemini': 128,
  'OpenAI Responses, not stored': 'minimal',
  Groq: 'low',
};

export const REASONING_WAYS: readonly ReasoningWay[] = [
  ...CLAUDES.flatMap((provider): readonly ReasoningWay[] => [
    { provider, call: anthropic(enabled), asks: true },
    { provider, call: anthropic({ type: 'disabled' }), asks: false },
  ]),
  { provider: 'Amazon Bedrock, Converse', call: bedrock({ reasoningConfig: enabled }), asks: true },
  {
    provider: 'Amazon Bedrock, Converse',
    call: bedrock({ additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1_024 } } }),
    asks: true,
  },
  { provider: 'Amazon Bedrock, Converse', call: bedrock({ reasoningConfig: { type: 'disabled' } }), asks: false },
  ...GEMINIS.flatMap((provider): readonly ReasoningWay[] => [
    { provider, call: { providerOptions: { google: { thinkingConfig: { thinkingBudget: 1_024 } } } }, asks: true },
    { provider, call: { providerOptions: { google: { thinkingConfig: { thinkingBudget: 0 } } } }, asks: false },
  ]),
  ...['OpenAI Responses, not stored', 'OpenAI Responses, stored'].flatMap((provider): readonly ReasoningWay[] => [
    { provider, call: { providerOptions: { openai: { reasoningEffort: 'high' } } }, asks: true },
    { provider, call: { providerOptions: { openai: { reasoningEffort: 'none' } } }, asks: false },
  ]),
  { provider: 'OpenAI-compatible', call: { providerOptions: { acme: { reasoningEffort: 'high' } } }, asks: true },
  { provider: 'Groq', call: { providerOptions: { groq: { reasoningEffort: 'high' } } }, asks: true },
  { provider: 'Groq', call: { providerOptions: { groq: { reasoningEffort: 'none' } } }, asks: false },
  {
    provider: 'Mistral',
    call: { providerOptions: { mistral: { reasoningEffort: 'high' } } },
    asks: true,
    onlyIn: 'ai 7',
  },
  { provider: 'Mistral', call: { providerOptions: { mistral: { reasoningEffort: 'none' } } }, asks: false },
  { provider: 'Ollama, ollama-ai-provider-v2', call: { providerOptions: { ollama: { think: true } } }, asks: true },
  { provider: 'Ollama, ollama-ai-provider-v2', call: { providerOptions: { ollama: { think: false } } }, asks: false },
  { provider: 'Ollama, ai-sdk-ollama', call: { reasoning: 'high' }, asks: true, onlyIn: 'ai 7' },
  ...PORTABLE.flatMap((provider): readonly ReasoningWay[] => [
    { provider, call: { reasoning: 'high' }, asks: true, onlyIn: 'ai 7' },
    {
      provider,
      call: { reasoning: 'none' },
      asks: false,
      leastThinking: LEAST_THINKING[provider],
      onlyIn: 'ai 7',
    },
    { provider, call: {}, asks: false },
  ]),
];

/** What a request says of thinking, in the words of its protocol; `undefined` when it does not ask for any. */
export function thinkingAskedFor(body: Fields): unknown {
  const fieldsOf = (key: string): Fields => (body[key] ?? {}) as Fields;
  const asked = [
    fieldsOf('thinking')['type'],
    (fieldsOf('additionalModelRequestFields')['thinking'] as Fields | undefined)?.['type'],
    (fieldsOf('generationConfig')['thinkingConfig'] as Fields | undefined)?.['thinkingBudget'],
    (fieldsOf('generationConfig')['thinkingConfig'] as Fields | undefined)?.['thinkingLevel'],
    fieldsOf('reasoning')['effort'],
    body['reasoning_effort'],
    body['think'],
  ];
  return asked.find(
    (value) => value !== undefined && value !== 'disabled' && value !== 'none' && value !== 0 && value !== false,
  );
}
