import { codeOutline } from '../selection/code-outline.ts';
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
import type { Repertoire } from '../judge.ts';
import { envelopeParts } from '../selection/envelope-parts.ts';
import { jsonLineRows } from '../selection/json-line-rows.ts';
import { openedRows } from '../selection/opened-rows.ts';
import { csvColumns } from './csv-columns.ts';
import { recordsCsv, recordsMarkdown } from './flat-records.ts';
import { framedRows } from './framed-rows.ts';
import { groupedHits } from './grouped-hits.ts';
import { groupedPaths } from './grouped-paths.ts';
import { indentedTree } from './indented-tree.ts';
import { jsonInStrings } from './json-in-strings.ts';
import { jsonLines } from './json-lines.ts';
import { minifiedJson } from './minified-json.ts';
import { openedEnvelope } from './opened-envelope.ts';
import { recordsTable } from './records-table.ts';
import { repeatedLines } from './repeated-lines.ts';
import { sameParts } from './same-parts.ts';
import { sortedSymbols } from './sorted-symbols.ts';
import { toon } from './toon.ts';

/** What knows a text that carries no other. Order breaks ties: of two texts of the same size the earlier one is taken. */
const PLAIN_STRATEGIES: readonly Strategy[] = [
  minifiedJson,
  recordsTable,
  recordsCsv,
  recordsMarkdown,
  toon,
  sameParts,
  csvColumns,
  framedRows,
  groupedHits,
  sortedSymbols,
  groupedPaths,
  indentedTree,
  repeatedLines,
];

const PLAIN_SELECTIONS: readonly SelectionStrategy[] = [
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
  codeOutline,
  proseSections,
];

/** A text in a text in a text is opened, and no deeper. */
const DEEPEST_OPENING = 3;

/** What knows texts that carry others as well, by what knows the others. */
function opening(depth: number): Repertoire {
  const plain: Repertoire = { strategies: PLAIN_STRATEGIES, selections: PLAIN_SELECTIONS };
  if (depth === 0) return plain;
  const inner = opening(depth - 1);
  return {
    strategies: [
      ...PLAIN_STRATEGIES,
      jsonLines(inner.strategies),
      jsonInStrings(inner.strategies),
      openedEnvelope(inner.strategies),
    ],
    selections: [...PLAIN_SELECTIONS, jsonLineRows, openedRows, envelopeParts(inner)],
  };
}

/** Every lossless strategy. */
export const { strategies: STRATEGIES, selections: SELECTIONS } = opening(DEEPEST_OPENING);
