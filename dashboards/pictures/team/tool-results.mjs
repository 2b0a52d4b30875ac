import { readdirSync, readFileSync } from 'node:fs';
import { searchCode } from '../../../examples/demo/incident/code-search.ts';
import { listDeployments } from '../../../examples/demo/incident/deployments.ts';
import { getDiff } from '../../../examples/demo/incident/diff.ts';
import { searchLogs } from '../../../examples/demo/incident/logs.ts';
import { queryMetrics } from '../../../examples/demo/incident/metrics.ts';
import { listOrders } from '../../../examples/demo/incident/orders.ts';
import { getPods } from '../../../examples/demo/incident/pods.ts';

const SOURCES = new URL('../../../src/tokens/', import.meta.url);
const SOURCE_FILES = readdirSync(SOURCES)
  .filter((name) => name.endsWith('.ts') && !name.startsWith('vocab'))
  .slice(0, 12);

/**
 * The tools of the team. Each draws its arguments, takes about `typicalMs`, and answers with what such tools print:
 * JSON, logs, grep, diffs, code, tables, pages, and texts that are too short to be worth a try.
 */
export const TOOLS = {
  search_logs: {
    typicalMs: 420,
    draw: (random) => ({
      service: random.pick(['checkout', 'payments', 'cart', 'inventory']),
      contains: random.pick(['', '', 'error', 'timeout']),
    }),
    answer: (input) => searchLogs(input) || 'no lines',
  },
  list_orders: {
    typicalMs: 180,
    draw: (random) => ({ status: random.pick(['any', 'completed', 'payment_failed']), page: random.integer(0, 4) }),
    answer: ({ status, page }) =>
      listOrders()
        .filter((order) => status === 'any' || order.status === status)
        .slice(page * 40, page * 40 + 120),
  },
  query_metrics: { typicalMs: 90, draw: () => ({ service: 'checkout' }), answer: () => queryMetrics() },
  get_pods: { typicalMs: 260, draw: () => ({ service: 'payments' }), answer: () => getPods() },
  get_diff: { typicalMs: 310, draw: () => ({ service: 'payments' }), answer: () => getDiff() },
  search_code: {
    typicalMs: 650,
    draw: (random) => ({ pattern: random.pick(['POOL', 'database', 'values.yaml', 'services/']) }),
    answer: (input) => searchCode(input),
  },
  list_deployments: { typicalMs: 120, draw: () => ({}), answer: () => listDeployments() },
  read_file: {
    typicalMs: 15,
    draw: (random) => ({ path: random.pick(SOURCE_FILES) }),
    answer: ({ path }) => readFileSync(new URL(path, SOURCES), 'utf8'),
  },
  run_tests: {
    typicalMs: 9_000,
    draw: (random) => ({ seed: random.integer(1, 6) }),
    answer: ({ seed }) => testLog(seed),
  },
  export_stock: {
    typicalMs: 700,
    draw: (random) => ({ warehouse: random.integer(1, 5) }),
    answer: ({ warehouse }) => stockTable(warehouse),
  },
  fetch_page: {
    typicalMs: 1_300,
    draw: (random) => ({ page: random.integer(1, 6) }),
    answer: ({ page }) => helpPage(page),
  },
  read_messages: {
    typicalMs: 140,
    draw: (random) => ({ thread: random.integer(1, 400) }),
    answer: ({ thread }) => messages(thread),
  },
  get_customer: {
    typicalMs: 60,
    draw: (random) => ({ id: random.integer(10_000, 10_040) }),
    answer: ({ id }) => ({ id: `cus_${id}`, name: 'A. Customer', tier: id % 3 === 0 ? 'business' : 'private' }),
  },
  send_reply: { typicalMs: 150, draw: () => ({ text: 'Dear customer' }), answer: () => 'sent' },
};

/** What people write: prose, which nothing can be left out of. */
function messages(thread) {
  const said = [
    'I ordered the lamp for the birthday of my daughter and it has not come, though your page says it was handed over.',
    'The card was charged twice, as far as I can tell from the app of my bank, and one of the two has another amount.',
    'Could you tell me whether the chair can still be sent to our new address, since we move at the end of the month?',
    'Thank you for the quick answer. The parcel is here now, but one screw is missing and the drawer does not close.',
    'I called twice and nobody could say what happened. Please do not send me another form, just a date.',
    'We are a small office and need the invoice with our tax number, else our bookkeeper will not accept it.',
    'It worked when I tried from another phone. You may close this, and perhaps look at why the old one was refused.',
  ];
  const lines = Array.from({ length: 14 }, (_, index) => {
    const [one, other] = [(index * 3 + thread) % said.length, (index + thread * 5) % said.length];
    return `Customer ${thread * 31 + index}: ${said[one]} ${index % 2 === 0 ? said[other] : `It is about number ${thread * 977 + index * 13}.`}`;
  });
  return lines.join('\n\n');
}

function testLog(seed) {
  const lines = Array.from({ length: 160 }, (_, index) => {
    const took = ((index * 37 + seed * 101) % 400) + 3;
    return index % 53 === seed
      ? `FAIL  test/orders/case-${index}.test.ts > expected 200, received 503`
      : `PASS  test/orders/case-${index}.test.ts (${took} ms)`;
  });
  return ['> shop@4.2.0 test', '> vitest run', '', ...lines, '', `Tests  ${lines.length} total, seed ${seed}`].join(
    '\n',
  );
}

function stockTable(warehouse) {
  const rows = Array.from({ length: 140 }, (_, index) => {
    const stock = (index * 7919 * warehouse) % 310;
    return `SKU-${String(4_000 + index)},${['lamp', 'chair', 'desk', 'shelf'][index % 4]},warehouse-${warehouse},${stock},${stock < 12 ? 'reorder' : 'ok'},2026-03-11`;
  });
  return ['sku,kind,warehouse,stock,state,counted_on', ...rows].join('\n');
}

function helpPage(page) {
  const sections = Array.from(
    { length: 14 },
    (_, index) => `<section class="card card--wide" id="s${index}"><h2>Question ${page}.${index}</h2>
      <p class="text text--body">How do I return an item of order group ${index}? Within ${14 + ((index + page) % 4) * 7} days,
      with the label that came with it. The money is back within <b>${3 + (index % 5)} days</b>.</p>
      <ul class="links"><li><a href="/help/${page}/${index}">More</a></li><li><a href="/contact">Contact</a></li></ul></section>`,
  );
  return `<!doctype html><html><head><title>Help ${page}</title><style>.card{margin:0 auto;padding:12px}</style>
    <script>window.dataLayer = window.dataLayer || [];</script></head><body><nav><a href="/">Shop</a><a href="/help">Help</a></nav>
    <main>${sections.join('\n')}</main><footer>© Shop 2026</footer></body></html>`;
}
