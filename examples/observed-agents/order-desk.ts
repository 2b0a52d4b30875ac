import { setTimeout as wait } from 'node:timers/promises';
import { tool } from 'ai';
import { z } from 'zod';
import { listOrders } from '../demo/incident/orders.ts';
import type { Random } from '../demo/incident/random.ts';
import type { ReceivedResult, Turn } from '../demo/script/investigation.ts';

/** The tools of an order desk, one of which is slow, and fails now and then. */
export function orderDeskTools({ random, latencyMs }: { readonly random: Random; readonly latencyMs: number }) {
  return {
    list_orders: tool({
      description: 'Orders, oldest first; with `status`, only those.',
      inputSchema: z.object({ status: z.string().optional() }),
      execute: ({ status }) => listOrders().filter((order) => status === undefined || order.status === status),
    }),
    find_parcel: tool({
      description: 'Where the parcel of an order is, with each of its scans.',
      inputSchema: z.object({ order: z.string() }),
      execute: async ({ order }) => {
        await wait(latencyMs * (0.2 + random.next() ** 3));
        if (random.chance(0.06)) throw new Error('The carrier does not answer.');
        return Array.from({ length: random.integer(20, 120) }, (_, scan) => ({
          order,
          scannedAt: new Date(Date.UTC(2026, 2, 12, 2, scan)).toISOString(),
          place: `hub-${random.integer(1, 9)}`,
          state: scan === 0 ? 'accepted' : 'in transit',
          weightGrams: 1_250,
        }));
      },
    }),
    send_reply: tool({
      description: 'Answers the customer.',
      inputSchema: z.object({ text: z.string() }),
      execute: () => 'Sent.',
    }),
  };
}

/** Looks at orders, follows a parcel or two, and answers. */
export function nextOrderDeskTurn(received: readonly ReceivedResult[]): Turn {
  const count = received.length;
  if (count === 0) {
    return { text: 'I look at the orders first.', toolCalls: [{ name: 'list_orders', input: {} }] };
  }
  if (count === 1) {
    const inputs = ['1004', '1011'].map((order) => ({ name: 'find_parcel', input: { order } }));
    return { text: 'Two of them are late.', toolCalls: inputs };
  }
  if (count === 3) {
    const input = { text: 'Your parcel is on its way.' };
    return { text: 'I tell the customer.', toolCalls: [{ name: 'send_reply', input }] };
  }
  return { text: 'Both parcels move; the customer knows.', toolCalls: [] };
}
