import type { JsonNode } from '../json/parse-json.ts';
import { notice } from '../notice.ts';
import type { Selected } from '../strategy.ts';
import { selectedText } from '../strategies/records/selected-text.ts';
import { sayUnfit, type CutRequest } from './cut-text.ts';
import { rangesLeftOut } from './kept-lines.ts';
import { spread } from './line-groups.ts';
import { columnsOf, leavesOf } from './record-columns.ts';
import { findFailures } from './record-failures.ts';
import { scoreRelevance, termsOf } from './record-relevance.ts';
import { summarizeRows } from './record-summary.ts';
import { findRecordTarget } from './record-target.ts';

/** A row takes at least this much, number and line end counted. */
const LEAST_ROW_TOKENS = 4;
/** So many of the best matches come before rows that are only spread over the rest. */
const SURE_MATCHES = 5;

/**
 * As many rows of the largest list in a document as fit: the first, one of each kind of failure, what the question asks
 * for, the last, some of the rest. `undefined` where there is no such list, or what stands around it is too large.
 */
export function cutRows(root: JsonNode, { query, maxTokens, count, retrievalId }: CutRequest): Selected | undefined {
  const target = findRecordTarget(root);
  if (target === undefined) return undefined;
  const total = target.rows.length;
  const leaves = target.rows.map(leavesOf);
  const columns = columnsOf(leaves);
  const failures = findFailures(leaves, columns).map(({ rows }) => rows);
  const order = orderRows(leaves, { failures, query });

  const write = (size: number): Selected => {
    const kept = new Uint8Array(total);
    for (const row of order.slice(0, size)) kept[row] = 1;
    const indexes = [...kept.keys()].filter((row) => kept[row] === 1);
    const hidden = [...kept.keys()].filter((row) => kept[row] !== 1);
    const unfit = failures.filter((rows) => rows.every((row) => kept[row] !== 1)).map(([first = 0]) => first);
    const summary = [sayUnfit('rows', unfit), summarizeRows(columns, hidden)].filter((part) => part !== '').join('; ');
    const leftOut = rangesLeftOut(kept);
    const lastLine = notice({ unit: 'rows', total, ranges: leftOut, retrievalId, summary });
    return { text: `${selectedText(root, { target, kept: indexes })}\n${lastLine}`, unit: 'rows', total, leftOut };
  };

  let fitting: Selected | undefined;
  let low = 1;
  let high = Math.min(total - 1, Math.floor(maxTokens / LEAST_ROW_TOKENS));
  while (low <= high) {
    const middle = (low + high) >> 1;
    const selected = write(middle);
    if (count(selected.text) <= maxTokens) {
      fitting = selected;
      low = middle + 1;
    } else high = middle - 1;
  }
  return fitting;
}

function orderRows(
  leaves: readonly ReturnType<typeof leavesOf>[],
  { failures, query }: { readonly failures: readonly (readonly number[])[]; readonly query: string },
): readonly number[] {
  const said = leaves.map((row) => row.map(({ value }) => value.source).join(' '));
  const { scores, strong } = scoreRelevance(termsOf(query), said);
  const matches = [...scores.keys()]
    .filter((row) => (scores[row] ?? 0) >= strong)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const rows = [...leaves.keys()];
  return [
    ...new Set([
      0,
      ...failures.map(([first = 0]) => first),
      ...matches.slice(0, SURE_MATCHES),
      rows.length - 1,
      ...matches,
      ...spread(rows),
    ]),
  ];
}
