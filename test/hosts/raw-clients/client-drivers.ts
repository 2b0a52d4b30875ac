import { headroomFetch, headroomMiddleware } from '../../../src/adapters/fetch.ts';
import type { Host, HostCall, HostDriver, HostSetup } from '../host-driver.ts';
import type { ClientAgent } from './client-agents.ts';
import { scriptedFetch } from './scripted-fetch.ts';

/** A tool loop of a few lines on a client, as people write it who use no framework. */
export function clientDriver(agent: ClientAgent, as: 'fetch' | 'middleware'): HostDriver {
  return {
    name: `${agent.name} with our ${as}`,
    host: agent.version.host,
    specificationVersion: 'v3',
    reportsDetails: false,
    abandonedRunsEndBy: 'host',
    start: (setup) => startHost(agent, as, setup),
  };
}

function startHost(agent: ClientAgent, as: 'fetch' | 'middleware', { provider, tools, hooks }: HostSetup): Host {
  const fetch = scriptedFetch(provider, agent.api);
  const compressing =
    hooks === undefined
      ? undefined
      : as === 'fetch'
        ? headroomFetch({ events: hooks.events, fetch })
        : headroomMiddleware({ events: hooks.events });
  const client = agent.version.connect({
    baseURL: 'http://127.0.0.1:9',
    fetch: as === 'fetch' ? (compressing ?? fetch) : fetch,
    ...(as === 'middleware' && compressing !== undefined ? { middleware: [compressing] } : {}),
  });
  const offered = Object.entries(tools).map(([name, { description, inputSchema }]) => ({
    name,
    description,
    schema: inputSchema,
  }));
  const retrieve = compressing?.retrieveTool;
  if (retrieve !== undefined) {
    const { name, description, parameters: schema } = retrieve.responses;
    offered.push({ name, description, schema });
  }
  const execute = async (name: string, input: unknown): Promise<string> => {
    if (name === retrieve?.name) return retrieve.answer(input);
    const parsed: unknown = typeof input === 'string' ? JSON.parse(input) : input;
    try {
      return String(await tools[name]?.execute(parsed as never));
    } catch (error) {
      return `The tool failed: ${String(error)}`;
    }
  };
  const run = async ({ prompt, abortSignal: signal }: HostCall, how: 'generate' | 'stream' | 'leave') => {
    const conversation: unknown[] = [{ role: 'user', content: prompt }];
    for (;;) {
      const { text, toolCalls } = await agent.ask(client, conversation, { how, signal, tools: offered });
      if (toolCalls.length === 0) return { text, history: JSON.stringify(conversation) };
      const results = [];
      for (const call of toolCalls) results.push({ id: call.id, content: await execute(call.name, call.arguments) });
      conversation.push(...agent.results(results));
    }
  };
  const within = async (call: HostCall, how: 'generate' | 'stream' | 'leave') => {
    try {
      return await (hooks === undefined ? run(call, how) : hooks.run(() => run(call, how)));
    } catch (error) {
      // The clients call an abort by a name of their own.
      call.abortSignal?.throwIfAborted();
      throw error;
    }
  };
  return {
    generate: (call) => within(call, 'generate'),
    stream: (call) => within(call, 'stream'),
    leave: async (call) => {
      await within(call, 'leave');
    },
  };
}
