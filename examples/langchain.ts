import { createHeadroomHooks } from 'headroom-hooks';
import { createHeadroomMiddleware } from 'headroom-hooks/langchain';
import { createAgent, FakeToolCallingModel, tool } from 'langchain';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const listOrders = tool(() => JSON.stringify(orders), {
  name: 'list_orders',
  description: 'Lists orders.',
  schema: z.object({}),
});

// Stands for a model, without a key: 'openai:gpt-5', or any chat model of LangChain, goes in its place.
const model = new FakeToolCallingModel({ toolCalls: [[{ id: 'call_1', name: 'list_orders', args: {} }], []] });

const { preHook, postHook, on } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const headroom = createHeadroomMiddleware({ preHooks: [preHook], postHooks: [postHook] });
const agent = createAgent({ name: 'shopkeeper', model, tools: [listOrders], middleware: [headroom] }).withConfig({
  callbacks: [headroom.callbacks],
});

on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});
const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Which order failed?' }] });
const kept = messages.find(({ type }) => type === 'tool')?.text === JSON.stringify(orders);
console.log(`The state of the agent ${kept ? 'holds what the tool gave' : 'was changed'}.`);
