import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { Client as OldestClient } from 'sdk-oldest/client/index.js';
import { StdioClientTransport as OldestStdio } from 'sdk-oldest/client/stdio.js';
import { StreamableHTTPClientTransport as OldestHttpClient } from 'sdk-oldest/client/streamableHttp.js';
import { InMemoryTransport as OldestInMemory } from 'sdk-oldest/inMemory.js';
import { Server as OldestServer } from 'sdk-oldest/server/index.js';
import { StreamableHTTPServerTransport as OldestHttpServer } from 'sdk-oldest/server/streamableHttp.js';
import * as oldestTypes from 'sdk-oldest/types.js';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

const newest = {
  name: 'the newest SDK',
  host: testedHost('@modelcontextprotocol/sdk', import.meta.url),
  installedAs: '@modelcontextprotocol/sdk',
  Client,
  Server,
  InMemoryTransport,
  StdioClientTransport,
  StreamableHTTPClientTransport,
  StreamableHTTPServerTransport,
  types,
};

/** What tests use of the SDK, in the types of the newest version: types.test.ts checks those of each. */
export type SdkVersion = typeof newest & { readonly host: TestedHost };

export const NEWEST: SdkVersion = newest;

export const OLDEST = {
  name: 'the oldest SDK',
  host: testedHost('sdk-oldest', import.meta.url),
  installedAs: 'sdk-oldest',
  Client: OldestClient,
  Server: OldestServer,
  InMemoryTransport: OldestInMemory,
  StdioClientTransport: OldestStdio,
  StreamableHTTPClientTransport: OldestHttpClient,
  StreamableHTTPServerTransport: OldestHttpServer,
  types: oldestTypes,
} as unknown as SdkVersion;

export const SDK_VERSIONS: readonly SdkVersion[] = [NEWEST, OLDEST];
