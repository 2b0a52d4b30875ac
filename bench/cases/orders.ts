import type { ToolOutput } from './benchmark-case.ts';
import { COUNTRIES, createRandom, FIRST_NAMES, LAST_NAMES, timeAt, times } from './words.ts';

/** Orders of a shop as its API gives them, minified. Three failed, one of them for a reason of its own. */
export function ordersJson(count: number): string {
  const random = createRandom(11);
  const failed = new Map([
    [Math.floor(count * 0.31), 'card declined'],
    [Math.floor(count * 0.6), 'card declined'],
    [Math.floor(count * 0.83), 'address not deliverable: postcode 00000'],
  ]);
  const orders = times(count, (index) => {
    const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
    const error = failed.get(index) ?? null;
    return {
      id: 70_001 + index,
      created_at: timeAt(index * 47_000 + random.integer(0, 40_000)),
      customer: { id: `cus_${random.hex(8)}`, name, country: random.pick(COUNTRIES) },
      currency: 'EUR',
      total: index === Math.floor(count / 2) ? 98_450 : random.integer(900, 24_900) / 100,
      lines: times(random.integer(1, 3), () => ({
        sku: `SKU-${random.integer(100, 180)}`,
        quantity: random.integer(1, 4),
      })),
      status: error === null ? random.pick(['paid', 'paid', 'paid', 'open']) : 'failed',
      error,
      url: `https://shop.example/api/orders/${70_001 + index}`,
    };
  });
  return JSON.stringify({ object: 'list', count, has_more: false, data: orders });
}

export function orders(): ToolOutput {
  return {
    name: 'orders.json',
    kind: 'api-json',
    tool: 'list_orders',
    arguments: { limit: 240 },
    text: ordersJson(240),
    questions: [
      {
        query: 'Which orders failed, and why?',
        needles: [{ text: 'card declined' }, { text: 'address not deliverable: postcode 00000' }],
      },
      { query: 'Who placed the largest order, and what was its total?', needles: [{ text: '98450', kind: 'outlier' }] },
      { query: 'What is the status of order 70152?', needles: [{ text: '70152', kind: 'queried-record' }] },
    ],
  };
}
