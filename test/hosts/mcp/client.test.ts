import { Client as Client2, InMemoryTransport as InMemory2 } from '@modelcontextprotocol/client';
import { Server as Server2 } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { createHeadroomProxy, headroomClient } from '../../../src/adapters/mcp.ts';
import { createHeadroomHooks, HeadroomError } from '../../../src/index.ts';
import { recordEvents } from '../../../src/testing.ts';
import { testedHost } from '../compatibility/tested-host.ts';
import {
  allTools,
  closeAfterEach,
  closeLater,
  connectAlone,
  connectTo,
  DRIVER_NAMES,
  firstText,
  PLACES,
} from './mcp-rig.ts';
import { NEWEST, SDK_VERSIONS } from './sdk-versions.ts';
import { createServiceServer } from './service-server.ts';
import { LOG_TEXT, MIXED_RESULT, ROWS_TEXT, STRUCTURED, STRUCTURED_TEXT, TOOLS } from './service-tools.ts';

closeAfterEach();

for (const version of SDK_VERSIONS) {
  const driver = `${DRIVER_NAMES.client} in ${version.name}`;

  describe(`A client: ${driver}`, { meta: { testedHost: version.host, driver } }, () => {
    it('client: is the same client in all else', async () => {
      const { client, heard } = await PLACES.client(version);
      expect(client).toBeInstanceOf(version.Client);
      expect(client.constructor).toBe(version.Client);
      expect(await client.listPrompts()).toEqual(await (await connectAlone(version)).client.listPrompts());
      expect(heard.others).toEqual([{ method: 'prompts/list', params: undefined }]);
      expect(client.getServerVersion()?.name).toBe('service');
      let isClosed = false;
      client.onclose = () => (isClosed = true);
      await client.close();
      expect(isClosed).toBe(true);
    });

    it('client: hands on the schema and the options of a call', async () => {
      const { client } = await PLACES.client(version);
      const schema = version.types.CompatibilityCallToolResultSchema;
      const result = await client.callTool({ name: 'list_requests' }, schema, { timeout: 5_000 });
      expect(firstText(result).length).toBeLessThan(ROWS_TEXT.length * 0.5);
      await expect(client.callTool({ name: 'wait' }, undefined, { timeout: 20 })).rejects.toThrow(/timed out/);
    });

    it('client: wrapped twice compresses once, by the outer settings', async () => {
      const inner = await PLACES.client(version);
      const hooks = createHeadroomHooks();
      const events = recordEvents(hooks.events);
      const outer = headroomClient(inner.client, { events: hooks.events, loss: 'recoverable' });
      expect(firstText(await outer.callTool({ name: 'read_log' }))).toContain('headroom_retrieve');
      expect((await allTools(outer)).filter(({ name }) => name === 'headroom_retrieve')).toHaveLength(1);
      expect(inner.events).toEqual([]);
      expect(events.map(({ type }) => type)).toEqual(['tool.start', 'tool.end', 'compression.end']);
    });

    it('client: within a run leaves it to the agent to tell of the tool, and counts what it saved for the run', async () => {
      const { client, hooks, events } = await PLACES.client(version);
      await hooks.run(() => client.callTool({ name: 'list_requests' }));
      const run = events.find((event) => event.type === 'run.end');
      expect(events.map(({ type }) => type)).toEqual(['run.start', 'compression.end', 'run.end']);
      expect(run?.savings.tokensSaved).toBeGreaterThan(0);
      expect(events[1]?.runId).toBe(run?.runId);
    });

    it('client: keeps what the agent says was asked, and goes on when that can not be told', async () => {
      const about = { loss: 'recoverable', targetTokens: 300 } as const;
      const line = LOG_TEXT.split('\n')[612] ?? '';
      const [id = ''] = /\b4\d{3}\b/.exec(line.slice(25)) ?? [];
      const asked = await PLACES.client(version, {
        ...about,
        query: ({ name }) => `In ${name}: how was request ${id}?`,
      });
      const silent = await PLACES.client(version, about);
      expect(firstText(await asked.client.callTool({ name: 'read_log' }))).toContain(line.slice(-40));
      expect(firstText(await silent.client.callTool({ name: 'read_log' }))).not.toContain(` ${id} `);
      const broken = await PLACES.client(version, {
        ...about,
        query: () => {
          throw new Error('It is not known.');
        },
      });
      expect(firstText(await broken.client.callTool({ name: 'read_log' }))).toContain('headroom_retrieve');
      expect(broken.events.filter(({ type }) => type === 'fault')).toMatchObject([{ where: 'call-options' }]);
    });
  });
}

const sdk2 = testedHost('@modelcontextprotocol/client', import.meta.url);

describe('headroomClient() in SDK 2', { meta: { testedHost: sdk2, driver: 'headroomClient() in SDK 2' } }, () => {
  it('compresses, offers and answers in a client of SDK 2', async () => {
    const server = new Server2({ name: 'service', version: '1.0.0' }, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools: TOOLS.slice(0, 4) }) as never);
    server.setRequestHandler('tools/call', ({ params }) => {
      if (params.name === 'mixed') return MIXED_RESULT as never;
      const text = params.name === 'report' ? STRUCTURED_TEXT : LOG_TEXT;
      const structured = params.name === 'report' ? { structuredContent: STRUCTURED } : {};
      return { content: [{ type: 'text', text }], ...structured };
    });
    const client = headroomClient(await connect2(server), { loss: 'recoverable' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('headroom_retrieve');
    const report = await client.callTool({ name: 'report' });
    expect(report.structuredContent).toEqual(STRUCTURED);
    expect(firstText(report).length).toBeLessThan(STRUCTURED_TEXT.length * 0.5);
    expect((await client.callTool({ name: 'mixed' })).content.slice(1)).toEqual(MIXED_RESULT.content.slice(1));
    const text = firstText(await client.callTool({ name: 'read_log' }));
    const [, id = ''] = /headroom_retrieve with id "([0-9a-f]+)"/.exec(text) ?? [];
    expect(firstText(await client.callTool({ name: 'headroom_retrieve', arguments: { id } }))).toBe(LOG_TEXT);
  });

  it('has a proxy of SDK 1 for a server, whose results it leaves as they are', async () => {
    const upstream = await connectTo(NEWEST, createServiceServer(NEWEST).server);
    const proxy = createHeadroomProxy(NEWEST.Server, upstream);
    const hooks = createHeadroomHooks();
    const events = recordEvents(hooks.events);
    const client = headroomClient(await connect2(proxy), { events: hooks.events });
    expect(firstText(await client.callTool({ name: 'list_requests' })).length).toBeLessThan(ROWS_TEXT.length * 0.5);
    expect(events).toEqual([]);
    expect(proxy.totalTokensSaved).toBeGreaterThan(0);
  });
});

describe('headroomClient()', () => {
  it('throws for what is not a client, and for options that can not work', async () => {
    const { client } = await connectAlone(NEWEST);
    expect(() => headroomClient({} as never)).toThrow(HeadroomError);
    expect(() => headroomClient('client' as never)).toThrow(/a client with callTool/);
    expect(() => headroomClient(client, { minToken: 3 } as never)).toThrow(/no option "minToken"/);
    expect(() => headroomClient(client, { query: 'all' } as never)).toThrow(/has to be a function/);
  });

  it('wraps whatever has callTool, private members included', async () => {
    class OwnClient {
      readonly #text = ROWS_TEXT;
      async callTool({ name }: { readonly name: string }) {
        return { content: [{ type: 'text', text: this.#text }], name };
      }
      size(): number {
        return this.#text.length;
      }
    }
    const client = headroomClient(new OwnClient());
    expect(client.size()).toBe(ROWS_TEXT.length);
    expect('listTools' in client).toBe(false);
    expect('totalTokensSaved' in client).toBe(true);
    const result = await client.callTool({ name: 'list' });
    expect(firstText(result).length).toBeLessThan(ROWS_TEXT.length * 0.5);
    expect(result.name).toBe('list');
    expect(client.totalTokensSaved).toBeGreaterThan(0);
    client.reset();
    expect(client.totalTokensSaved).toBe(0);
  });
});

async function connect2(server: { connect(transport: never): Promise<void> }): Promise<Client2> {
  const [clientSide, serverSide] = InMemory2.createLinkedPair();
  const client = closeLater(new Client2({ name: 'test', version: '1.0.0' }));
  await Promise.all([server.connect(serverSide as never), client.connect(clientSide)]);
  return client;
}
