import type { OutputInterface, ToolLoopAgent, ToolLoopAgentSettings, ToolSet } from 'ai';
import { importPeer } from '../import-peer.ts';
import { createAgentClass, type AgentHooks } from './ai-sdk/create-agent-class.ts';

export { createAgentClass, type AgentHooks } from './ai-sdk/create-agent-class.ts';
export { headroomMiddleware, type HeadroomMiddleware } from './ai-sdk/headroom-middleware.ts';

/** What `new Agent()` takes: all that `ToolLoopAgent` of ai 7 takes, and hooks. */
export type AgentSettings<
  CallOptions = never,
  Tools extends ToolSet = {},
  RuntimeContext extends Record<string, unknown> = Record<string, unknown>,
  Output extends OutputInterface = never,
> = ToolLoopAgentSettings<CallOptions, Tools, RuntimeContext, Output> & AgentHooks;

type AgentClass = new <
  CallOptions = never,
  Tools extends ToolSet = {},
  RuntimeContext extends Record<string, unknown> = Record<string, unknown>,
  Output extends OutputInterface = never,
>(
  settings: AgentSettings<CallOptions, Tools, RuntimeContext, Output>,
) => ToolLoopAgent<CallOptions, Tools, RuntimeContext, Output>;

const ai = await importPeer('ai', () => import('ai'));
const hookedToolLoopAgent = createAgentClass(ai.ToolLoopAgent);
// Written out, so that the types of this module name nothing but what the peer exports.
const HookedAgent: AgentClass = hookedToolLoopAgent;

/**
 * A `ToolLoopAgent` that takes `preHooks` and `postHooks`. Pre hooks run before the model is called and post hooks run
 * once, however the run ends. With a `HeadroomModel` it offers `headroom_retrieve` to the model by itself, so that what
 * was left out can be asked for. All the rest is `ToolLoopAgent`'s own.
 *
 * It runs on ai 6 and ai 7. Its types are those of ai 7; on ai 6 `createAgentClass(ToolLoopAgent)` has the right ones.
 */
export class Agent<
  CallOptions = never,
  Tools extends ToolSet = {},
  RuntimeContext extends Record<string, unknown> = Record<string, unknown>,
  Output extends OutputInterface = never,
> extends HookedAgent<CallOptions, Tools, RuntimeContext, Output> {}
