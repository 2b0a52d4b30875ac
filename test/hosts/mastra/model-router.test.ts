import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHeadroomProcessor } from '../../../src/adapters/mastra.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { logLines } from '../service-log.ts';
import { startWireServer, type WireServer } from '../wire/wire-server.ts';
import { toolResultTexts, withoutToolResultTexts } from '../wire/tool-result-texts.ts';
import { MASTRA_VERSIONS } from './mastra-version.ts';

const LOG = logLines(300).join('\n');

for (const version of MASTRA_VERSIONS) {
  const { host: testedHost, name } = version;
  describe(
    `A model that ${name} makes itself`,
    { meta: { testedHost, driver: `createHeadroomProcessor() in ${name}` } },
    () => {
      let server: WireServer;
      beforeAll(async () => {
        server = await startWireServer(({ body }) =>
          (body.messages ?? []).some((message) => (message as { readonly role?: string }).role === 'tool')
            ? { text: 'It was the gateway.' }
            : { text: 'I will look.', toolCalls: [{ name: 'read_log', arguments: {} }] },
        );
      });
      afterAll(() => server.close());

      const run = async (how: 'generate' | 'stream', hooks?: ReturnType<typeof createHeadroomHooks>) => {
        const from = server.requests.length;
        const processor =
          hooks === undefined
            ? {
                id: 'idle',
                processInputStep: () => undefined,
                processOutputResult: (of: { messageList: unknown }) => of.messageList,
              }
            : createHeadroomProcessor({
                preHooks: [hooks.preHook],
                postHooks: [hooks.postHook],
                compression: { loss: 'none' },
              });
        const agent = new version.Agent({
          id: 'agent',
          name: 'Agent',
          instructions: 'Look after the shop.',
          model: { id: 'local/gpt-4o', url: server.url, apiKey: 'key' },
          tools: {
            read_log: version.createTool({
              id: 'read_log',
              description: 'Reads the log.',
              inputSchema: z.object({}),
              execute: async () => LOG,
            }),
          },
          inputProcessors: [processor],
          outputProcessors: [processor],
        });
        if (how === 'generate') await agent.generate('Why did the checkout fail?');
        else for await (const _part of (await agent.stream('Why did the checkout fail?')).fullStream);
        return server.requests.slice(from);
      };

      for (const how of ['generate', 'stream'] as const) {
        it(`${how}: by its name is sent the same bytes but for the texts of tool results, which are shorter`, async () => {
          const hooks = createHeadroomHooks();
          const events = recordEvents(hooks.events);
          const [plain, compressed] = [await run(how), await run(how, hooks)];
          expect(compressed.map(withoutToolResultTexts)).toEqual(plain.map(withoutToolResultTexts));
          expect(plain.flatMap(toolResultTexts)).toEqual([LOG]);
          const [shown = LOG] = compressed.flatMap(toolResultTexts);
          expect(shown.length).toBeLessThan(LOG.length * 0.8);
          const [end, ...more] = events.flatMap((event) => (event.type === 'run.end' ? [event] : []));
          expect(more).toEqual([]);
          expect(end).toMatchObject({ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 });
          // Nobody asks this provider for the usage of a stream, and unknown is not zero.
          expect(end?.usage).toEqual(how === 'generate' ? expect.objectContaining({ inputTokens: 200 }) : undefined);
          assertPaired(events);
        });
      }
    },
  );
}
