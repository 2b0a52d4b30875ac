import type { SelectionStrategy, Strategy } from '../strategy.ts';

/** Every lossless strategy. Order breaks ties: of two texts of the same size the earlier one is taken. */
export const STRATEGIES: readonly Strategy[] = [];

/** Every way of leaving something out, under the same rule. */
export const SELECTIONS: readonly SelectionStrategy[] = [];
