// A short job that is gone before anybody could scrape it: it pushes its metrics to a Pushgateway as it ends.
// npm run build && PUSHGATEWAY_URL=http://127.0.0.1:9091 node examples/prometheus-pushgateway.ts
import { tool } from 'ai';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { Agent } from 'headroom-hooks/ai-sdk';
import { createPrometheusSink } from 'headroom-hooks/prometheus';
import { scriptedModel } from 'headroom-hooks/testing';
import { Pushgateway } from 'prom-client';
import { z } from 'zod';

const prometheus = createPrometheusSink();
const hooks = createHeadroomHooks({
  sinks: [prometheus],
  prices: { 'scripted-*': { input: 1, output: 5 } },
});

// Stands for your model and your tools.
const orders = Array.from({ length: 200 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const list_orders = tool({ inputSchema: z.object({}), execute: () => orders });
const script = scriptedModel([{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'Order 37 failed.' }]);
const model = new HeadroomModel(script, { events: hooks.events });
const agent = new Agent({
  model,
  tools: { list_orders },
  preHooks: [hooks.preHook],
  postHooks: [hooks.postHook],
});

const gateway = new Pushgateway(
  process.env['PUSHGATEWAY_URL'] ?? 'http://127.0.0.1:9091',
  { timeout: 5_000 },
  prometheus.registry,
);
try {
  const { text } = await agent.generate({ prompt: 'Which order failed?' });
  console.log(text);
} finally {
  // What is still open ends first, as aborted, so that no gauge stays up for ever.
  await hooks.close();
  try {
    // One group for the job, replaced by its next run: counters of a job are those of its last run.
    await gateway.push({ jobName: 'nightly-report' });
    console.log('Pushed.');
  } catch (error) {
    // The work is done: a gateway that is down is no reason to fail.
    console.error('The metrics were not pushed:', error instanceof Error ? error.message : error);
  }
}
