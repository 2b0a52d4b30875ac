import { createAgentClass } from '../../src/adapters/ai-sdk.ts';
import type { AiSdkVersion, LoopAgent } from './ai-sdk-version.ts';
import { scriptedProvider, type Script, type ScriptedProvider } from './scripted-provider.ts';

/** Looks, then answers. */
export const lookThenAnswer: Script = ({ answerCount }) =>
  answerCount === 0
    ? { text: 'I will look.', toolCalls: [{ toolName: 'look', input: {} }] }
    : { text: 'All is well.', usage: { inputTokens: 200, outputTokens: 20 } };

export interface AgentRig {
  readonly provider: ScriptedProvider;
  readonly agent: LoopAgent;
}

/** A shopkeeper with one tool, on one version of the SDK. */
export function createAgentRig(version: AiSdkVersion, settings: Readonly<Record<string, unknown>>): AgentRig {
  const { sdk, specificationVersion } = version;
  const provider = scriptedProvider(specificationVersion, lookThenAnswer);
  const look = sdk.tool({
    inputSchema: sdk.jsonSchema({ type: 'object', properties: {} }),
    execute: async () => 'The shop is open.',
  });
  const HookedAgent = createAgentClass(sdk.ToolLoopAgent);
  const base = { id: 'shopkeeper', model: provider, tools: { look }, maxRetries: 0, onError: () => {} };
  return { provider, agent: new HookedAgent({ ...base, ...settings }) };
}
