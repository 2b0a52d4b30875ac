// Agents in the workers of a cluster, and one scrape for all of them at the primary.
// npm run build && node examples/prometheus-cluster.ts, then open the address that it prints.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { createPrometheusSink } from 'headroom-hooks/prometheus';
import { scriptedModel } from 'headroom-hooks/testing';
import { AggregatorRegistry } from 'prom-client';

const WORKERS = 2;

if (cluster.isPrimary) await runPrimary();
else await runWorker();

async function runPrimary(): Promise<void> {
  // Made before any worker answers: it listens for their metrics.
  const all = new AggregatorRegistry();
  const workers = Array.from({ length: WORKERS }, () => cluster.fork());
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));

  const server = createServer((_request, response) => {
    all.clusterMetrics().then(
      (text) => response.writeHead(200, { 'content-type': all.contentType }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', resolve));
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  process.once('SIGTERM', () => {
    server.close();
    for (const worker of workers) worker.kill();
    cluster.disconnect();
  });
}

async function runWorker(): Promise<void> {
  // An AggregatorRegistry answers the primary, and without the second line it answers with the default registry.
  const registry = new AggregatorRegistry();
  AggregatorRegistry.setRegistries(registry);
  const prometheus = createPrometheusSink({ registry });
  const hooks = createHeadroomHooks({ sinks: [prometheus] });
  const model = new HeadroomModel(scriptedModel([{ text: 'Hello.' }]), { events: hooks.events });

  // Stands for the agents of this worker: one run that is over, and one that goes on.
  await hooks.run(() => model.doGenerate({ prompt: [] }), { agent: 'greeter' });
  hooks.runs.start({ agent: 'greeter' });
  process.send?.('ready');
}
