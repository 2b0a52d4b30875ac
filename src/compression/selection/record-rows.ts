import type { JsonNode } from '../json/parse-json.ts';
import { plainlySpelled } from '../json/plainly-spelled.ts';
import { writeJson } from '../json/write-json.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';
import { selectedText } from '../strategies/records/selected-text.ts';
import { evenly } from './evenly.ts';
import { columnsOf, leavesOf } from './record-columns.ts';
import { findFailures, type FailureCluster } from './record-failures.ts';
import { findExtremes, findOutliers } from './record-outliers.ts';
import { rowsAtTheEnd } from './record-measures.ts';
import { isNamed, scoreRelevance, termsOf } from './record-relevance.ts';
import { summarizeRows } from './record-summary.ts';
import { type RecordTarget, findRecordTarget } from './record-target.ts';
import { superlativeOf } from './superlative.ts';

/**
 * Of the largest list in a JSON document, the rows that matter, each with its number: every distinct failure, what the
 * question asks for, numbers and categories that stand out, the first and the last. All else in the document stays.
 */
export const recordRows: SelectionStrategy<'json'> = {
  name: 'record-rows',
  kinds: ['json'],
  select({ text, json }, request): Selected | undefined {
    const root = plainlySpelled(text, json);
    const target = findRecordTarget(root);
    return target === undefined ? undefined : selectRows(root, { target, request });
  },
};

/** The rows of one list of a document that matter, as `recordRows` shows them. */
export function selectRows(
  json: JsonNode,
  { target, request }: { readonly target: RecordTarget; readonly request: SelectionRequest },
): Selected | undefined {
  const { rows } = target;
  const texts = rows.map((row, index) => (target.keys?.[index] ?? '') + writeJson(row));
  const leaves = rows.map(leavesOf);
  const columns = columnsOf(leaves);
  const said = leaves.map((row, index) =>
    [target.keys?.[index] ?? '', ...row.map(({ value }) => value.source)].join(' '),
  );
  const { kept, failures } = pickRows(texts, { request, columns, leaves, said });
  if (kept.length === rows.length) return undefined;
  const leftOut = rangesWithout(kept, rows.length);
  const shown = new Set(kept);
  const aggregates = summarizeRows(
    columns,
    rows.flatMap((_row, index) => (shown.has(index) ? [] : [index])),
  );
  const summary = [...sayAlike(failures, shown), aggregates].filter((part) => part !== '').join('; ');
  const total = rows.length;
  const lastLine = notice({ unit: 'rows', total, ranges: leftOut, retrievalId: request.retrievalId, summary });
  const text = selectedText(json, { target, kept });
  return { text: `${text}\n${lastLine}`, unit: 'rows', total, leftOut };
}

/** Clusters of failures whose hidden rows are counted one by one; of the rest the aggregates tell. */
const MOST_CLUSTERS = 8;

/** `1 more like row 3, row 6` for every failure that stands for others. */
function sayAlike(failures: readonly FailureCluster[], shown: ReadonlySet<number>): readonly string[] {
  const said: string[] = [];
  for (const { rows } of failures) {
    const [first = 0] = rows;
    const hidden = rows.filter((row) => !shown.has(row));
    const last = (hidden.at(-1) ?? 0) + 1;
    if (hidden.length === 1) said.push(`1 more like row ${first + 1}, row ${last}`);
    if (hidden.length > 1) said.push(`${hidden.length} more like row ${first + 1}, the last row ${last}`);
  }
  return said.slice(0, MOST_CLUSTERS);
}

interface Material {
  readonly request: SelectionRequest;
  readonly columns: ReturnType<typeof columnsOf>;
  readonly leaves: readonly ReturnType<typeof leavesOf>[];
  /** Per row the values without their keys, which are the same in most rows. */
  readonly said: readonly string[];
}

/** Rows as a table cost about this much of their JSON. */
const TABLE_SHARE = 0.6;
/** The notice and the head of the table. */
const FRAME_TOKENS = 120;
/** So many of the best matches stay even where failures have used the budget up. */
const SURE_MATCHES = 3;
const SAMPLE_CHARACTERS = 8_000;

interface Picked {
  /** Indexes of the rows that stay, ascending. */
  readonly kept: readonly number[];
  readonly failures: readonly FailureCluster[];
}

function pickRows(texts: readonly string[], { request, columns, leaves, said }: Material): Picked {
  const last = texts.length - 1;
  const sample = texts.join('\n').slice(0, SAMPLE_CHARACTERS);
  const tokensPerCharacter = (request.count(sample) / sample.length) * TABLE_SHARE;
  let left = request.budgetTokens - FRAME_TOKENS;
  const kept = new Set<number>();
  const keep = (row: number): void => {
    if (kept.has(row)) return;
    kept.add(row);
    left -= (texts[row]?.length ?? 0) * tokensPerCharacter;
  };
  const keepWithin = (rows: readonly number[]): void => {
    for (const row of rows) if (left >= (texts[row]?.length ?? 0) * tokensPerCharacter) keep(row);
  };
  const failures = findFailures(leaves, columns);
  for (const { rows } of failures) keep(rows[0] ?? 0);
  keep(0);
  keep(last);
  const terms = termsOf(request.query);
  const { scores, strong } = scoreRelevance(terms, said);
  const relevant = scores
    .map((_score, row) => row)
    .filter((row) => (scores[row] ?? 0) > 0)
    .sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const strongest = relevant.filter((row) => (scores[row] ?? 0) >= strong);
  for (const row of strongest.slice(0, SURE_MATCHES)) keep(row);
  const superlative = superlativeOf(request.query);
  if (superlative !== undefined) for (const row of rowsAtTheEnd(leaves, { superlative, terms })) keep(row);
  keepWithin(strongest);
  keepWithin(findExtremes(columns.filter(({ path }) => isNamed(path, terms))));
  keepWithin(findOutliers(columns, texts.length));
  keepWithin([1, last - 1]);
  keepWithin(failures.flatMap(({ rows }) => rows.slice(-1)));
  keepWithin(relevant);
  keepWithin(failures.flatMap(({ rows }) => rows));
  keepWithin(evenly(texts.length));
  return { kept: [...kept].sort((one, other) => one - other), failures };
}

function rangesWithout(kept: readonly number[], total: number): readonly SourceRange[] {
  const ranges: SourceRange[] = [];
  let next = 1;
  for (const index of [...kept, total]) {
    if (index + 1 > next) ranges.push({ first: next, last: index });
    next = index + 2;
  }
  return ranges;
}
