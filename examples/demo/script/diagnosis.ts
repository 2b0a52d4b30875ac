import { listOrders } from '../incident/orders.ts';
import { INCIDENT } from '../incident/timeline.ts';

/** A statement of the diagnosis, and what the model has to have read before it may make it. */
interface Claim {
  readonly text: string;
  readonly evidence: readonly string[];
}

const unknownOrders = listOrders().filter(({ status }) => status === 'payment_unknown');

const CLAIMS: readonly Claim[] = [
  {
    text: `Cause: payments ${INCIDENT.badVersion} reads the size of its database pool from ${INCIDENT.newVariable}, with a default of 4. Before, it was ${INCIDENT.oldVariable} with a default of 40.`,
    evidence: [
      INCIDENT.badVersion,
      `+  pool: { min: 1, max: loadConfig('${INCIDENT.newVariable}', 4) }`,
      `-    pool: { min: 4, max: Number(env.${INCIDENT.oldVariable} ?? 40) }`,
    ],
  },
  {
    text: `The chart was not changed with it: deploy/charts/payments/values.yaml:37 still sets ${INCIDENT.oldVariable}, so each pod fell back to 4 connections.`,
    evidence: [
      'deploy/charts/payments/values.yaml',
      `${INCIDENT.oldVariable}: "40"`,
      'is not set, using the default 4',
    ],
  },
  {
    text: `Evidence: ${INCIDENT.poolError}, "4 of 4 in use", in payments from 02:06:11; checkout saw it as 503 after three attempts. Pods stayed up, and some failed their readiness probe.`,
    evidence: [INCIDENT.poolError, '4 of 4 in use', '02:06:11', 'answered 503', 'attempt 3 of 3', 'pool exhausted'],
  },
  {
    text: 'Not the cause: catalog 7.2.1, released seven minutes before. Errors began with payments and ended with its rollback at 03:08:20.',
    evidence: ['7.2.1', '03:08:20', INCIDENT.goodVersion],
  },
  {
    text: `Hurt first: ${unknownOrders.length} customers were charged and have no order: ${unknownOrders.map(({ id }) => id).join(', ')}.`,
    evidence: ['payment_unknown', ...unknownOrders.map(({ id }) => id)],
  },
  {
    text: `The largest order that failed is ${INCIDENT.largestFailedOrder}, a business customer, EUR 18,420.00: call them.`,
    evidence: [INCIDENT.largestFailedOrder, String(INCIDENT.largestFailedMinor), 'business'],
  },
  {
    text: `Change: rename the variable in the chart, let a missing setting stop the start, and alert on payments_pool_waiting above 0.`,
    evidence: ['payments_pool_waiting'],
  },
];

/** Every text that the diagnosis rests on. */
export const EVIDENCE: readonly string[] = CLAIMS.flatMap(({ evidence }) => evidence);

/**
 * The last words of the scripted model. It says only what it has read: a claim whose evidence is not in `read` is
 * replaced by a line that names what is missing.
 */
export function diagnose(read: string): string {
  return CLAIMS.map(({ text, evidence }) => {
    const missing = evidence.filter((fact) => !read.includes(fact));
    return missing.length === 0 ? text : `I can not say more: I have not read ${missing.join(', ')}.`;
  }).join('\n\n');
}
