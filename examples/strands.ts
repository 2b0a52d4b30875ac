import { Agent, tool } from '@strands-agents/sdk';
import { VercelModel } from '@strands-agents/sdk/models/vercel';
import { createHeadroomHooks } from 'headroom-hooks';
import { createHeadroomPlugin } from 'headroom-hooks/strands';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const listOrders = tool({
  name: 'list_orders',
  description: 'Lists orders.',
  inputSchema: z.object({}),
  callback: () => orders,
});

const script = scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]);
// Stands for a model, without a key: any model of Strands, such as `new BedrockModel()`, goes in its place.
const model = new VercelModel({ provider: { ...script, specificationVersion: 'v3' } });

const { preHook, postHook, on } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const headroom = createHeadroomPlugin({ preHooks: [preHook], postHooks: [postHook] });
const agent = new Agent({ name: 'shopkeeper', model, tools: [listOrders], plugins: [headroom], printer: false });

on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});
const result = await agent.invoke('Which order failed?');
console.log(result.toString());
