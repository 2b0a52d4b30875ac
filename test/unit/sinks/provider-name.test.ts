import { expect, test } from 'vitest';
import { genAiProviderName } from '../../../src/sinks/provider-name.ts';

test.each([
  ['openai', 'openai'],
  ['openai.responses', 'openai'],
  ['openai-compatible.chat', 'openai-compatible.chat'],
  ['anthropic.messages', 'anthropic'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex.chat', 'gcp.vertex_ai'],
  ['vertex.anthropic.messages', 'gcp.vertex_ai'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['azure.chat', 'azure.ai.openai'],
  ['my-gateway', 'my-gateway'],
  ['', ''],
])('the provider %s is called %s', (provider, name) => {
  expect(genAiProviderName(provider)).toBe(name);
});
