import { configSelection } from '../selection/config-sections.ts';
import { htmlPage } from '../selection/html-page.ts';
import { logLines } from '../selection/log-lines.ts';
import { proseSections } from '../selection/prose-sections.ts';
import { recordRows } from '../selection/record-rows.ts';
import { xmlDocument } from '../selection/xml-document.ts';
import type { SelectionStrategy, Strategy } from '../strategy.ts';
import { minifiedJson } from './minified-json.ts';
import { recordsTable } from './records-table.ts';
import { repeatedLines } from './repeated-lines.ts';

/** Every lossless strategy. Order breaks ties: of two texts of the same size the earlier one is taken. */
export const STRATEGIES: readonly Strategy[] = [minifiedJson, recordsTable, repeatedLines];

/** Every way of leaving something out, under the same rule. */
export const SELECTIONS: readonly SelectionStrategy[] = [
  recordRows,
  logLines,
  htmlPage,
  proseSections,
  xmlDocument,
  configSelection,
];
