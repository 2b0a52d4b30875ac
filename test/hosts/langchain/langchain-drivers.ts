import { createHeadroomMiddleware } from '../../../src/adapters/langchain.ts';
import {
  INSTRUCTIONS,
  type Host,
  type HostAnswer,
  type HostCall,
  type HostDriver,
  type HostSetup,
} from '../host-driver.ts';
import { historyOf } from './langchain-rig.ts';
import type { LangChainAgent, LangChainState, LangChainVersion } from './langchain-version.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

/** Modes in which a graph is streamed: its states, its updates, or the messages as they are written. */
const MODES = ['messages', 'values', 'updates'] as const;

export function middlewareDriver(version: LangChainVersion, mode: (typeof MODES)[number]): HostDriver {
  return {
    name: `createHeadroomMiddleware() in ${version.name}, streaming ${mode}`,
    host: version.host,
    specificationVersion: 'v4',
    reportsDetails: true,
    isInstructed: true,
    abandonedRunsEndBy: 'host',
    start: (setup) => hostOf(agentOf(version, setup), mode),
  };
}

export function driversOf(version: LangChainVersion): readonly HostDriver[] {
  return MODES.map((mode) => middlewareDriver(version, mode));
}

function agentOf(version: LangChainVersion, { provider, tools, hooks }: HostSetup): LangChainAgent {
  const params = {
    model: new ScriptedChatModel(provider),
    systemPrompt: INSTRUCTIONS,
    tools: Object.entries(tools).map(([name, { description, inputSchema, execute }]) =>
      version.tool(async (input) => execute(input), { name, description, schema: inputSchema }),
    ),
  };
  if (hooks === undefined) return version.createAgent(params);
  const headroom = createHeadroomMiddleware({
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
    compression: { store: hooks.store },
  });
  return version.createAgent({ ...params, middleware: [headroom] }).withConfig({ callbacks: [headroom.callbacks] });
}

function hostOf(agent: LangChainAgent, mode: (typeof MODES)[number]): Host {
  const inputOf = ({ prompt }: HostCall): object => ({ messages: [{ role: 'user', content: prompt }] });
  const configOf = ({ abortSignal }: HostCall): object => (abortSignal === undefined ? {} : { signal: abortSignal });
  return {
    generate: async (call) => answerOf(await agent.invoke(inputOf(call), configOf(call))),
    stream: async (call) => {
      let state: LangChainState | undefined;
      try {
        // The states are read in every mode, since they are the answer.
        const streamMode = mode === 'values' ? ['values'] : [mode, 'values'];
        for await (const part of await agent.stream(inputOf(call), { ...configOf(call), streamMode })) {
          const [kind, value] = part as readonly [string, LangChainState];
          if (kind === 'values') state = value;
        }
      } catch (error) {
        // LangGraph's own word for it is an error without a name.
        if (call.abortSignal?.aborted === true) throw new DOMException('The run was aborted.', 'AbortError');
        throw error;
      }
      if (state === undefined) throw new Error('The stream ended without a state.');
      return answerOf(state);
    },
    leave: async (call) => {
      for await (const part of await agent.stream(inputOf(call), { streamMode: ['messages'] })) {
        const [, [message]] = part as readonly [string, readonly [{ readonly text: string }]];
        if (message.text !== '') break;
      }
    },
  };
}

function answerOf({ messages }: LangChainState): HostAnswer {
  return { text: messages.at(-1)?.text ?? '', history: historyOf(messages) };
}
