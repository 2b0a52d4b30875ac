import { createHeadroomProxy } from 'headroom-hooks/mcp';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { NEWEST, OLDEST } from './sdk-versions.ts';

// The built package as a program between a client and a server: `node stdio-proxy.ts <installed as> <command> <arguments>`.
const [, , installedAs = NEWEST.installedAs, command = '', ...args] = process.argv;
const { Client, Server, StdioClientTransport } = installedAs === OLDEST.installedAs ? OLDEST : NEWEST;
const { StdioServerTransport } = (await import(`${installedAs}/server/stdio.js`)) as {
  readonly StdioServerTransport: new () => Transport;
};
const upstream = new Client({ name: 'proxy', version: '1.0.0' });
await upstream.connect(new StdioClientTransport({ command, args }));
const server = createHeadroomProxy(Server, upstream, { loss: 'recoverable' });
upstream.onclose = () => void server.close();
await server.connect(new StdioServerTransport());
