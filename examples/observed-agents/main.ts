// Two agents that work without a key, for dashboards and alerts to have something to show: docs/operators.md.
// npm run build && node examples/observed-agents/main.ts, then open the address that it prints.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createHeadroomHooks, HeadroomModel, type HeadroomHooks } from 'headroom-hooks';
import { Agent } from 'headroom-hooks/ai-sdk';
import { createAlertmanagerDestination, createAlerts } from 'headroom-hooks/alerts';
import { createPrometheusSink } from 'headroom-hooks/prometheus';
import { createRandom } from '../demo/incident/random.ts';
import { INSTRUCTIONS, QUESTION, tools } from '../demo/incident/tools.ts';
import { nextTurn } from '../demo/script/investigation.ts';
import { nextOrderDeskTurn, orderDeskTools } from './order-desk.ts';
import { simulatedModel } from './simulated-model.ts';

const { PORT = '9464', HOST = '127.0.0.1', ALERTMANAGER_URL, SPEED = '1' } = process.env;
/** Of models and of pauses, in milliseconds. */
const LATENCY_MS = 800 / Number(SPEED);
const PAUSE_MS = 3_000 / Number(SPEED);

const random = createRandom(Date.now());
const prometheus = createPrometheusSink();
const alerts = createAlerts({
  rules: [
    { name: 'large-run', kind: 'run', measure: 'tokens', above: 30_000, severity: 'info' },
    { name: 'model-errors', kind: 'error-ratio', windowMs: 120_000, above: 0.1, resolveAt: 0.05, by: ['model'] },
    { name: 'hour-usd', kind: 'budget', measure: 'costUsd', limit: 6, period: 'hour', share: 0.8 },
    { name: 'hour-tokens', kind: 'budget', measure: 'tokens', limit: 5_000_000, period: 'hour', severity: 'critical' },
  ],
  destinations: ALERTMANAGER_URL === undefined ? [] : [createAlertmanagerDestination({ url: ALERTMANAGER_URL })],
});
const hooks = createHeadroomHooks({
  sinks: [prometheus, alerts],
  // Of no provider: the models are simulated.
  prices: {
    'sim-large': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    'sim-small': { input: 0.5, output: 2, cacheRead: 0.05 },
  },
  contextWindows: { 'sim-*': 32_000 },
});

const server = createServer((request, response) => {
  if (request.url !== '/metrics') {
    response.writeHead(404).end();
    return;
  }
  prometheus.metrics().then(
    (text) => response.writeHead(200, { 'content-type': prometheus.contentType }).end(text),
    () => response.writeHead(500).end(),
  );
});
await new Promise<void>((resolve) => server.listen(Number(PORT), HOST, resolve));
console.log(`http://${HOST}:${(server.address() as AddressInfo).port}/metrics`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

await Promise.all([investigate(hooks), answerCustomers(hooks)]);
await hooks.close();
server.close();
server.closeAllConnections();

/** One incident after the other, read as a stream. */
async function investigate({ preHook, postHook, events }: HeadroomHooks): Promise<void> {
  const simulated = simulatedModel({
    modelId: 'sim-large',
    nextTurn,
    random,
    failureShare: 0.02,
    latencyMs: LATENCY_MS,
  });
  const agent = new Agent({
    id: 'on-call',
    model: new HeadroomModel(simulated, { events }),
    tools,
    instructions: INSTRUCTIONS,
    preHooks: [preHook],
    postHooks: [postHook],
    onError: () => {},
  });
  await again(async (abortSignal) => {
    const { stream } = await agent.stream({ prompt: QUESTION, abortSignal });
    for await (const part of stream) if (part.type === 'error') break;
  });
}

/** One customer after the other. */
async function answerCustomers({ preHook, postHook, events }: HeadroomHooks): Promise<void> {
  const simulated = simulatedModel({
    modelId: 'sim-small',
    nextTurn: nextOrderDeskTurn,
    random,
    failureShare: 0.01,
    latencyMs: LATENCY_MS / 2,
  });
  const agent = new Agent({
    id: 'order-desk',
    model: new HeadroomModel(simulated, { events }),
    tools: orderDeskTools({ random, latencyMs: LATENCY_MS }),
    preHooks: [preHook],
    postHooks: [postHook],
    onError: () => {},
  });
  await again((abortSignal) => agent.generate({ prompt: 'Where are my parcels?', abortSignal }));
}

/** Until it is told to stop. A run that fails is in the metrics, and the next one begins. */
async function again(run: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const { signal } = stop;
  while (!signal.aborted) {
    await run(signal).catch(() => {});
    await wait(PAUSE_MS * (0.5 + random.next()), undefined, { signal }).catch(() => {});
  }
}
