import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createHeadroomProxy } from '../../../src/adapters/mcp.ts';
import { until } from '../until.ts';
import { allTools, closeAfterEach, closeLater, connectTo, DRIVER_NAMES, firstText, type SdkClient } from './mcp-rig.ts';
import { SDK_VERSIONS, type SdkVersion } from './sdk-versions.ts';
import { createServiceServer } from './service-server.ts';
import { LOG_TEXT, STRUCTURED } from './service-tools.ts';

closeAfterEach();

for (const version of SDK_VERSIONS) {
  const driver = `${DRIVER_NAMES.proxy} in ${version.name}`;

  describe(`A proxy: ${driver}`, { meta: { testedHost: version.host, driver } }, () => {
    it('proxy: stands as a program between a client and a server by stdio', async () => {
      const client = await connectByStdio(version);
      expect(await expectAllOfIt(client)).toMatch(/^[0-9a-f]{24}$/);
    });

    it('proxy: ends by stdio when the server behind it crashes, as the server would', async () => {
      const client = await connectByStdio(version);
      let isClosed = false;
      client.onclose = () => (isClosed = true);
      await expect(client.callTool({ name: 'crash' })).rejects.toThrow(/Connection closed/);
      await until(() => isClosed);
    });

    it('proxy: serves sessions by Streamable HTTP, whose originals no other session can read', async () => {
      const url = await serveByHttp(version);
      const connect = async (): Promise<SdkClient> => {
        const client = closeLater(new version.Client({ name: 'test', version: '1.0.0' }));
        await client.connect(new version.StreamableHTTPClientTransport(url));
        return client;
      };
      const [one, other] = await Promise.all([connect(), connect()]);
      const id = await expectAllOfIt(one);
      const answer = await other.callTool({ name: 'headroom_retrieve', arguments: { id } });
      expect(firstText(answer)).toContain('There is no original with id');
    });
  });
}

/** Lists, progress, structured content, compression and the way back: resolves to the id of an original. */
async function expectAllOfIt(client: SdkClient): Promise<string> {
  expect((await allTools(client)).map(({ name }) => name)).toContain('headroom_retrieve');
  const steps: unknown[] = [];
  const onprogress = (step: { readonly progress: number }): void => void steps.push(step.progress);
  await client.callTool({ name: 'progress' }, undefined, { onprogress });
  expect(steps).toEqual([1, 2, 3]);
  await client.listTools();
  expect((await client.callTool({ name: 'report' })).structuredContent).toEqual(STRUCTURED);
  const text = firstText(await client.callTool({ name: 'read_log' }));
  expect(text.length).toBeLessThan(LOG_TEXT.length * 0.3);
  const [, id = ''] = /headroom_retrieve with id "([0-9a-f]+)"/.exec(text) ?? [];
  expect(firstText(await client.callTool({ name: 'headroom_retrieve', arguments: { id } }))).toBe(LOG_TEXT);
  return id;
}

/** The built package in a process of its own, and the server in another. */
async function connectByStdio(version: SdkVersion): Promise<SdkClient> {
  const node = [process.execPath, '--experimental-strip-types', '--no-warnings'];
  const [command, ...args] = [
    ...node,
    pathOf('stdio-proxy.ts'),
    version.installedAs,
    ...node,
    pathOf('stdio-service.ts'),
    version.installedAs,
  ];
  const client = closeLater(new version.Client({ name: 'test', version: '1.0.0' }));
  await client.connect(new version.StdioClientTransport({ command, args }));
  return client;
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** A proxy for each session, and one client upstream for all of them. */
async function serveByHttp(version: SdkVersion): Promise<URL> {
  const upstream = await connectTo(version, createServiceServer(version).server);
  const sessions = new Map<string, InstanceType<SdkVersion['StreamableHTTPServerTransport']>>();
  let count = 0;
  const begin = async () => {
    const transport = new version.StreamableHTTPServerTransport({
      sessionIdGenerator: () => `session-${(count += 1)}`,
      onsessioninitialized: (id: string) => void sessions.set(id, transport),
    });
    const proxy = closeLater(createHeadroomProxy(version.Server, upstream, { loss: 'recoverable' }));
    await proxy.connect(transport);
    return transport;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const transport = sessions.get(String(request.headers['mcp-session-id'])) ?? (await begin());
    await transport.handleRequest(request, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater({
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}
