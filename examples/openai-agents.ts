import { Agent, Runner, Usage, tool, type Model, type ModelRequest } from '@openai/agents';
import { createHeadroomHooks } from 'headroom-hooks';
import { createHeadroomExtension } from 'headroom-hooks/openai-agents';
import { z } from 'zod';

const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const listOrders = tool({
  name: 'list_orders',
  description: 'Lists orders.',
  parameters: z.object({}),
  execute: async () => orders,
});

// Stands for OpenAI, without a key: without a modelProvider, model: 'gpt-5' is the model of that name.
const shopModel: Model = {
  async getResponse({ input }: ModelRequest) {
    const isAnswered = typeof input !== 'string' && input.some(({ type }) => type === 'function_call_result');
    return {
      usage: new Usage({ inputTokens: 900, outputTokens: 40 }),
      output: isAnswered
        ? [
            {
              type: 'message',
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: 'Order 37 failed.' }],
            },
          ]
        : [{ type: 'function_call', callId: 'call_1', name: 'list_orders', arguments: '{}', status: 'completed' }],
    };
  },
  getStreamedResponse: () => {
    throw new Error('This model does not stream.');
  },
};

const { preHook, postHook, on } = createHeadroomHooks({ tokenAlertThreshold: 10_000 });
const headroom = createHeadroomExtension({ preHooks: [preHook], postHooks: [postHook] });
const runner = headroom.attach(new Runner({ tracingDisabled: true, modelProvider: { getModel: () => shopModel } }));
const agent = new Agent({
  name: 'Shopkeeper',
  instructions: 'Look after the shop.',
  model: 'gpt-5',
  tools: [listOrders, ...headroom.tools],
});

on('run.end', ({ agent, outcome, savings }) => {
  console.log(`${agent}: ${outcome}, ${savings.tokensSaved} of ${savings.tokensBefore} tokens saved.`);
});
const { finalOutput, history } = await runner.run(agent, 'Which order failed?');
const kept = JSON.stringify(history).includes(JSON.stringify(JSON.stringify(orders)));
console.log(`${finalOutput} The history of the run ${kept ? 'holds what the tool gave' : 'was changed'}.`);
