import { tool } from 'ai';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { Agent } from 'headroom-hooks/ai-sdk';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const list_orders = tool({ inputSchema: z.object({}), execute: () => orders });
const script = scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]);

const { preHook, postHook, events } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const model = new HeadroomModel(script, { events });
const agent = new Agent({ model, tools: { list_orders }, preHooks: [preHook], postHooks: [postHook] });

const { text } = await agent.generate({ prompt: 'Which order failed?' });
const { totalTokensBefore, savingsPercent } = model.getSavingsSummary();
console.log(text);
console.log(`${model.totalTokensSaved} of ${totalTokensBefore} tokens saved (${savingsPercent.toFixed(0)} %).`);
