import { listOrders, type Order } from './orders.ts';
import { createRandom, type Random } from './random.ts';
import { formatTime, INCIDENT, NEW_PODS, OLD_PODS, TIMELINE } from './timeline.ts';

export const LOGGED_SERVICES = ['checkout', 'payments', 'cart', 'inventory'] as const;
export type LoggedService = (typeof LOGGED_SERVICES)[number];

export interface LogRequest {
  readonly service: LoggedService;
  /** Only lines with this text in them, case ignored. */
  readonly contains?: string | undefined;
}

interface Line {
  readonly timeMs: number;
  readonly text: string;
}

const START_MS = Date.UTC(2026, 2, 12, 2, 0);
const LENGTH_MS = 40 * 60_000;
const CHECKOUT_PODS = ['checkout-6b9f7c5d4-4xw2m', 'checkout-6b9f7c5d4-9kd8t', 'checkout-6b9f7c5d4-zq7vn'];

/** What a service wrote between 02:00 and 02:40, oldest first. */
export function searchLogs({ service, contains }: LogRequest): string {
  const lines = LOGS[service]().sort((one, other) => one.timeMs - other.timeMs);
  const wanted = contains?.toLowerCase();
  return lines
    .map(({ timeMs, text }) => `${formatTime(timeMs, 'milliseconds')} ${text}`)
    .filter((line) => wanted === undefined || line.toLowerCase().includes(wanted))
    .join('\n');
}

const LOGS: Readonly<Record<LoggedService, () => Line[]>> = {
  checkout: () => checkoutLog(createRandom(71)),
  payments: () => [...rolloutLog(), ...paymentsLog(createRandom(72))],
  cart: () => quietLog('cart', createRandom(73)),
  inventory: () => quietLog('inventory', createRandom(74)),
};

function checkoutLog(random: Random): Line[] {
  const orders = listOrders().filter(({ created_at }) => Date.parse(created_at) < START_MS + LENGTH_MS);
  const placed = orders.map((order) =>
    checkoutLine(Date.parse(order.created_at) + random.integer(0, 999), orderMessage(order, random), random),
  );
  const probes = Array.from({ length: 60 }, (_, index) =>
    checkoutLine(
      START_MS + index * 40_000 + random.integer(0, 120),
      ['INFO', `GET /health 200 in ${random.integer(1, 3)} ms`],
      random,
    ),
  );
  return [
    ...placed,
    ...probes,
    checkoutLine(
      START_MS + 203_000,
      ['WARN', 'carrier rates are older than 15 minutes, using the stored ones'],
      random,
    ),
    checkoutLine(TIMELINE.paged, ['WARN', 'circuit breaker payments: half open, 1 probe allowed'], random),
  ];
}

function orderMessage(order: Order, random: Random): [level: string, message: string] {
  const subject = `trace=${random.hex(8)} order=${order.id}`;
  if (order.status === 'payment_unknown') {
    return ['ERROR', `${subject} payment state unknown: authorise timed out after the card was charged`];
  }
  if (order.status === 'payment_failed') {
    const tookMs = random.integer(2_001, 2_038);
    return ['ERROR', `${subject} authorise failed: payments answered 503 after ${tookMs} ms, attempt 3 of 3`];
  }
  const items = order.item_count === 1 ? '1 item' : `${order.item_count} items`;
  return ['INFO', `${subject} placed, ${items}, paid by ${order.payment_method} in ${random.integer(71, 240)} ms`];
}

function checkoutLine(timeMs: number, [level, message]: [string, string], random: Random): Line {
  return { timeMs, text: `${level.padEnd(5)} [${random.pick(CHECKOUT_PODS)}] ${message}` };
}

/** The release: each new pod starts and says what it lacks, each old one leaves. */
function rolloutLog(): Line[] {
  const started = NEW_PODS.flatMap((pod, index) => {
    const startMs = TIMELINE.paymentsDeployed + 6_000 + index * 5_500;
    return [
      { timeMs: startMs, text: `INFO  [${pod}] payments ${INCIDENT.badVersion} starting, node v22.14.0` },
      {
        timeMs: startMs + 312,
        text: `WARN  [${pod}] config: ${INCIDENT.newVariable} is not set, using the default 4`,
      },
      {
        timeMs: startMs + 655,
        text: `INFO  [${pod}] postgres pool ready: min 1, max 4, host payments-db.internal:5432`,
      },
    ];
  });
  const left = OLD_PODS.map((pod, index) => ({
    timeMs: TIMELINE.paymentsDeployed + 9_000 + index * 5_500,
    text: `INFO  [${pod}] SIGTERM received, draining`,
  }));
  return [...started, ...left];
}

function paymentsLog(random: Random): Line[] {
  const lines: Line[] = Array.from({ length: 200 }, (_, index) => {
    const timeMs = START_MS + index * 12_000 + random.integer(0, 4_000);
    const pod = random.pick(timeMs > TIMELINE.paymentsDeployed + 50_000 ? NEW_PODS : OLD_PODS);
    const [level, message] = paymentMessage(timeMs, random);
    return { timeMs, text: `${level.padEnd(5)} [${pod}] trace=${random.hex(8)} ${message}` };
  });
  const firstMs = TIMELINE.firstFailure + 2_000;
  return [
    ...lines,
    { timeMs: firstMs, text: `ERROR [${NEW_PODS[0]}] trace=${random.hex(8)} ${poolTimeout(48)}` },
    {
      timeMs: START_MS + 731_000,
      text: `ERROR [${NEW_PODS[1]}] trace=${random.hex(8)} acquirer answered 422 card_not_supported for BIN 601100`,
    },
    { timeMs: START_MS + 1_012_000, text: `WARN  [${NEW_PODS[0]}] event loop lagged 212 ms` },
  ];
}

function paymentMessage(timeMs: number, random: Random): [level: string, message: string] {
  if (timeMs > TIMELINE.firstFailure && random.chance(0.42)) {
    return ['ERROR', poolTimeout(random.integer(48, 71))];
  }
  if (random.chance(0.4)) return ['DEBUG', `SELECT 1 took ${random.integer(1, 4)} ms`];
  const card = `${random.pick(['visa', 'mastercard', 'amex'])} ****${random.integer(1_000, 9_999)}`;
  const amount = `${random.integer(9, 420)}.${random.integer(10, 99)} EUR`;
  return ['INFO', `authorised ${card} ${amount} in ${random.integer(38, 190)} ms`];
}

function poolTimeout(waiting: number): string {
  return `${INCIDENT.poolError}: no connection within 2000 ms (4 of 4 in use, ${waiting} waiting) at Pool.acquire (/app/src/db/pool.ts:88:13)`;
}

function quietLog(service: LoggedService, random: Random): Line[] {
  return Array.from({ length: 120 }, (_, index) => ({
    timeMs: START_MS + index * 20_000 + random.integer(0, 900),
    text: `INFO  [${service}-0] trace=${random.hex(8)} ${random.pick(['GET', 'POST'])} /v1/${service}/${random.integer(1_000, 9_999)} 200 in ${random.integer(2, 18)} ms`,
  }));
}
