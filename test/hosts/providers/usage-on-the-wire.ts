import type { Fields } from '../wire/scenario.ts';

export interface WireUsage {
  readonly name: string;
  /** What the provider bills: input with what is cached of it, output with the reasoning in it. */
  readonly billed: { readonly inputTokens?: number; readonly outputTokens?: number };
  /** In the provider's own words; `null` when it says nothing. */
  readonly wire: Fields | null;
}

const USUAL = { inputTokens: 1_200, outputTokens: 300 };
const ZERO = { inputTokens: 0, outputTokens: 0 };

const OPENAI_CHAT: readonly WireUsage[] = [
  {
    name: 'cached and reasoning tokens',
    billed: USUAL,
    wire: {
      prompt_tokens: 1_200,
      completion_tokens: 300,
      total_tokens: 1_500,
      prompt_tokens_details: { cached_tokens: 900, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 250, audio_tokens: 0 },
    },
  },
  {
    name: 'zero',
    billed: ZERO,
    wire: {
      prompt_tokens: 0,
      completion_tokens: 0,
      total_tokens: 0,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  },
  { name: 'no details', billed: USUAL, wire: { prompt_tokens: 1_200, completion_tokens: 300, total_tokens: 1_500 } },
  { name: 'nothing', billed: {}, wire: null },
];

const OPENAI_RESPONSES: readonly WireUsage[] = [
  {
    name: 'cached and reasoning tokens',
    billed: USUAL,
    wire: {
      input_tokens: 1_200,
      input_tokens_details: { cached_tokens: 900 },
      output_tokens: 300,
      output_tokens_details: { reasoning_tokens: 250 },
      total_tokens: 1_500,
    },
  },
  {
    name: 'zero',
    billed: ZERO,
    wire: {
      input_tokens: 0,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 0,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 0,
    },
  },
  { name: 'no details', billed: USUAL, wire: { input_tokens: 1_200, output_tokens: 300, total_tokens: 1_500 } },
];

/** Anthropic counts what was read from the cache and written to it beside `input_tokens`. A stream says sums so far. */
const ANTHROPIC: readonly WireUsage[] = [
  {
    name: 'cache read and written',
    billed: USUAL,
    wire: {
      input_tokens: 200,
      cache_creation_input_tokens: 100,
      cache_read_input_tokens: 900,
      output_tokens: 300,
      service_tier: 'standard',
    },
  },
  {
    name: 'thinking tokens',
    billed: USUAL,
    wire: { input_tokens: 1_200, output_tokens: 300, output_tokens_details: { thinking_tokens: 250 } },
  },
  {
    name: 'zero',
    billed: ZERO,
    wire: { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 },
  },
  { name: 'no details', billed: USUAL, wire: { input_tokens: 1_200, output_tokens: 300 } },
];

const GEMINI: readonly WireUsage[] = [
  {
    name: 'cached tokens and thoughts',
    billed: USUAL,
    wire: {
      promptTokenCount: 1_200,
      cachedContentTokenCount: 900,
      candidatesTokenCount: 50,
      thoughtsTokenCount: 250,
      totalTokenCount: 1_500,
    },
  },
  {
    name: 'zero',
    billed: ZERO,
    wire: { promptTokenCount: 0, candidatesTokenCount: 0, thoughtsTokenCount: 0, totalTokenCount: 0 },
  },
  {
    name: 'no details',
    billed: USUAL,
    wire: { promptTokenCount: 1_200, candidatesTokenCount: 300, totalTokenCount: 1_500 },
  },
  { name: 'nothing', billed: {}, wire: null },
];

const OLLAMA: readonly WireUsage[] = [
  { name: 'counts', billed: USUAL, wire: { prompt_eval_count: 1_200, eval_count: 300 } },
  { name: 'zero', billed: ZERO, wire: { prompt_eval_count: 0, eval_count: 0 } },
  { name: 'a prompt that was read before', billed: { outputTokens: 300 }, wire: { eval_count: 300 } },
  { name: 'nothing', billed: {}, wire: null },
];

/** By the name of the provider's case. */
export const WIRE_USAGES: Readonly<Record<string, readonly WireUsage[]>> = {
  'OpenAI Responses, stored': OPENAI_RESPONSES,
  'OpenAI Responses, not stored': OPENAI_RESPONSES,
  'OpenAI Chat Completions': OPENAI_CHAT,
  'OpenAI-compatible': OPENAI_CHAT,
  Anthropic: ANTHROPIC,
  'Amazon Bedrock, Anthropic': ANTHROPIC,
  'Vertex AI, Anthropic': ANTHROPIC,
  'Amazon Bedrock, Converse': [
    {
      name: 'cache read and written',
      billed: USUAL,
      wire: {
        inputTokens: 200,
        outputTokens: 300,
        totalTokens: 1_500,
        cacheReadInputTokens: 900,
        cacheWriteInputTokens: 100,
      },
    },
    { name: 'zero', billed: ZERO, wire: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } },
    { name: 'no details', billed: USUAL, wire: { inputTokens: 1_200, outputTokens: 300, totalTokens: 1_500 } },
  ],
  Gemini: GEMINI,
  'Vertex AI, Gemini': GEMINI,
  Groq: OPENAI_CHAT,
  Mistral: [
    {
      name: 'cached and reasoning tokens',
      billed: USUAL,
      wire: {
        prompt_tokens: 1_200,
        completion_tokens: 300,
        total_tokens: 1_500,
        num_cached_tokens: 900,
        completion_tokens_details: { reasoning_tokens: 250 },
      },
    },
    {
      name: 'zero',
      billed: ZERO,
      wire: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, num_cached_tokens: 0 },
    },
    { name: 'no details', billed: USUAL, wire: { prompt_tokens: 1_200, completion_tokens: 300, total_tokens: 1_500 } },
  ],
  'Ollama, ollama-ai-provider-v2': OLLAMA,
  'Ollama, ai-sdk-ollama': OLLAMA,
};
