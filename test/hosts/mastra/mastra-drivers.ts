import { z } from 'zod';
import { createHeadroomProcessor } from '../../../src/adapters/mastra.ts';
import type { HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import {
  INSTRUCTIONS,
  type Host,
  type HostAnswer,
  type HostDriver,
  type HostSetup,
  type ToolDefinition,
} from '../host-driver.ts';
import type { MastraAgent, MastraStream, MastraVersion, StoredMessage } from './mastra-version.ts';

/** The processor that does all of it, and the agent's model as it is. */
export function processorDriver(version: MastraVersion): HostDriver {
  return {
    ...common(version),
    name: `createHeadroomProcessor() in ${version.name}`,
    start: (setup) => {
      const { hooks } = setup;
      const compression = { store: hooks?.store };
      const processors =
        hooks === undefined ? inBoth(idle) : inBoth(createHeadroomProcessor({ ...pair(hooks), compression }));
      return hostOf(agentOf(version, setup, { model: setup.provider, ...processors }));
    },
  };
}

/** A `HeadroomModel` as the agent's model, and the processor for the hooks. */
export function modelDriver(version: MastraVersion): HostDriver {
  return {
    ...common(version),
    name: `HeadroomModel and hooks by a processor in ${version.name}`,
    start: (setup) => {
      const { hooks } = setup;
      const processors =
        hooks === undefined ? inBoth(idle) : inBoth(createHeadroomProcessor({ ...pair(hooks), compression: false }));
      return hostOf(agentOf(version, setup, { model: setup.model, ...processors }));
    },
  };
}

/** With any input processor, Mastra stores the name of the model with what it answers. */
const idle = {
  id: 'idle',
  processInputStep: () => undefined,
  processOutputResult: <List>(of: { messageList: List }) => of.messageList,
};

function common({ host, specificationVersion }: MastraVersion): Omit<HostDriver, 'name' | 'start'> {
  return { host, specificationVersion, reportsDetails: true, isInstructed: true, abandonedRunsEndBy: 'host' };
}

function pair({ preHook, postHook }: HeadroomHooks): object {
  return { preHooks: [preHook], postHooks: [postHook] };
}

function inBoth(processor: unknown): object {
  return { inputProcessors: [processor], outputProcessors: [processor] };
}

function agentOf(version: MastraVersion, { tools }: HostSetup, config: object): MastraAgent {
  return new version.Agent({
    id: 'agent',
    name: 'Agent',
    instructions: INSTRUCTIONS,
    maxRetries: 0,
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, toolOf(version, name, tool)])),
    ...config,
  });
}

function toolOf(version: MastraVersion, id: string, { description, inputSchema, execute }: ToolDefinition): unknown {
  const properties = (inputSchema['properties'] ?? {}) as Readonly<Record<string, { readonly type: string }>>;
  const shape = Object.entries(properties).map(([name, { type }]) => [
    name,
    type === 'number' ? z.number() : z.string(),
  ]);
  return version.createTool({ id, description, inputSchema: z.object(Object.fromEntries(shape)), execute });
}

function hostOf(agent: MastraAgent): Host {
  return {
    generate: async ({ prompt, abortSignal }) => {
      const answer = await agent.generate(prompt, { abortSignal });
      // An abort is an answer here, and no rejection.
      if (abortSignal?.aborted === true) throw new DOMException('The run was aborted.', 'AbortError');
      // Its text is that of all steps.
      return answerOf(answer.steps.at(-1)?.text ?? '', answer.messages);
    },
    stream: async ({ prompt, abortSignal }) => readAll(await agent.stream(prompt, { abortSignal })),
    leave: async ({ prompt }) => {
      for await (const part of (await agent.stream(prompt)).fullStream) if (part.type === 'text-delta') break;
    },
  };
}

async function readAll(stream: MastraStream): Promise<HostAnswer> {
  let failure: { readonly error: unknown } | undefined;
  for await (const { type, payload } of stream.fullStream) {
    if (type === 'error') failure ??= { error: payload?.error };
    if (type === 'abort') failure ??= { error: new DOMException('The stream was aborted.', 'AbortError') };
  }
  if (failure !== undefined) throw failure.error;
  return answerOf(await stream.text, stream.messageList.get.all.db());
}

/** What is stored, but for what is new in every run: when, and under which id. */
function answerOf(text: string, messages: readonly StoredMessage[]): HostAnswer {
  const isNew = new Set(['id', 'createdAt', 'startedAt']);
  const history = JSON.stringify(
    messages.map(({ role, content }) => ({ role, content })),
    (key, value: unknown) => (isNew.has(key) ? undefined : value),
  );
  return { text, history };
}
