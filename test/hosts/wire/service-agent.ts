import { createAgentClass } from '../../../src/adapters/ai-sdk.ts';
import type { AiSdk, LoopAgent } from '../ai-sdk-version.ts';
import { requestRows } from '../service-log.ts';
import type { WireAnswer } from './scenario.ts';

export const LOOK: WireAnswer = {
  reasoning: 'The log will tell.',
  redactedReasoning: 'redacted-reasoning',
  text: 'I will look.',
  toolCalls: [
    { name: 'list', arguments: { count: 200 } },
    { name: 'list', arguments: { count: 3 } },
    { name: 'report', arguments: { count: 90 } },
    { name: 'rows', arguments: { count: 80 } },
    { name: 'rows', arguments: { count: 0 } },
  ],
  usage: { input: 900, output: 40, cached: 100 },
};
export const LOOK_AGAIN: WireAnswer = { ...LOOK, toolCalls: [{ name: 'list', arguments: { count: 120 } }] };
export const ANSWER: WireAnswer = { reasoning: 'Now I know.', text: 'One request in two hundred failed.' };

const COUNT = { type: 'object', properties: { count: { type: 'number' } } };

/** What an agent has besides. */
export interface ServiceAgentExtras {
  readonly tools?: Readonly<Record<string, unknown>>;
  /** What else is in a report, such as pictures. */
  readonly attachments?: readonly unknown[];
}

/** An agent that looks through requests: `list` gives a text, `report` a content of several texts, `rows` JSON. */
export function serviceAgent(
  sdk: AiSdk,
  settings: Readonly<Record<string, unknown>>,
  { tools = {}, attachments = [] }: ServiceAgentExtras = {},
): LoopAgent {
  const list = sdk.tool({
    description: 'Lists requests.',
    inputSchema: sdk.jsonSchema(COUNT),
    execute: async ({ count }: { readonly count: number }) => JSON.stringify(requestRows(count), undefined, 2),
  });
  const rows = sdk.tool({
    description: 'Gives requests as rows.',
    inputSchema: sdk.jsonSchema(COUNT),
    execute: async ({ count }: { readonly count: number }) => requestRows(count),
  });
  const report = sdk.tool({
    description: 'Reports on requests.',
    inputSchema: sdk.jsonSchema(COUNT),
    execute: async ({ count }: { readonly count: number }) => requestRows(count),
    toModelOutput: ({ output }: { readonly output: unknown }) => ({
      type: 'content',
      value: [
        { type: 'text', text: 'The requests of last night:' },
        { type: 'text', text: JSON.stringify(output, undefined, 2) },
        ...attachments,
      ],
    }),
  });
  const Agent = createAgentClass(sdk.ToolLoopAgent);
  return new Agent({
    instructions: {
      role: 'system',
      content: 'You look after a shop.',
      providerOptions: {
        anthropic: { cacheControl: { type: 'ephemeral' } },
        bedrock: { cachePoint: { type: 'default' } },
      },
    },
    tools: { list, report, rows, ...tools },
    maxRetries: 0,
    onError: () => {},
    ...settings,
  });
}
