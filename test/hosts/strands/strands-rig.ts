import type { Agent, AgentConfig, Plugin, Tool } from '@strands-agents/sdk';
import type { HeadroomPluginOptions } from '../../../src/adapters/strands.ts';
import type { EventOf, EventType, HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { recordEvents } from '../../../src/testing.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { scriptedStrandsModel, type ScriptedStrandsModel } from './scripted-strands-model.ts';
import type { StrandsVersion } from './strands-version.ts';

export interface StrandsRigOptions {
  readonly script: Script;
  readonly tools?: readonly Tool[];
  /** Of the agent, besides the model and the tools. Called for each of both agents. */
  readonly config?: () => AgentConfig;
  readonly options?: HeadroomPluginOptions;
  readonly hooks?: HeadroomHooks;
  /** Plugins of others, after ours. */
  readonly plugins?: readonly Plugin[];
}

/** An agent with our plugin, the same without it, and what was heard. */
export interface StrandsRig {
  readonly agent: Agent;
  readonly alone: Agent;
  /** The model of the agent with our plugin. */
  readonly model: ScriptedStrandsModel;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
  all<Type extends EventType>(type: Type): EventOf<Type>[];
}

export function createStrandsRig(
  version: StrandsVersion,
  { script, tools = [], config = () => ({}), options = {}, plugins = [], ...rest }: StrandsRigOptions,
): StrandsRig {
  const hooks = rest.hooks ?? createHeadroomHooks();
  const events = recordEvents(hooks.events);
  const headroom = version.createHeadroomPlugin({
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
    ...options,
  });
  const model = scriptedStrandsModel(version, scriptedProvider('v4', script));
  const untouched = scriptedStrandsModel(version, scriptedProvider('v4', script));
  const start = (of: ScriptedStrandsModel, own: readonly Plugin[]): Agent =>
    new version.sdk.Agent({ model: of, tools: [...tools], plugins: [...own, ...plugins], printer: false, ...config() });
  return {
    agent: start(model, [headroom]),
    alone: start(untouched, []),
    model,
    hooks,
    events,
    all: <Type extends EventType>(type: Type) => events.filter((event): event is EventOf<Type> => event.type === type),
  };
}

/** The conversation as JSON, but for ids and times, which are new in every run. */
export function historyOf(messages: readonly unknown[]): string {
  const isNew = new Set(['trackingId', 'metrics']);
  return JSON.stringify(messages, (key, value: unknown) => (isNew.has(key) ? undefined : value));
}
