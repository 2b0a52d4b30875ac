import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { createHeadroomHooks } from 'headroom-hooks';
import { headroomMiddleware } from 'headroom-hooks/fetch';

// Stands for Anthropic, so that this runs without a key: asks for the orders first, then answers, both as a stream.
const provider = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { messages, model } = JSON.parse(body) as Anthropic.MessageStreamParams;
  const isFirst = messages.length === 1;
  const block = isFirst
    ? { type: 'tool_use', id: 'toolu_1', name: 'list_orders', input: {} }
    : { type: 'text', text: 'Order 37 failed.' };
  const usage = { input_tokens: Math.round(body.length / 4), output_tokens: 1 };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], usage };
  const events = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: isFirst ? 'tool_use' : 'end_turn' }, usage: { output_tokens: 12 } },
    { type: 'message_stop' },
  ];
  response.setHeader('content-type', 'text/event-stream');
  response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
const baseURL = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));

const hooks = createHeadroomHooks();
hooks.on('run.end', ({ outcome, modelCallCount }) => console.log(`${outcome} after ${modelCallCount} model calls.`));
const headroom = headroomMiddleware({ events: hooks.events });
const client = new Anthropic({ apiKey: 'none', baseURL, middleware: [headroom] });

const tools: Anthropic.ToolUnion[] = [
  { name: 'list_orders', description: 'Lists the orders of today.', input_schema: { type: 'object' } },
  headroom.retrieveTool.messages,
];

async function ask(question: string): Promise<string> {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: question }];
  for (;;) {
    const { content, stop_reason } = await client.messages
      .stream({ model: 'claude-opus-4-8', max_tokens: 1_000, messages, tools })
      .finalMessage();
    if (stop_reason !== 'tool_use') return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    messages.push({ role: 'assistant', content });
    const results: Anthropic.ToolResultBlockParam[] = [];
    for (const block of content) {
      if (block.type !== 'tool_use') continue;
      const isRetrieval = block.name === headroom.retrieveTool.name;
      const text = isRetrieval ? await headroom.retrieveTool.answer(block.input) : JSON.stringify(orders);
      results.push({ type: 'tool_result', tool_use_id: block.id, content: text });
    }
    messages.push({ role: 'user', content: results });
  }
}

const answer = await hooks.run(() => ask('Which order failed?'), { agent: 'shopkeeper' });
const { totalTokensBefore, savingsPercent } = headroom.getSavingsSummary();
console.log(answer);
console.log(`${headroom.totalTokensSaved} of ${totalTokensBefore} tokens saved (${savingsPercent.toFixed(0)} %).`);
provider.close();
