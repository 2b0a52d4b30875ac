import { afterEach } from 'vitest';
import {
  createHeadroomProxy,
  headroomClient,
  type HeadroomMcpApi,
  type HeadroomMcpOptions,
} from '../../../src/adapters/mcp.ts';
import { createHeadroomHooks, type HeadroomEvent, type HeadroomHooks } from '../../../src/index.ts';
import { recordEvents } from '../../../src/testing.ts';
import type { SdkVersion } from './sdk-versions.ts';
import { createServiceServer, type Heard } from './service-server.ts';

export type SdkClient = InstanceType<SdkVersion['Client']>;
export type SdkServer = InstanceType<SdkVersion['Server']>;

export interface McpRig {
  /** What an agent calls. */
  readonly client: SdkClient;
  readonly headroom: HeadroomMcpApi;
  readonly heard: Heard;
  readonly service: SdkServer;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
}

const open: { close(): Promise<void> }[] = [];

/** Has to be called once in each file. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });
}

export function closeLater<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  open.push(closable);
  return closable;
}

/** A client and a server of the SDK, connected in memory. */
export async function connectTo(
  version: SdkVersion,
  server: { connect(transport: never): Promise<void> },
): Promise<SdkClient> {
  const [clientSide, serverSide] = version.InMemoryTransport.createLinkedPair();
  const client = closeLater(new version.Client({ name: 'test', version: '1.0.0' }));
  await Promise.all([server.connect(serverSide as never), client.connect(clientSide)]);
  return client;
}

/** The same without us. */
export async function connectAlone(
  version: SdkVersion,
): Promise<{ readonly client: SdkClient; readonly heard: Heard }> {
  const { server, heard } = createServiceServer(version);
  return { client: await connectTo(version, server), heard };
}

export interface RigOptions extends HeadroomMcpOptions {
  readonly hooks?: HeadroomHooks;
}

/** The ways to put us between an agent and a server. */
export const PLACES = {
  async client(version: SdkVersion, { hooks = createHeadroomHooks(), ...options }: RigOptions = {}): Promise<McpRig> {
    const events = recordEvents(hooks.events);
    const { server: service, heard } = createServiceServer(version);
    const inner = await connectTo(version, service);
    const client = headroomClient(inner, { events: hooks.events, ...options });
    return { client, headroom: client, heard, service, hooks, events };
  },
  async proxy(version: SdkVersion, { hooks = createHeadroomHooks(), ...options }: RigOptions = {}): Promise<McpRig> {
    const events = recordEvents(hooks.events);
    const { server: service, heard } = createServiceServer(version);
    const upstream = await connectTo(version, service);
    const proxy = createHeadroomProxy(version.Server, upstream, { events: hooks.events, ...options });
    return { client: await connectTo(version, proxy), headroom: proxy, heard, service, hooks, events };
  },
} as const;

export type Place = keyof typeof PLACES;

export const DRIVER_NAMES: Readonly<Record<Place, string>> = {
  client: 'headroomClient()',
  proxy: 'createHeadroomProxy()',
};

interface ContentResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

export function firstText(result: unknown): string {
  const text = (result as ContentResult).content[0]?.text;
  if (text === undefined) throw new Error('The first content of the result is no text.');
  return text;
}

/** All pages of the list of tools. */
export async function allTools(client: SdkClient): Promise<readonly { readonly name: string }[]> {
  const tools: { readonly name: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? undefined : { cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}
