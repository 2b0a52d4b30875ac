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
  (received) => ({
    text: 'Errors step up at 02:06, two minutes after payments 4.18.0 began. Was it the only release of that night, and what does checkout say?',
    toolCalls: [
      ...retrieve(received, 'list_deployments', '2026-03-12'),
      { name: 'search_logs', input: { service: 'checkout' } },
    ],
  }),
  () => ({
    text: 'Checkout gets 503 from payments. I read the log of payments and look at its pods.',
    toolCalls: [
      { name: 'search_logs', input: { service: 'payments' } },
      { name: 'get_pods', input: { service: 'payments' } },
    ],
  }),
  () => ({
    text: 'Payments runs out of database connections, 4 of 4 in use, though its pods set DB_POOL_SIZE to 40. What did 4.18.0 change?',
    toolCalls: [
      { name: 'get_diff', input: { service: 'payments', from: INCIDENT.goodVersion, to: INCIDENT.badVersion } },
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
    const toolCalls = retrieve(received, 'list_orders', 'payment_unknown');
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

/** How a notice tells a model to ask for what was left out. */
const NOTICE = /headroom_retrieve with id "([0-9a-f]{24})"/;

/** Looks for `query` in what was left out of the last result of a tool, by the id that the notice in it gives. */
function retrieve(received: readonly ReceivedResult[], toolName: string, query: string): readonly ScriptedToolCall[] {
  const result = received.findLast((candidate) => candidate.toolName === toolName);
  const [, id] = NOTICE.exec(result?.text ?? '') ?? [];
  return id === undefined ? [] : [{ name: 'headroom_retrieve', input: { id, query } }];
}
