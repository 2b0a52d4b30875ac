// Alerts without a key and without a network: an agent that goes in circles, and a budget that stops it.
// npm run build && node examples/alerts.ts
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { tool } from 'ai';
import { createHeadroomHooks, HeadroomBudgetError, HeadroomModel } from 'headroom-hooks';
import { Agent } from 'headroom-hooks/ai-sdk';
import { createAlerts, createWebhookDestination } from 'headroom-hooks/alerts';
import { scriptedModel } from 'headroom-hooks/testing';
import { z } from 'zod';

/** Stands for whatever takes Alertmanager's webhooks: a pager, a chat, a ticket system. */
const pager = createServer((request, response) => {
  void text(request).then((body) => {
    const { status, alerts } = JSON.parse(body) as { status: string; alerts: { annotations: { summary: string } }[] };
    for (const { annotations } of alerts) console.log(`pager, ${status}: ${annotations.summary}`);
    response.end();
  });
});
await new Promise<void>((resolve) => pager.listen(0, '127.0.0.1', resolve));
const { port } = pager.address() as AddressInfo;

const alerts = createAlerts({
  rules: [
    { name: 'agent-in-circles', kind: 'loop', repeats: 3 },
    { name: 'budget-most', kind: 'budget', measure: 'tokens', limit: 1_000, share: 0.8, period: 'day' },
    {
      name: 'budget-spent',
      kind: 'budget',
      measure: 'tokens',
      limit: 1_000,
      period: 'day',
      severity: 'critical',
      summary: 'The tokens of today are spent: agents stop until midnight UTC.',
      enforce: true,
    },
  ],
  onAlert: ({ type, rule, value, unit, threshold }) => console.log(`${type} ${rule}: ${value} of ${threshold} ${unit}`),
  destinations: [createWebhookDestination({ url: `http://127.0.0.1:${port}` })],
  resolveOnClose: false,
});
const { preHook, postHook, events, close } = createHeadroomHooks({ sinks: [alerts] });

// A model that looks for the same order again and again, and never stops by itself.
const script = scriptedModel([
  {
    toolCalls: [{ toolName: 'find_order', input: { id: 37 } }],
    usage: { inputTokens: 240, outputTokens: 10 },
  },
]);
const find_order = tool({ inputSchema: z.object({ id: z.number() }), execute: () => 'No such order.' });
const model = new HeadroomModel(script, { events, budget: alerts });
const agent = new Agent({
  model,
  tools: { find_order },
  preHooks: [preHook],
  postHooks: [postHook],
  onError: () => {},
});

try {
  await agent.generate({ prompt: 'Where is order 37?' });
} catch (error) {
  if (!HeadroomBudgetError.is(error)) throw error;
  console.log(error.message);
}
await close();

// What the next process goes on with: alerts.restore(JSON.parse(saved)).
const saved = JSON.stringify(alerts.snapshot());
console.log(`${alerts.firing.length} alerts of the budget stay on, saved in ${saved.length} characters.`);
pager.close();
