import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createRandom } from '../../../examples/demo/incident/random.ts';
import { createAlerts, createWebhookDestination } from '../../../dist/sinks/alerts/index.js';
import { createHeadroomHooks } from '../../../dist/index.js';
import { createPrometheusSink } from '../../../dist/sinks/prometheus/index.js';
import { createSimulatedClock, takeOverTimers } from './simulated-clock.mjs';
import { createTeam } from './agents.mjs';
import { CONTEXT_WINDOWS, PRICES } from './models.mjs';

const MINUTE = 60_000;

/**
 * Lets the team work for some simulated time, on the built package, and writes what a Prometheus would have scraped from
 * each of its processes, as OpenMetrics with times. Resolves to the counts of what happened.
 */
export async function simulate({ file, startMs, lengthMs, scrapeMs }) {
  const clock = createSimulatedClock(startMs);
  const { setTimeout, clearTimeout } = globalThis;
  takeOverTimers(clock);
  try {
    const shops = ['agents-0:9464', 'agents-1:9464'].map((instance, index) =>
      openShop({ instance, clock, seed: 11 + index, lengthMs }),
    );
    const out = createWriteStream(file);
    const counts = { runs: 0, modelCalls: 0, samples: 0 };
    for (const { hooks } of shops) {
      hooks.on('run.end', () => void (counts.runs += 1));
      hooks.on('model.end', () => void (counts.modelCalls += 1));
    }
    for (let atMs = 0; atMs <= lengthMs; atMs += scrapeMs) {
      await clock.runUntil(atMs);
      for (const { prometheus, instance } of shops) {
        const samples = stamped(await prometheus.metrics(), { instance, timeMs: startMs + atMs });
        counts.samples += samples.length;
        if (!out.write(`${samples.join('\n')}\n`)) await once(out, 'drain');
      }
    }
    out.end('# EOF\n');
    await once(out, 'close');
    return counts;
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

/** One process of the service: hooks with all that can be told, and a team that people ask. */
function openShop({ instance, clock, seed, lengthMs }) {
  const random = createRandom(seed);
  const weather = weatherOf(clock, lengthMs);
  const prometheus = createPrometheusSink();
  const alerts = createAlerts({
    clock,
    rules: RULES,
    destinations: [
      createWebhookDestination({
        url: 'http://pager.internal/hook',
        name: 'pager',
        fetch: async () => weather('pager').pager(),
      }),
    ],
  });
  const hooks = createHeadroomHooks({
    clock,
    sinks: [prometheus, alerts],
    prices: PRICES,
    contextWindows: CONTEXT_WINDOWS,
  });
  // A listener of the service that had a bug for a while: agents did not notice, and it was counted.
  hooks.on('run.end', ({ outcome }) => {
    if (weather('listener').hasBug && outcome !== 'aborted' && random.chance(0.1))
      throw new TypeError('undefined is not a function');
  });
  const team = createTeam({ hooks, clock, random, weather, budget: alerts });
  for (const name of team.names) arrive(name, { team, clock, random, lengthMs });
  return { instance, hooks, prometheus };
}

/** People come at random: more of them towards the middle of the time. */
function arrive(name, { team, clock, random, lengthMs }) {
  const share = clock.monotonicMs() / lengthMs;
  const rate = (team.runsPerHour(name) * (0.55 + 0.9 * Math.sin(Math.PI * share) ** 2)) / (60 * MINUTE);
  const waitMs = Math.min(-Math.log(1 - random.next()) / rate, 10 * MINUTE);
  clock.schedule(() => {
    void team.start(name);
    arrive(name, { team, clock, random, lengthMs });
  }, waitMs);
}

/**
 * How the world is doing: at 55 % of the time the provider of one model is overloaded for half an hour, at 74 % the
 * tools that ask for stock and orders break, at 26 % a listener has a bug, and the pager refuses what it is told for a while.
 */
function weatherOf(clock, lengthMs) {
  return (name) => {
    const share = clock.monotonicMs() / lengthMs;
    const during = (from, to) => share > from && share < to;
    const overloaded = during(0.55, 0.63) && name.startsWith('claude');
    return {
      slowness: overloaded ? 2.6 : 1,
      overloaded: overloaded ? 0.55 : 0.008,
      broken: 0.006,
      brokenTools: during(0.74, 0.8) && STOCK_TOOLS.has(name) ? 0.35 : 0,
      hasBug: during(0.26, 0.31),
      pager: () => (during(0.54, 0.6) ? new Response('', { status: 403 }) : new Response('')),
    };
  };
}

const STOCK_TOOLS = new Set(['export_stock', 'list_orders']);

const RULES = [
  {
    name: 'ModelErrors',
    kind: 'error-ratio',
    windowMs: 5 * MINUTE,
    above: 0.1,
    resolveAt: 0.05,
    minCount: 10,
    severity: 'critical',
  },
  { name: 'ToolErrors', kind: 'error-ratio', of: 'tool', windowMs: 10 * MINUTE, above: 0.12, minCount: 10 },
  { name: 'RunTokens', kind: 'run', measure: 'tokens', above: 120_000 },
  { name: 'FirstChunkSlow', kind: 'latency', of: 'first-chunk', windowMs: 10 * MINUTE, above: 8_000, severity: 'info' },
  { name: 'SavingsLow', kind: 'savings', windowMs: 15 * MINUTE, below: 0.15, by: ['agent'] },
  { name: 'day', kind: 'budget', measure: 'costUsd', limit: 30, period: 'day', share: 0.8 },
  { name: 'day-by-agent', kind: 'budget', measure: 'costUsd', limit: 20, period: 'day', by: ['agent'] },
];

/** Samples alone, with the labels and the time of a scrape. */
function stamped(text, { instance, timeMs }) {
  const target = `job="agents",instance="${instance}"`;
  const time = (timeMs / 1000).toFixed(3);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const samples = lines.map((line) => {
    const end = line.lastIndexOf(' ');
    const [series, value] = [line.slice(0, end), line.slice(end + 1)];
    const labelled = series.endsWith('}') ? `${series.slice(0, -1)},${target}}` : `${series}{${target}}`;
    return `${labelled} ${value === 'Nan' ? 'NaN' : value} ${time}`;
  });
  return [...samples, `up{${target}} 1 ${time}`];
}
