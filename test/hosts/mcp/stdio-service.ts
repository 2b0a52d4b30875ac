import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { NEWEST, OLDEST } from './sdk-versions.ts';
import { createServiceServer } from './service-server.ts';

// The server of the tests as a program: `node stdio-service.ts <name under which the SDK is installed>`.
const [, , installedAs = NEWEST.installedAs] = process.argv;
const version = installedAs === OLDEST.installedAs ? OLDEST : NEWEST;
const { StdioServerTransport } = (await import(`${installedAs}/server/stdio.js`)) as {
  readonly StdioServerTransport: new () => Transport;
};
await createServiceServer(version).server.connect(new StdioServerTransport());
