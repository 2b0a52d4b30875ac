import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
import { createHeadroomHooks } from 'headroom-hooks';
import { createHeadroomProcessor } from 'headroom-hooks/mastra';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const list_orders = createTool({
  id: 'list_orders',
  description: 'Lists orders.',
  inputSchema: z.object({}),
  execute: async () => orders,
});

const { preHook, postHook, on } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const headroom = createHeadroomProcessor({ preHooks: [preHook], postHooks: [postHook] });
const agent = new Agent({
  id: 'shopkeeper',
  name: 'Shopkeeper',
  instructions: 'Look after the shop.',
  // Stands for a model, without a key: 'openai/gpt-5', or a model of any provider of the AI SDK, goes in its place.
  model: scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]),
  tools: { list_orders },
  inputProcessors: [headroom],
  outputProcessors: [headroom],
});

on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});
const { text } = await agent.generate('Which order failed?');
console.log(text);
