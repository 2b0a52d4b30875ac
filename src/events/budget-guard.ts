import type { AlertFiring, EventBase } from './event.ts';

/** A call that is about to be made. */
export interface GuardedCall extends Pick<EventBase, 'runId' | 'sessionId' | 'agent'> {
  readonly provider: string;
  readonly model: string;
}

/** Why a call may not be made. */
export type BudgetExcess = Readonly<Pick<AlertFiring, 'rule' | 'scope' | 'value' | 'threshold' | 'unit'>>;

/** Says which budget a call would exceed, if any. */
export interface BudgetGuard {
  exceededBy(call: GuardedCall): BudgetExcess | undefined;
}
