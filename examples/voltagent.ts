import { Agent, createHooks, createTool } from '@voltagent/core';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { createHeadroomAgentHooks, headroomToolkit } from 'headroom-hooks/voltagent';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const list_orders = createTool({
  name: 'list_orders',
  description: 'Lists orders.',
  parameters: z.object({}),
  execute: async () => orders,
});

// Stands for a model, without a key: openai('gpt-5'), or a model of any provider for ai 6, goes in its place.
const script = scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]);

const { preHook, postHook, events, on } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const model = new HeadroomModel({ ...script, specificationVersion: 'v3' as const }, { events });
const agent = new Agent({
  name: 'shopkeeper',
  instructions: 'Look after the shop.',
  model,
  tools: [list_orders],
  toolkits: [headroomToolkit(model)],
  hooks: createHeadroomAgentHooks(
    { preHooks: [preHook], postHooks: [postHook] },
    createHooks({ onToolStart: ({ tool }) => console.log(`${tool.name} is called.`) }),
  ),
});

on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});
const { text } = await agent.generateText('Which order failed?');
console.log(text);
// VoltAgent would keep the process alive.
process.exit();
