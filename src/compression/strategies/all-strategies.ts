import { csvRows } from '../selection/csv-rows.ts';
import { logLines } from '../selection/log-lines.ts';
import { recordRows } from '../selection/record-rows.ts';
import { tableRows } from '../selection/table-rows.ts';
import type { SelectionStrategy, Strategy } from '../strategy.ts';
import { csvColumns } from './csv-columns.ts';
import { framedRows } from './framed-rows.ts';
import { minifiedJson } from './minified-json.ts';
import { recordsTable } from './records-table.ts';
import { repeatedLines } from './repeated-lines.ts';

/** Every lossless strategy. Order breaks ties: of two texts of the same size the earlier one is taken. */
export const STRATEGIES: readonly Strategy[] = [minifiedJson, recordsTable, csvColumns, framedRows, repeatedLines];

/** Every way of leaving something out, under the same rule. */
export const SELECTIONS: readonly SelectionStrategy[] = [recordRows, csvRows, tableRows, logLines];
