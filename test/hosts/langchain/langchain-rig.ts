import { createHeadroomMiddleware, type HeadroomMiddlewareOptions } from '../../../src/adapters/langchain.ts';
import type { EventOf, EventType, HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { recordEvents } from '../../../src/testing.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import type { LangChainAgent, LangChainVersion } from './langchain-version.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

export interface LangChainRigOptions {
  readonly script: Script;
  readonly tools?: readonly unknown[];
  /** Of `createAgent`, besides the model and the tools. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Middleware around ours, and within it. */
  readonly outside?: readonly unknown[];
  readonly inside?: readonly unknown[];
  readonly options?: HeadroomMiddlewareOptions;
  readonly hooks?: HeadroomHooks;
}

/** An agent with our middleware, the same without it, and what was heard. */
export interface LangChainRig {
  readonly agent: LangChainAgent;
  readonly alone: LangChainAgent;
  /** The model of the agent with our middleware. */
  readonly model: ScriptedChatModel;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
  all<Type extends EventType>(type: Type): EventOf<Type>[];
}

export function createLangChainRig(
  version: LangChainVersion,
  { script, tools = [], params = {}, outside = [], inside = [], options = {}, ...rest }: LangChainRigOptions,
): LangChainRig {
  const hooks = rest.hooks ?? createHeadroomHooks();
  const events = recordEvents(hooks.events);
  const headroom = createHeadroomMiddleware({ preHooks: [hooks.preHook], postHooks: [hooks.postHook], ...options });
  const model = new ScriptedChatModel(scriptedProvider('v4', script));
  const untouched = new ScriptedChatModel(scriptedProvider('v4', script));
  const start = (chatModel: ScriptedChatModel, middleware: readonly unknown[]): LangChainAgent =>
    version.createAgent({ model: chatModel, tools, middleware, ...params });
  return {
    agent: start(model, [...outside, headroom, ...inside]).withConfig({ callbacks: [headroom.callbacks] }),
    alone: start(untouched, [...outside, ...inside]),
    model,
    hooks,
    events,
    all: <Type extends EventType>(type: Type) => events.filter((event): event is EventOf<Type> => event.type === type),
  };
}

/** The conversation as JSON, but for ids, which are new in every run. */
export function historyOf(messages: readonly unknown[]): string {
  return JSON.stringify(messages, (key, value: unknown) =>
    key === 'id' && typeof value === 'string' && value.length > 20 ? undefined : value,
  );
}

export function say(content: string): object {
  return { messages: [{ role: 'user', content }] };
}
