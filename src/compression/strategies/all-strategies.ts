import { logLines } from '../selection/log-lines.ts';
import type { SelectionStrategy, Strategy } from '../strategy.ts';
import { repeatedLines } from './repeated-lines.ts';

/** Every lossless strategy. Order breaks ties: of two texts of the same size the earlier one is taken. */
export const STRATEGIES: readonly Strategy[] = [repeatedLines];

/** Every way of leaving something out, under the same rule. */
export const SELECTIONS: readonly SelectionStrategy[] = [logLines];
