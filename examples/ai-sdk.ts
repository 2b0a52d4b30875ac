import { tool, ToolLoopAgent, wrapLanguageModel } from 'ai';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { headroomMiddleware } from 'headroom-hooks/ai-sdk';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const list_orders = tool({ inputSchema: z.object({}), execute: () => orders });
// Stands for a model, without a key: a model of any provider of the AI SDK goes in its place.
const script = () =>
  scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]);

const hooks = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const { events } = hooks;
hooks.on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});

// The stock agent, of ai 6 or ai 7, with a model that compresses.
const model = new HeadroomModel(script(), { events });
const shopkeeper = new ToolLoopAgent(hooks.settings({ id: 'shopkeeper', model, tools: { list_orders } }));
console.log((await shopkeeper.generate({ prompt: 'Which order failed?' })).text);

// The same with a model that is made of middleware, which needs to be given the tool for what is left out.
const wrapped = wrapLanguageModel({ model: script(), middleware: headroomMiddleware({ events }) });
const tools = { list_orders, ...hooks.tools };
const clerk = new ToolLoopAgent(hooks.settings({ id: 'clerk', model: wrapped, tools }));
console.log((await clerk.generate({ prompt: 'Which order failed?' })).text);
