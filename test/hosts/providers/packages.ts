import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createBedrockAnthropic } from '@ai-sdk/amazon-bedrock/anthropic';
import { anthropic, createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI, google } from '@ai-sdk/google';
import { createVertex } from '@ai-sdk/google-vertex';
import { createVertexAnthropic } from '@ai-sdk/google-vertex/anthropic';
import { createGroq } from '@ai-sdk/groq';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI, openai } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import * as sdk from 'ai';
import { createOllama as createAiSdkOllama } from 'ai-sdk-ollama';
import { createOllama as createOllamaProviderV2 } from 'ollama-ai-provider-v2';
import type { ProviderPackages } from './provider-packages.ts';

/** The packages that AI SDK 7 works with. */
export const AI_7_PACKAGES = {
  name: 'ai 7',
  sdk,
  createOpenAI,
  createOpenAICompatible,
  createAnthropic,
  createAmazonBedrock,
  createBedrockAnthropic,
  createGoogleGenerativeAI,
  createVertex,
  createVertexAnthropic,
  createGroq,
  createMistral,
  createOllamaProviderV2,
  createAiSdkOllama,
  serverTools: {
    anthropic: { web_search: anthropic.tools.webSearch_20250305({}) },
    openai: { code_interpreter: openai.tools.codeInterpreter({}) },
    google: { code_execution: google.tools.codeExecution({}) },
  },
  picture: (data: string) => ({ type: 'file', mediaType: 'image/png', data: { type: 'data', data } }),
  document: (data: string) => ({
    type: 'file',
    mediaType: 'application/pdf',
    filename: 'report.pdf',
    data: { type: 'data', data },
  }),
  folder: import.meta.url,
} as unknown as ProviderPackages;
