import * as strands from '@strands-agents/sdk';
import { Agent, type Graph, type Plugin, type Tool } from '@strands-agents/sdk';
import * as multiAgent from '@strands-agents/sdk/multiagent';
import type { MultiAgentPlugin } from '@strands-agents/sdk/multiagent';
import { expect, it } from 'vitest';
import { createHeadroomPlugin, headroomTools, type HeadroomPlugin } from '../../../src/adapters/strands.ts';
import type { StrandsMultiAgent, StrandsSdk } from '../../../src/adapters/strands/strands-shapes.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';

// What this says is said when it compiles, against the types of the Strands that is installed.
it('fits the types of Strands', () => {
  const plugin: Plugin & MultiAgentPlugin = createHeadroomPlugin();
  const sdk: StrandsSdk = strands;
  const events: StrandsMultiAgent = multiAgent;
  const initAgent = (headroom: HeadroomPlugin, agent: Agent): Promise<void> => headroom.initAgent(agent);
  const initGraph = (headroom: HeadroomPlugin, graph: Graph): Promise<void> => headroom.initMultiAgent(graph);
  const tools: Tool[] = headroomTools(createHeadroomHooks());
  const agent = new Agent({ plugins: [createHeadroomPlugin()], tools: [...headroomTools(createHeadroomHooks())] });
  expect([plugin.name, tools[0]?.name, agent.messages.length]).toEqual(['headroom', 'headroom_retrieve', 0]);
  expect([sdk, events, initAgent, initGraph].every((each) => each !== undefined)).toBe(true);
});
