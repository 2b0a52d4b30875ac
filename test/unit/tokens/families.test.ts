import { describe, expect, it } from 'vitest';
import { type TokenFamily, tokenFamilyOf } from '../../../src/tokens/families.ts';

const byModel: Readonly<Record<TokenFamily, readonly string[]>> = {
  o200k: [
    'gpt-4o',
    'gpt-4o-mini-2024-07-18',
    'gpt-4.1-nano',
    'gpt-4.5-preview',
    'gpt-5',
    'gpt-5.1-codex-max',
    'GPT-5-Mini',
    'o1',
    'o1-mini',
    'o3-2025-04-16',
    'o4-mini',
    'openai/o3-mini-high',
    'chatgpt-4o-latest',
    'codex-mini-latest',
    'gpt-oss-120b',
    'ollama/gpt-oss:20b',
    'openrouter/openai/gpt-5-mini',
    'ft:gpt-4o-mini-2024-07-18:acme::abc123',
    'some-unknown-model',
    'o100',
    '',
  ],
  cl100k: [
    'gpt-4',
    'gpt-4-turbo',
    'gpt-4-0613',
    'gpt-3.5-turbo-0125',
    'gpt-35-turbo',
    'azure/gpt-4-32k',
    'text-embedding-3-large',
    'phi4:14b',
    'ft:gpt-3.5-turbo:acme',
  ],
  claude: [
    'claude-sonnet-4-5',
    'claude-3-5-haiku-20241022',
    'claude-3-opus-20240229',
    'claude-3.7-sonnet',
    'claude-sonnet-4-20250514',
    'claude-opus-4-6',
    'claude-latest',
    'anthropic.claude-3-5-sonnet-20241022-v2:0',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'openrouter/anthropic/claude-opus-4.1:beta',
    'claude-sonnet-4@20250514',
  ],
  'claude-4.7': [
    'claude-opus-4-7',
    'claude-opus-4-7-20260416',
    'anthropic/claude-opus-4.8',
    'us.anthropic.claude-opus-4-7-v1:0',
    'claude-sonnet-5',
    'claude-opus-5-20260801',
    'claude-haiku-5@20260801',
  ],
  'claude-2': [
    'claude-2.1',
    'bedrock/anthropic.claude-v2',
    'anthropic.claude-v2:1',
    'claude-instant-1.2',
    'claude-instant',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-instant-v1',
  ],
  gemini: [
    'gemini-2.5-pro',
    'models/gemini-1.5-flash-002',
    'google/gemini-3-pro-preview',
    'gemma3:27b',
    'palm-2',
    'text-bison@001',
  ],
  llama: [
    'llama3.1:8b',
    'meta-llama/Llama-3.3-70B-Instruct',
    'us.meta.llama3-2-90b-instruct-v1:0',
    'deepseek-r1-distill-llama-70b',
    'groq/llama-3.1-8b-instant',
  ],
  'llama-4': [
    'meta-llama/llama-4-scout-17b-16e-instruct',
    'us.meta.llama4-maverick-17b-instruct-v1:0',
    'publishers/meta/models/llama-4-maverick-17b-128e-instruct-maas',
  ],
  qwen: ['ollama/qwen3', 'qwen2.5-coder:7b', 'qwen/qwen3-32b', 'qwen-qwq-32b', 'deepseek-r1-distill-qwen-32b'],
  deepseek: ['deepseek-r1', 'deepseek-chat', 'us.deepseek.r1-v1:0', 'ollama/deepseek-v3.1'],
  mistral: [
    'mistral-large-latest',
    'mistral-large-2512',
    'mistral-small-2501',
    'codestral-2501',
    'ministral-8b',
    'magistral-small',
    'devstral-medium',
    'mistralai/Mistral-Nemo-Instruct-2407',
    'ollama/mistral',
    'pixtral-12b',
  ],
  'mistral-32k': [
    'open-mistral-7b',
    'open-mixtral-8x22b',
    'mistral.mixtral-8x7b-instruct-v0:1',
    'mistral.mistral-large-2407-v1:0',
    'mistral-small-2409',
    'codestral-2405',
    'llama2:13b',
    'meta.llama2-70b-chat-v1',
    'codellama',
    'tinyllama',
    'phi3:mini',
  ],
};

const byProvider: readonly (readonly [string, string, TokenFamily])[] = [
  ['anthropic.messages', 'my-deployment', 'claude'],
  ['bedrock.anthropic.messages', 'my-profile', 'claude'],
  ['vertex.anthropic.messages', 'my-endpoint', 'claude'],
  ['amazon-bedrock', 'arn:aws:bedrock:eu-west-1:1:application-inference-profile/x1', 'claude'],
  ['google.generative-ai', 'tuned-model', 'gemini'],
  ['google.vertex.chat', 'endpoints/123', 'gemini'],
  ['mistral.chat', 'custom', 'mistral'],
  ['groq.chat', 'custom', 'llama'],
  ['ollama', 'qwen3:8b', 'qwen'],
  ['ollama', 'my-own-model', 'llama'],
  ['ollama.responses', 'deepseek-r1', 'deepseek'],
  ['amazon-bedrock', 'anthropic.claude-opus-4-7-v1:0', 'claude-4.7'],
  ['google.vertex.anthropic', 'claude-sonnet-4-5@20250929', 'claude'],
  ['openai.responses', 'my-fine-tune', 'o200k'],
  ['azure.chat', 'my-deployment', 'o200k'],
  ['gateway', 'unknown/thing', 'o200k'],
  ['amazon-bedrock', 'meta.llama3-8b', 'llama'],
  ['groq.chat', 'openai/gpt-oss-120b', 'o200k'],
  ['openai.chat', 'gpt-4', 'cl100k'],
];

describe('the family of a model', () => {
  it.each(Object.entries(byModel).flatMap(([family, models]) => models.map((model) => [model, family] as const)))(
    'of id %j is %s',
    (model, family) => {
      expect(tokenFamilyOf(model)).toBe(family);
    },
  );

  it.each(byProvider)('served by %s under the id %s is %s', (provider, model, family) => {
    expect(tokenFamilyOf(model, provider)).toBe(family);
  });

  it('takes time in proportion to a hostile id', () => {
    expect(tokenFamilyOf(`x${'gpt-'.repeat(100_000)}`, 'llam'.repeat(100_000))).toBe('o200k');
    expect(tokenFamilyOf(`claude-${'1234567890'.repeat(100_000)}`)).toBe('claude');
    expect(tokenFamilyOf(`claude${'-'.repeat(1_000_000)}`)).toBe('claude');
  });
});
