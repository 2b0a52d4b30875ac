import type { BudgetExcess, GuardedCall } from '../../events/budget-guard.ts';
import type { AlertEngine } from './alert-engine.ts';
import { namesOf } from './alert-facts.ts';
import { judgeValue } from './judge-value.ts';
import { keyOf, pick } from './rule-alerts.ts';

/** The first enforced rule that is exceeded where this call belongs, whether its alert was told or not. */
export function exceededBy(engine: AlertEngine, call: GuardedCall): BudgetExcess | undefined {
  const names = namesOf(call);
  for (const book of engine.books) {
    const { rule, subject, by, limits, scope, unit } = book.rule;
    if (!('enforce' in rule) || rule.enforce !== true || !book.concerns(names)) continue;
    const keys = { run: call.runId, session: call.sessionId, group: keyOf(pick(names, by)), request: undefined };
    const key = keys[subject];
    const value = key === undefined ? undefined : book.get(key)?.meter.value(engine.nowMs());
    if (value !== undefined && judgeValue(value, limits) === 'breach') {
      return { rule: rule.name, scope, value, threshold: limits.threshold, unit };
    }
  }
  return undefined;
}
