import { INCIDENT } from '../incident/timeline.ts';
import { diagnose } from './diagnosis.ts';

export interface ScriptedToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, string>>;
}

/** What the scripted model says next: some words, and the tools that it calls, or none when it is done. */
export interface Turn {
  readonly text: string;
  readonly toolCalls: readonly ScriptedToolCall[];
}

/** A tool result as the model received it, compressed or not. */
export interface ReceivedResult {
  readonly toolName: string;
  readonly text: string;
}

/** One step of the plan. `undefined` when there is nothing to do in it. */
type Step = (received: readonly ReceivedResult[]) => Turn | undefined;

const STEPS: readonly Step[] = [
  () => ({
    text: 'I start with what was released before it, and with the shape of the failure.',
    toolCalls: [
      { name: 'list_deployments', input: { since: '2026-03-09T00:00:00Z' } },
      { name: 'query_metrics', input: { service: 'checkout' } },
    ],
  }),
  () => ({
    text: 'Errors step up at 02:06, two minutes after payments 4.18.0 and seven after catalog 7.2.1. What does checkout say?',
    toolCalls: [{ name: 'search_logs', input: { service: 'checkout' } }],
  }),
  () => ({
    text: 'Checkout gets 503 from payments. I read the log of payments and look at its pods.',
    toolCalls: [
      { name: 'search_logs', input: { service: 'payments' } },
      { name: 'get_pods', input: { service: 'payments' } },
    ],
  }),
  (received) => ({
    text: 'Payments runs out of database connections, 4 of 4 in use, though its pods set DB_POOL_SIZE to 40. What did 4.18.0 change, and what did the log say before, where lines were left out?',
    toolCalls: [
      { name: 'get_diff', input: { service: 'payments', from: INCIDENT.goodVersion, to: INCIDENT.badVersion } },
      ...retrieve(received, 'search_logs', ({ id, unit, range }) => ({ id, [unit]: range })),
    ],
  }),
  () => ({
    text: 'The variable was renamed and its default went from 40 to 4. Who still uses the old name, and which orders were hit?',
    toolCalls: [
      { name: 'search_code', input: { pattern: 'DB_POOL' } },
      { name: 'list_orders', input: {} },
    ],
  }),
  (received) => {
    const toolCalls = retrieve(received, 'list_orders', ({ id }) => ({ id, query: 'payment_unknown' }));
    const text =
      'Some orders are payment_unknown: charged, but not booked. I need all of them, and rows were left out.';
    return toolCalls.length === 0 ? undefined : { text, toolCalls };
  },
];

/** What comes after these results. The same results always bring the same turn: the server keeps no state. */
export function nextTurn(received: readonly ReceivedResult[]): Turn {
  let answered = 0;
  for (const step of STEPS) {
    const turn = step(received.slice(0, answered));
    if (turn === undefined) continue;
    if (received.length <= answered) return turn;
    answered += turn.toolCalls.length;
  }
  return { text: diagnose(received.map(({ text }) => text).join('\n')), toolCalls: [] };
}

interface Notice {
  readonly id: string;
  readonly unit: string;
  readonly range: string;
}

const NOTICE = /headroom_retrieve with id "(?<id>[0-9a-f]{24})" and (?<unit>rows|lines) "(?<range>[\d, -]+)"/;

/** Asks for what was left out of the last result of a tool, by the notice in it, if there is one. */
function retrieve(
  received: readonly ReceivedResult[],
  toolName: string,
  choose: (notice: Notice) => ScriptedToolCall['input'],
): readonly ScriptedToolCall[] {
  const result = received.findLast((candidate) => candidate.toolName === toolName);
  const { id, unit, range } = NOTICE.exec(result?.text ?? '')?.groups ?? {};
  return id && unit && range ? [{ name: 'headroom_retrieve', input: choose({ id, unit, range }) }] : [];
}
