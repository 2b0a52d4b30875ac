import { z } from 'zod';
import {
  createHeadroomAgentHooks,
  headroomToolkit,
  type HeadroomAgentHooksOptions,
} from '../../../src/adapters/voltagent.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../../src/model/headroom-model.ts';
import { recordEvents } from '../../../src/testing.ts';
import { scriptedProvider, type Script, type ScriptedProvider } from '../scripted-provider.ts';
import { logLines } from '../service-log.ts';
import type { VoltAgentMemory, VoltAgentVersion } from './voltagent-version.ts';

export const LOG = logLines(400).join('\n');

export const OWNER = { userId: 'user-1', conversationId: 'conversation-1' };

export interface RigOptions {
  readonly hooks?: HeadroomHooks;
  readonly agentHooks?: HeadroomAgentHooksOptions;
  /** Hooks of the agent's own. */
  readonly own?: object;
  /** `false` gives the agent the provider's model as it is. */
  readonly compression?: HeadroomModelOptions | false;
  readonly tools?: readonly unknown[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** The agent without us. */
  readonly isAlone?: boolean;
}

/** An agent that reads a log, with us or alone, and what was heard of it. */
export function createRig(version: VoltAgentVersion, script: Script, options: RigOptions = {}) {
  const { hooks = createHeadroomHooks(), own = {}, compression = {}, tools = [], isAlone = false } = options;
  const events = recordEvents(hooks.events);
  const provider = scriptedProvider('v3', script);
  const model = new HeadroomModel(provider, { events: hooks.events, ...(compression === false ? {} : compression) });
  const pair = { preHooks: [hooks.preHook], postHooks: [hooks.postHook], ...options.agentHooks };
  const agent = new version.Agent({
    name: 'agent',
    purpose: 'Reads logs.',
    instructions: 'Look after the shop.',
    maxRetries: 0,
    model: isAlone || compression === false ? provider : model,
    tools: [readLog(version), ...tools],
    toolkits: isAlone ? [] : [headroomToolkit(model)],
    hooks: version.createHooks(isAlone ? own : createHeadroomAgentHooks(pair, own)),
    ...options.config,
  });
  return {
    hooks,
    events,
    provider,
    agent,
    ends: () => events.flatMap((event) => (event.type === 'run.end' ? [event] : [])),
    faults: () => events.flatMap((event) => (event.type === 'fault' ? [event.message] : [])),
  };
}

function readLog(version: VoltAgentVersion): unknown {
  return emptyTool(version, 'read_log', async () => LOG);
}

export function emptyTool(
  version: VoltAgentVersion,
  name: string,
  execute: (input: never, options: never) => Promise<unknown>,
): unknown {
  return version.createTool({ name, description: 'A tool of the test.', parameters: z.object({}), execute });
}

export function createMemory(version: VoltAgentVersion): VoltAgentMemory {
  return new version.Memory({ storage: new version.InMemoryStorageAdapter() });
}

/** What a memory holds, but for what is new in every run: when, and under which id. */
export async function storedIn(memory: VoltAgentMemory): Promise<string> {
  const messages = await memory.getMessages(OWNER.userId, OWNER.conversationId);
  const isNew = new Set(['id', 'createdAt', 'operationId']);
  return JSON.stringify(messages, (key, value: unknown) => (isNew.has(key) ? undefined : value));
}

/** Reads the log in every run, asks for all of it if it is to, then answers. */
export function readsLog({ asksForAll = false }): Script {
  return ({ prompt }) => {
    const last = prompt.at(-1);
    if (last?.role !== 'tool') return { toolCalls: [{ toolName: 'read_log', input: {} }] };
    const [shown = ''] = resultTexts({ prompt });
    const id = /\b[0-9a-f]{24,}\b/.exec(shown)?.[0];
    const hasAsked = resultTexts({ prompt }).length > 1;
    if (!asksForAll || hasAsked || id === undefined) return { text: 'It was the gateway.' };
    return { toolCalls: [{ toolName: 'headroom_retrieve', input: { id, lines: '150-250' } }] };
  };
}

export function callsOnce(toolName: string, input: Readonly<Record<string, unknown>> = {}): Script {
  return ({ answerCount }) => (answerCount === 0 ? { toolCalls: [{ toolName, input }] } : { text: 'Done.' });
}

/** The tool results of a prompt, as text. */
export function resultTexts(call: Pick<ScriptedProvider['calls'][number], 'prompt'> | undefined): readonly string[] {
  return (call?.prompt ?? [])
    .filter(({ role }) => role === 'tool')
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap(({ output }) => (output === undefined ? [] : [output.value]))
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}
