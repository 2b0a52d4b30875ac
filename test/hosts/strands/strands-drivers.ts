import type { Agent, AgentResult, AgentStreamEvent, Plugin } from '@strands-agents/sdk';
import {
  INSTRUCTIONS,
  type Host,
  type HostAnswer,
  type HostCall,
  type HostDriver,
  type HostSetup,
} from '../host-driver.ts';
import { scriptedStrandsModel } from './scripted-strands-model.ts';
import { historyOf } from './strands-rig.ts';
import type { StrandsVersion } from './strands-version.ts';

export function pluginDriver(version: StrandsVersion): HostDriver {
  return {
    name: `createHeadroomPlugin() in ${version.name}`,
    host: version.host,
    specificationVersion: 'v4',
    reportsDetails: true,
    isInstructed: true,
    abandonedRunsEndBy: 'reader',
    start: (setup) => hostOf(agentsOf(version, setup)),
  };
}

/** Makes an agent for each call: Strands runs one once at a time. The model and the plugin are the same. */
function agentsOf(version: StrandsVersion, { provider, tools, hooks }: HostSetup): () => Agent {
  const { Agent, FunctionTool } = version.sdk;
  const model = scriptedStrandsModel(version, provider);
  const pair = hooks === undefined ? {} : { preHooks: [hooks.preHook], postHooks: [hooks.postHook] };
  const plugins: Plugin[] =
    hooks === undefined ? [] : [version.createHeadroomPlugin({ ...pair, compression: { store: hooks.store } })];
  return () =>
    new Agent({
      model,
      plugins,
      printer: false,
      systemPrompt: INSTRUCTIONS,
      tools: Object.entries(tools).map(
        ([name, { description, inputSchema, execute }]) =>
          new FunctionTool({
            name,
            description,
            inputSchema,
            callback: async (input) => (await execute(input as never)) as string,
          }),
      ),
    });
}

function hostOf(start: () => Agent): Host {
  return {
    generate: async (call) => {
      const agent = start();
      return answerOf(agent, await agent.invoke(call.prompt, optionsOf(call)));
    },
    stream: async (call) => {
      const agent = start();
      let result: AgentResult | undefined;
      for await (const event of agent.stream(call.prompt, optionsOf(call))) {
        if (event.type === 'agentResultEvent') result = event.result;
      }
      if (result === undefined) throw new Error('The stream ended without a result.');
      return answerOf(agent, result);
    },
    leave: async (call) => {
      for await (const event of start().stream(call.prompt)) if (isText(event)) break;
    },
  };
}

function optionsOf({ abortSignal }: HostCall): { cancelSignal?: AbortSignal } {
  return abortSignal === undefined ? {} : { cancelSignal: abortSignal };
}

function isText(event: AgentStreamEvent): boolean {
  if (event.type !== 'modelStreamUpdateEvent') return false;
  return event.event.type === 'modelContentBlockDeltaEvent' && event.event.delta.type === 'textDelta';
}

function answerOf(agent: Agent, { stopReason, lastMessage }: AgentResult): HostAnswer {
  // A cancelled run has a result as any other.
  if (stopReason === 'cancelled') throw new DOMException('The run was aborted.', 'AbortError');
  const text = lastMessage.content.map((block) => (block.type === 'textBlock' ? block.text : '')).join('');
  return { text, history: historyOf(agent.messages) };
}
