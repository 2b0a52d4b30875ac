import { describe, expect, it } from 'vitest';
import { createHeadroomProxy, headroomClient } from '../../../src/adapters/mcp.ts';
import { createHeadroomHooks, HeadroomError } from '../../../src/index.ts';
import { recordEvents } from '../../../src/testing.ts';
import { until } from '../until.ts';
import {
  allTools,
  closeAfterEach,
  connectAlone,
  connectTo,
  DRIVER_NAMES,
  firstText,
  PLACES,
  type SdkClient,
} from './mcp-rig.ts';
import { NEWEST, SDK_VERSIONS, type SdkVersion } from './sdk-versions.ts';
import { createServiceServer } from './service-server.ts';
import { ROWS_TEXT } from './service-tools.ts';

closeAfterEach();

/** Every request that a client of the SDK makes, besides those of tools. */
const REQUESTS: Readonly<Record<string, (client: SdkClient) => Promise<unknown>>> = {
  'resources/list': (client) => client.listResources({ cursor: 'one' }),
  'resources/templates/list': (client) => client.listResourceTemplates(),
  'resources/read': (client) => client.readResource({ uri: 'file:///notes.txt' }),
  'resources/subscribe': (client) => client.subscribeResource({ uri: 'file:///notes.txt' }),
  'resources/unsubscribe': (client) => client.unsubscribeResource({ uri: 'file:///notes.txt' }),
  'prompts/list': (client) => client.listPrompts(),
  'prompts/get': (client) => client.getPrompt({ name: 'review', arguments: { depth: '3' } }),
  'completion/complete': (client) =>
    client.complete({ ref: { type: 'ref/prompt', name: 'review' }, argument: { name: 'depth', value: '3' } }),
  'logging/setLevel': (client) => client.setLoggingLevel('warning'),
};

const NOTIFICATIONS = [
  { method: 'notifications/tools/list_changed' },
  { method: 'notifications/message', params: { level: 'info', data: { text: ROWS_TEXT } } },
  { method: 'notifications/resources/list_changed' },
  { method: 'notifications/resources/updated', params: { uri: 'file:///notes.txt' } },
  { method: 'notifications/prompts/list_changed' },
];

for (const version of SDK_VERSIONS) {
  const driver = `${DRIVER_NAMES.proxy} in ${version.name}`;

  describe(`A proxy: ${driver}`, { meta: { testedHost: version.host, driver } }, () => {
    it('proxy: is to a client what the server behind it is, but that it says that it compresses', async () => {
      const { client } = await PLACES.proxy(version);
      const alone = (await connectAlone(version)).client;
      expect(client.getServerVersion()).toEqual(alone.getServerVersion());
      expect(client.getInstructions()).toBe(alone.getInstructions());
      const { experimental, ...capabilities } = client.getServerCapabilities() ?? {};
      const { experimental: own, ...others } = alone.getServerCapabilities() ?? {};
      expect(capabilities).toEqual(others);
      expect(experimental).toEqual({ ...own, 'headroom-hooks': {} });
    });

    for (const [method, ask] of Object.entries(REQUESTS)) {
      it(`proxy: answers ${method} as the server behind it does, which hears it as it was asked`, async () => {
        const { client, heard } = await PLACES.proxy(version);
        const alone = await connectAlone(version);
        expect(await ask(client)).toEqual(await ask(alone.client));
        expect(heard.others).toEqual(alone.heard.others);
      });
    }

    it('proxy: passes on requests of no standard, and refuses what the server refuses', async () => {
      const { client } = await PLACES.proxy(version);
      const alone = (await connectAlone(version)).client;
      const ask = (asked: SdkClient, method: string): Promise<unknown> =>
        asked.request({ method }, version.types.ResultSchema).catch(String);
      expect(await ask(client, 'example.com/own')).toEqual(await ask(alone, 'example.com/own'));
      expect(await ask(client, 'example.com/none')).toEqual(await ask(alone, 'example.com/none'));
    });

    it('proxy: passes on what the server notifies of, in order, and what the client does', async () => {
      const { client, service, heard } = await PLACES.proxy(version);
      const seen: unknown[] = [];
      client.fallbackNotificationHandler = async ({ method, params }) => {
        seen.push(params === undefined ? { method } : { method, params });
      };
      for (const notification of NOTIFICATIONS) await service.notification(notification);
      await until(() => seen.length === NOTIFICATIONS.length);
      expect(seen).toEqual(NOTIFICATIONS);
      await client.notification({ method: 'notifications/own', params: { deep: [1] } });
      await until(() => heard.others.length === 1);
      expect(heard.others).toEqual([{ method: 'notifications/own', params: { deep: [1] } }]);
    });

    it('proxy: serves many sessions of one client upstream, and tells those that are open', async () => {
      const { server: service } = createServiceServer(version);
      const upstream = await connectTo(version, service);
      const before: string[] = [];
      upstream.fallbackNotificationHandler = async ({ method }) => void before.push(method);
      const hooks = createHeadroomHooks();
      const events = recordEvents(hooks.events);
      const proxies = [1, 2, 3].map(() => createHeadroomProxy(version.Server, upstream, { events: hooks.events }));
      const clients = await Promise.all(proxies.map((proxy) => connectTo(version, proxy)));
      const told = clients.map((client) => {
        const methods: string[] = [];
        client.fallbackNotificationHandler = async ({ method }) => void methods.push(method);
        return methods;
      });
      await clients[0]?.close();
      await service.notification({ method: 'notifications/tools/list_changed' });
      await until(() => told.every((methods, index) => index === 0 || methods.length === 1) && before.length === 1);
      expect(told[0]).toEqual([]);
      expect(events).toEqual([]);
      expect(firstText(await clients[2]?.callTool({ name: 'list_requests' })).length).toBeLessThan(
        ROWS_TEXT.length * 0.5,
      );
    });

    it('proxy: behind another one compresses once', async () => {
      const hooks = createHeadroomHooks();
      const events = recordEvents(hooks.events);
      const { server: service } = createServiceServer(version);
      const inner = createHeadroomProxy(version.Server, await connectTo(version, service), { loss: 'recoverable' });
      const options = { events: hooks.events, loss: 'recoverable' } as const;
      const outer = createHeadroomProxy(version.Server, await connectTo(version, inner), options);
      const client = headroomClient(await connectTo(version, outer), options);
      const names = (await allTools(client)).map(({ name }) => name);
      expect(names.filter((name) => name === 'headroom_retrieve')).toHaveLength(1);
      const text = firstText(await client.callTool({ name: 'read_log' }));
      const [, id] = /headroom_retrieve with id "([0-9a-f]+)"/.exec(text) ?? [];
      const answer = await client.callTool({ name: 'headroom_retrieve', arguments: { id, lines: '5' } });
      expect(firstText(answer)).toContain('[lines 5 of ');
      expect(events).toEqual([]);
    });

    it('proxy: answers what is under way with an error when the server behind it is gone, and what comes later too', async () => {
      const { client, heard, service, events } = await PLACES.proxy(version);
      const call = client.callTool({ name: 'wait' }).catch(String);
      await until(() => heard.calls.length === 1);
      await service.close();
      expect(await call).toContain('Connection closed');
      await expect(client.callTool({ name: 'list_requests' })).rejects.toThrow(/Not connected/);
      const ends = events.filter((event) => event.type === 'tool.end');
      expect(ends).toMatchObject([
        { outcome: 'error', errorType: '-32000' },
        { outcome: 'error', errorType: 'Error' },
      ]);
    });

    it('proxy: hides a tool of the server that has the name of its own, and says so once', async () => {
      const { upstream, hooks } = await upstreamWithOwnRetrieval(version);
      const events = recordEvents(hooks.events);
      const proxy = createHeadroomProxy(version.Server, upstream, { events: hooks.events, loss: 'recoverable' });
      const client = await connectTo(version, proxy);
      const tools = await allTools(client);
      expect(tools.map(({ name }) => name)).toEqual(['headroom_retrieve']);
      expect(tools[0]).toMatchObject({ inputSchema: { required: ['id'] } });
      await client.listTools();
      expect(events).toMatchObject([{ type: 'fault', where: 'call-options' }]);
      const plain = createHeadroomProxy(version.Server, upstream, { events: hooks.events });
      const plainClient = await connectTo(version, plain);
      expect(await plainClient.callTool({ name: 'headroom_retrieve' })).toEqual({
        content: [{ type: 'text', text: ROWS_TEXT }],
      });
    });
  });
}

describe('createHeadroomProxy()', () => {
  it('throws for a client that is not connected, for what is none, and for options that can not work', async () => {
    const { Client, Server } = NEWEST;
    const unconnected = new Client({ name: 'test', version: '1.0.0' });
    expect(() => createHeadroomProxy(Server, unconnected)).toThrow(/needs a client that is connected/);
    expect(() => createHeadroomProxy(Server, {} as never)).toThrow(HeadroomError);
    const { client } = await connectAlone(NEWEST);
    expect(() => createHeadroomProxy(Server, client, { references: true } as never)).toThrow(/no option "references"/);
  });
});

async function upstreamWithOwnRetrieval(version: SdkVersion) {
  const service = new version.Server({ name: 'other', version: '1.0.0' }, { capabilities: { tools: {} } });
  service.setRequestHandler(version.types.ListToolsRequestSchema, () => ({
    tools: [{ name: 'headroom_retrieve', inputSchema: { type: 'object' as const } }],
  }));
  service.setRequestHandler(version.types.CallToolRequestSchema, () => ({
    content: [{ type: 'text' as const, text: ROWS_TEXT }],
  }));
  return { upstream: await connectTo(version, service), hooks: createHeadroomHooks() };
}
