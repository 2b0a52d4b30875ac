/**
 * What really happened in the night of 12 March 2026, in UTC. The data of every tool follows it, and the tests check
 * that what the diagnosis says is in them.
 *
 * payments 4.18.0 reads its pool size from DB_POOL_MAX, where 4.17.3 read DB_POOL_SIZE. The chart still sets
 * DB_POOL_SIZE, so every pod fell back to 4 connections instead of 40; checkout waited for payments until it gave up.
 */
export const TIMELINE = {
  windowStart: Date.UTC(2026, 2, 12, 1, 0),
  catalogDeployed: Date.UTC(2026, 2, 12, 1, 58, 40),
  paymentsDeployed: Date.UTC(2026, 2, 12, 2, 4, 11),
  firstFailure: Date.UTC(2026, 2, 12, 2, 6, 9),
  paged: Date.UTC(2026, 2, 12, 2, 14, 30),
  rolledBack: Date.UTC(2026, 2, 12, 3, 8, 20),
  windowEnd: Date.UTC(2026, 2, 12, 3, 39),
} as const;

export const INCIDENT = {
  badVersion: '4.18.0',
  goodVersion: '4.17.3',
  newVariable: 'DB_POOL_MAX',
  oldVariable: 'DB_POOL_SIZE',
  poolError: 'PoolTimeoutError',
  /** Paid by the customer, and not known to the shop. */
  unknownPayments: 7,
  largestFailedOrder: 'ord_48277',
  largestFailedMinor: 1_842_000,
} as const;

/** Of payments: before the release, and of the release. */
export const OLD_PODS = podNames('payments-7d4c9b6f8', [
  '5hjtx',
  'c2mqs',
  'wr6pz',
  'b8kvd',
  'n4xzl',
  'p7gth',
  'q9fcw',
  't2rmj',
]);
export const NEW_PODS = podNames('payments-5f8d6c9b7', [
  '2lzkd',
  '8nqvw',
  'xt4rb',
  'd5mhs',
  'g6pjc',
  'k9wfz',
  'r7vtn',
  'z3cqx',
]);

function podNames(prefix: string, suffixes: readonly string[]): readonly string[] {
  return suffixes.map((suffix) => `${prefix}-${suffix}`);
}

/** `2026-03-12T02:04:11Z`, or with milliseconds. */
export function formatTime(epochMs: number, precision: 'seconds' | 'milliseconds' = 'seconds'): string {
  const text = new Date(epochMs).toISOString();
  return precision === 'seconds' ? text.replace(/\.\d{3}Z$/, 'Z') : text;
}
