import { Client } from '@modelcontextprotocol/client';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { Server as Server1 } from '@modelcontextprotocol/sdk/server/index.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { createMemoryStore } from 'headroom-hooks';
import {
  compressToolResult,
  createHeadroomProxy,
  headroomClient,
  type HeadroomMcpApi,
  type ProxyServer,
  type ToolClient,
  type UpstreamClient,
} from 'headroom-hooks/mcp';
import { Client as Client0 } from 'sdk-oldest/client/index.js';
import { Server as Server0 } from 'sdk-oldest/server/index.js';
import { describe, expect, it } from 'vitest';

describe('The types of headroom-hooks/mcp', () => {
  it('fit the clients and servers of each version as they are', async () => {
    const info = { name: 'test', version: '1.0.0' };
    const wrapped: Client1 & HeadroomMcpApi = headroomClient(new Client1(info));
    const oldest: Client0 & HeadroomMcpApi = headroomClient(new Client0(info));
    const second: Client & HeadroomMcpApi = headroomClient(new Client(info));
    const clients: readonly ToolClient[] = [wrapped, oldest, second];
    const upstreams: readonly UpstreamClient[] = [new Client1(info), wrapped, new Client0(info), oldest];
    const servers: readonly ProxyServer[] = [new Server1(info), new Server0(info), new McpServer(info).server];
    const proxy = (upstream: Client1): Server1 & HeadroomMcpApi =>
      createHeadroomProxy(Server1, upstream, { tools: { 'read_*': 'lossless' }, model: 'claude-opus-4-8' });
    const proxyOfOldest = (upstream: Client0): Server0 & HeadroomMcpApi => createHeadroomProxy(Server0, upstream);
    const given: CallToolResult = { content: [{ type: 'text', text: 'short' }] };
    const { result }: { readonly result: CallToolResult } = await compressToolResult(given, {
      toolName: 'read',
      arguments: { path: 'a' },
      query: 'What is in it?',
      loss: 'recoverable',
      store: createMemoryStore(),
    });
    expect(result).toBe(given);
    expect([clients, upstreams, servers].map((list) => list.length)).toEqual([3, 4, 3]);
    expect([proxy, proxyOfOldest]).toHaveLength(2);
    // @ts-expect-error A result refers to no other.
    await expect(compressToolResult(given, { references: true })).rejects.toThrow(/no option "references"/);
  });
});
