import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHeadroomAgentHooks, type HeadroomAgentHooksOptions } from '../../../src/adapters/voltagent.ts';
import type { AiSdkVersion, LoopAgent } from '../ai-sdk-version.ts';
import { requestRows } from '../service-log.ts';
import { PROVIDER_APIS, type ProviderApi } from '../wire/provider-apis.ts';
import { closeServers, compareOnTheWire, EXITS } from '../wire/wire-comparison.ts';
import { handleRejections } from './handle-rejections.ts';
import { VOLTAGENT_VERSIONS, type VoltAgentVersion } from './voltagent-version.ts';

afterEach(closeServers);

const PROVIDERS = { createAnthropic, createOpenAI } as unknown as AiSdkVersion;

for (const version of VOLTAGENT_VERSIONS) {
  for (const api of PROVIDER_APIS) {
    describe(`${version.name}, ${api.name}`, () => {
      // Where VoltAgent reads a stream that its reader has left, nothing is left open.
      const exits = EXITS.filter(({ use }) => use !== 'leave' || !version.readsWhatNobodyReads);
      it.each(exits)('sends what it would send without us but for tool results: $name', async (exit) => {
        const { wrapped } = await compareOnTheWire(
          {
            model: (baseURL) => api.model(PROVIDERS, baseURL),
            agent: (settings) => loopAgentOf(version, api, settings),
            // VoltAgent's instructions are a text, which no cache control goes with.
            marks: api.marks.filter((mark) => mark !== 'cache_control'),
          },
          exit,
        );
        expect(wrapped).toHaveLength(3);
      });
    });
  }
}

/** An agent of VoltAgent as the comparison calls it, with the tools of its service agent. */
function loopAgentOf(
  version: VoltAgentVersion,
  { providerOptions }: ProviderApi,
  { preHooks, postHooks, ...settings }: Readonly<Record<string, unknown>>,
): LoopAgent {
  const parameters = z.object({ count: z.number() });
  const description = 'Gives requests.';
  const execute = async ({ count }: { readonly count: number }) => requestRows(count);
  const tools = [
    version.createTool({
      name: 'list',
      description,
      parameters,
      execute: async ({ count }: { readonly count: number }) => JSON.stringify(requestRows(count), undefined, 2),
    }),
    version.createTool({ name: 'rows', description, parameters, execute }),
    version.createTool({
      name: 'report',
      description,
      parameters,
      execute,
      toModelOutput: ({ output }: { readonly output: unknown }) => ({
        type: 'content',
        value: [
          { type: 'text', text: 'The requests of last night:' },
          { type: 'text', text: JSON.stringify(output, undefined, 2) },
        ],
      }),
    }),
  ];
  const hooks =
    preHooks === undefined ? {} : createHeadroomAgentHooks({ preHooks, postHooks } as HeadroomAgentHooksOptions);
  const agent = new version.Agent({
    name: 'agent',
    instructions: 'You look after a shop.',
    maxRetries: 0,
    tools,
    hooks: version.createHooks(hooks),
    ...settings,
  });
  interface Call {
    readonly prompt: string;
    readonly abortSignal?: AbortSignal;
  }
  return {
    generate: ({ prompt, abortSignal }: Call) => agent.generateText(prompt, { abortSignal, providerOptions }),
    stream: async ({ prompt, abortSignal }: Call) => {
      const stream = await agent.streamText(prompt, { abortSignal, providerOptions });
      handleRejections(stream);
      return { fullStream: untilItIsTold(stream.fullStream) };
    },
  } as unknown as LoopAgent;
}

/** VoltAgent tells nobody that a stream broke, which then counts as ended after a second. */
async function* untilItIsTold<Part>(stream: AsyncIterable<Part>): AsyncGenerator<Part> {
  try {
    yield* stream;
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    throw error;
  }
}
