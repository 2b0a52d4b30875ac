import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createHeadroomHooks } from 'headroom-hooks';
import { createHeadroomProxy } from 'headroom-hooks/mcp';

// Stands for a server of yours, in this process: one of stdio or HTTP is connected to in the same way.
const log = Array.from({ length: 1_000 }, (_, id) =>
  id === 812
    ? `2026-01-05T02:${String(id % 60).padStart(2, '0')}:00Z ERROR request ${id} failed: payment gateway timed out`
    : `2026-01-05T02:${String(id % 60).padStart(2, '0')}:00Z INFO request ${id} served in ${10 + (id % 37)} ms`,
).join('\n');
const service = new Server({ name: 'service', version: '1.0.0' }, { capabilities: { tools: {} } });
service.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [{ name: 'read_log', description: 'Reads the log of last night.', inputSchema: { type: 'object' } }],
}));
service.setRequestHandler(CallToolRequestSchema, () => ({ content: [{ type: 'text', text: log }] }));
const upstream = await connect(service);

const hooks = createHeadroomHooks();
hooks.on('tool.end', ({ toolName, outcome }) => console.log(`${toolName}: ${outcome}.`));
hooks.on('compression.end', ({ tokensBefore, tokensAfter, decisions }) => {
  if (tokensAfter < tokensBefore)
    console.log(`${tokensBefore} tokens before, ${tokensAfter} after (${decisions[0]?.strategy}).`);
});

// In a program of its own, this is connected to a `StdioServerTransport`, and the agent starts it in place of the server.
const proxy = createHeadroomProxy(Server, upstream, { events: hooks.events, loss: 'recoverable' });
const agent = await connect(proxy);

const { tools } = await agent.listTools();
console.log(`The agent sees ${tools.map(({ name }) => name).join(' and ')}.`);
const text = textOf(await agent.callTool({ name: 'read_log' }));
console.log(text.split('\n').find((line) => line.includes('ERROR')));

const [, id, first] = /headroom_retrieve with id "([0-9a-f]+)" and lines "(\d+)/.exec(text) ?? [];
console.log(textOf(await agent.callTool({ name: 'headroom_retrieve', arguments: { id, lines: first } })));
await agent.close();
await upstream.close();

async function connect(server: Server): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'example', version: '1.0.0' });
  await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
  return client;
}

function textOf(result: Awaited<ReturnType<Client['callTool']>>): string {
  const [block] = result.content as readonly { readonly text?: string }[];
  return block?.text ?? '';
}
