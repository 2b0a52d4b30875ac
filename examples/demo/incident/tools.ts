import { tool } from 'ai';
import { z } from 'zod';
import { searchCode } from './code-search.ts';
import { listDeployments } from './deployments.ts';
import { getDiff } from './diff.ts';
import { LOGGED_SERVICES, searchLogs } from './logs.ts';
import { queryMetrics } from './metrics.ts';
import { listOrders } from './orders.ts';
import { getPods } from './pods.ts';
import { INCIDENT } from './timeline.ts';

/** What an engineer on call has at hand. Every answer is generated from a seed: the same in every run. */
export const tools = {
  list_deployments: tool({
    description: 'The releases to production since a moment, oldest first.',
    inputSchema: z.object({ since: z.iso.datetime() }),
    execute: ({ since }) => listDeployments().filter(({ startedAt }) => startedAt >= since),
  }),
  query_metrics: tool({
    description: 'Rates, latencies and pool usage of checkout, one point a minute, in the night of 2026-03-12.',
    inputSchema: z.object({ service: z.literal('checkout') }),
    execute: () => queryMetrics(),
  }),
  search_logs: tool({
    description: 'The log of a service, 2026-03-12 02:00 to 02:40 UTC; with `contains`, only lines with that text.',
    inputSchema: z.object({ service: z.enum(LOGGED_SERVICES), contains: z.string().optional() }),
    execute: (request) => searchLogs(request),
  }),
  get_pods: tool({
    description: 'The pods of a service at 2026-03-12 02:30 UTC, as `kubectl get pods -o json`.',
    inputSchema: z.object({ service: z.literal('payments') }),
    execute: () => getPods(),
  }),
  get_diff: tool({
    description: 'The unified diff between two versions of a service.',
    inputSchema: z.object({
      service: z.literal('payments'),
      from: z.literal(INCIDENT.goodVersion),
      to: z.literal(INCIDENT.badVersion),
    }),
    execute: () => getDiff(),
  }),
  search_code: tool({
    description: 'Lines of the code base that contain a text, as grep -rn prints them.',
    inputSchema: z.object({ pattern: z.string().min(3) }),
    execute: (request) => searchCode(request),
  }),
  list_orders: tool({
    description: 'The orders of 2026-03-12 02:00 to 03:15 UTC, oldest first; with `status`, only those.',
    inputSchema: z.object({ status: z.enum(['completed', 'payment_failed', 'payment_unknown']).optional() }),
    execute: ({ status }) => listOrders().filter((order) => status === undefined || order.status === status),
  }),
};

export const INSTRUCTIONS =
  'You investigate incidents of an online shop. Look before you conclude: say what you look for in a sentence, call the ' +
  'tools that you need, several at once where they do not depend on each other, and read what was left out of a result ' +
  'when it matters. End with the cause, the evidence, who was hurt, and what to change.';

export const QUESTION =
  'Checkout failed for many customers on 12 March, from about 2 to 3 in the night (UTC). Rolling payments back helped, ' +
  'and nobody knows why. What was the cause, who was hurt, and what do we change?';
