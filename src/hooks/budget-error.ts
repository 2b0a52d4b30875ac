import type { BudgetExcess } from '../events/budget-guard.ts';
import { HeadroomStopError } from './stop-error.ts';

const marker = Symbol.for('headroom.budget-error');

/**
 * Thrown in place of a model call, where the user asked for a budget to be kept. It is a `HeadroomStopError`, so the run
 * ends as aborted. Use `HeadroomBudgetError.is(error)` rather than `instanceof`.
 */
export class HeadroomBudgetError extends HeadroomStopError {
  readonly [marker] = true;
  /** Name of the rule. */
  readonly rule: string;
  readonly scope: BudgetExcess['scope'];
  /** What was used before this call. */
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;

  constructor({ rule, scope, value, threshold, unit }: BudgetExcess) {
    super(`The call was not made: ${rule} is at ${value} of ${threshold} ${unit} in this ${scope}.`);
    this.name = 'HeadroomBudgetError';
    this.rule = rule;
    this.scope = scope;
    this.value = value;
    this.threshold = threshold;
    this.unit = unit;
  }

  static override is(error: unknown): error is HeadroomBudgetError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
