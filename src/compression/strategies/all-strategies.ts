import { commitLines } from '../selection/commit-lines.ts';
import { configSelection } from '../selection/config-sections.ts';
import { csvRows } from '../selection/csv-rows.ts';
import { diffHunks } from '../selection/diff-hunks.ts';
import { htmlPage } from '../selection/html-page.ts';
import { jsonFields } from '../selection/json-fields.ts';
import { listingLines } from '../selection/listing-lines.ts';
import { logLines } from '../selection/log-lines.ts';
import { proseSections } from '../selection/prose-sections.ts';
import { recordRows } from '../selection/record-rows.ts';
import { searchHits } from '../selection/search-hits.ts';
import { tableRows } from '../selection/table-rows.ts';
import { xmlDocument } from '../selection/xml-document.ts';
import type { SelectionStrategy, Strategy } from '../strategy.ts';
import { csvColumns } from './csv-columns.ts';
import { framedRows } from './framed-rows.ts';
import { groupedHits } from './grouped-hits.ts';
import { groupedPaths } from './grouped-paths.ts';
import { indentedTree } from './indented-tree.ts';
import { minifiedJson } from './minified-json.ts';
import { recordsTable } from './records-table.ts';
import { repeatedLines } from './repeated-lines.ts';
import { sameParts } from './same-parts.ts';
import { sortedSymbols } from './sorted-symbols.ts';

/** Every lossless strategy. Order breaks ties: of two texts of the same size the earlier one is taken. */
export const STRATEGIES: readonly Strategy[] = [
  minifiedJson,
  recordsTable,
  sameParts,
  csvColumns,
  framedRows,
  groupedHits,
  sortedSymbols,
  groupedPaths,
  indentedTree,
  repeatedLines,
];

/** Every way of leaving something out, under the same rule. */
export const SELECTIONS: readonly SelectionStrategy[] = [
  recordRows,
  jsonFields,
  htmlPage,
  xmlDocument,
  diffHunks,
  searchHits,
  commitLines,
  listingLines,
  csvRows,
  tableRows,
  logLines,
  configSelection,
  proseSections,
];
