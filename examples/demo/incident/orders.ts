import { createRandom } from './random.ts';
import { formatTime, INCIDENT, TIMELINE } from './timeline.ts';

export interface Order {
  readonly id: string;
  readonly created_at: string;
  readonly customer_id: string;
  readonly channel: string;
  readonly currency: string;
  readonly amount_minor: number;
  readonly item_count: number;
  readonly payment_method: string;
  readonly payment_attempts: number;
  readonly status: 'completed' | 'payment_failed' | 'payment_unknown';
  readonly coupon: string | null;
}

const FIRST_ORDER_MS = Date.UTC(2026, 2, 12, 2, 0);
const BETWEEN_ORDERS_MS = 14_000;
const UNKNOWN = [38, 57, 77, 95, 114, 136, 161];

/** The orders from 02:00 to 03:15, oldest first: 320 rows, seven of them charged and not booked. */
export function listOrders(): readonly Order[] {
  const random = createRandom(6);
  return Array.from({ length: 320 }, (_, index) => {
    const id = `ord_${48_120 + index}`;
    const createdMs = FIRST_ORDER_MS + index * BETWEEN_ORDERS_MS + random.integer(0, 11_000);
    const starved = createdMs > TIMELINE.firstFailure && createdMs < TIMELINE.rolledBack;
    const largest = id === INCIDENT.largestFailedOrder;
    const failed = (starved && random.chance(0.37)) || largest;
    const status = UNKNOWN.includes(index) ? 'payment_unknown' : failed ? 'payment_failed' : 'completed';
    return {
      id,
      created_at: formatTime(createdMs),
      customer_id: `cus_${random.integer(10_000, 99_999)}`,
      channel: largest ? 'business' : random.pick(['web', 'web', 'app']),
      currency: 'EUR',
      amount_minor: largest ? INCIDENT.largestFailedMinor : random.integer(900, 24_900),
      item_count: largest ? 240 : random.integer(1, 6),
      payment_method: random.pick(['card', 'card', 'card', 'wallet', 'invoice']),
      payment_attempts: status === 'completed' ? 1 : 3,
      status,
      coupon: random.chance(0.1) ? 'SPRING10' : null,
    };
  });
}
