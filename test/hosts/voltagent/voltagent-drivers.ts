import { z } from 'zod';
import { createHeadroomAgentHooks } from '../../../src/adapters/voltagent.ts';
import {
  INSTRUCTIONS,
  type Host,
  type HostAnswer,
  type HostDriver,
  type HostSetup,
  type ToolDefinition,
} from '../host-driver.ts';
import { until } from '../until.ts';
import { handleRejections } from './handle-rejections.ts';
import type { VoltAgentMemory, VoltAgentStream, VoltAgentVersion } from './voltagent-version.ts';

/** A `HeadroomModel` as the agent's model, and hooks around the agent's own. */
export function agentHooksDriver(version: VoltAgentVersion): HostDriver {
  return {
    name: `HeadroomModel and createHeadroomAgentHooks() in ${version.name}`,
    host: version.host,
    specificationVersion: 'v3',
    reportsDetails: true,
    isInstructed: true,
    abandonedRunsEndBy: version.readsWhatNobodyReads ? 'host' : 'time-to-live',
    start: (setup) => hostOf(version, setup),
  };
}

const OWNER = { userId: 'user-1', conversationId: 'conversation-1' };

function hostOf(version: VoltAgentVersion, { model, tools, hooks }: HostSetup): Host {
  const create = () => {
    const memory = new version.Memory({ storage: new version.InMemoryStorageAdapter() });
    const agent = new version.Agent({
      name: 'agent',
      instructions: INSTRUCTIONS,
      maxRetries: 0,
      model,
      memory,
      tools: Object.entries(tools).map(([name, tool]) => toolOf(version, name, tool)),
      ...(hooks === undefined
        ? {}
        : {
            hooks: version.createHooks(
              createHeadroomAgentHooks({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] }),
            ),
          }),
    });
    return { agent, memory };
  };
  return {
    generate: async ({ prompt, abortSignal }) => {
      const { agent, memory } = create();
      const { text } = await agent.generateText(prompt, { ...OWNER, abortSignal });
      return answerOf(text, memory);
    },
    stream: async ({ prompt, abortSignal }) => {
      const { agent, memory } = create();
      const stream = await agent.streamText(prompt, { ...OWNER, abortSignal });
      handleRejections(stream);
      try {
        await readAll(stream);
      } catch (error) {
        // A failed stream of which VoltAgent says nothing more counts as ended after a second.
        await until(() => (hooks?.runs.openRunCount ?? 0) === 0);
        throw error;
      }
      // What the host stores after the last part.
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (abortSignal?.aborted === true) throw new DOMException('The run was aborted.', 'AbortError');
      return answerOf(await stream.text, memory);
    },
    leave: async ({ prompt }) => {
      const stream = await create().agent.streamText(prompt, OWNER);
      handleRejections(stream);
      for await (const part of stream.fullStream) if (part.type === 'text-delta') break;
      if (version.readsWhatNobodyReads) await until(() => (hooks?.runs.openRunCount ?? 0) === 0);
    },
  };
}

function toolOf(
  version: VoltAgentVersion,
  name: string,
  { description, inputSchema, execute }: ToolDefinition,
): unknown {
  const properties = (inputSchema['properties'] ?? {}) as Readonly<Record<string, { readonly type: string }>>;
  const shape = Object.entries(properties).map(([name, { type }]) => [
    name,
    type === 'number' ? z.number() : z.string(),
  ]);
  return version.createTool({ name, description, parameters: z.object(Object.fromEntries(shape)), execute });
}

async function readAll({ fullStream }: VoltAgentStream): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  for await (const { type, error } of fullStream) {
    if (type === 'error') failure ??= { error };
    if (type === 'abort') failure ??= { error: new DOMException('The stream was aborted.', 'AbortError') };
  }
  if (failure !== undefined) throw failure.error;
}

/** What is stored, but for what is new in every run: when, under which id, and where in the test a tool was called. */
async function answerOf(text: string, memory: VoltAgentMemory): Promise<HostAnswer> {
  const messages = await memory.getMessages(OWNER.userId, OWNER.conversationId);
  const isNew = new Set(['id', 'createdAt', 'operationId', 'stack']);
  const history = JSON.stringify(messages, (key, value: unknown) => (isNew.has(key) ? undefined : value));
  return { text, history };
}
