import type { SearchLine } from '../code-tools/search-lines.ts';
import type { SearchContent } from '../content.ts';
import { looksLikeLog } from '../detect-log.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { fillSmallGaps, keptLines, linesOf, numberedLines, rangesLeftOut } from './kept-lines.ts';
import { groupIndexes, spread } from './line-groups.ts';
import { shapeOf } from './log-line-shape.ts';
import { severityOf } from './log-severity.ts';
import { namesByDirectory } from './names-by-directory.ts';

const FEWEST_LINES = 20;
/** Parts of the budget: the names of files, lines around answers, more answers, one hit of each file. */
const NAMES_SHARE = 0.7;
const CONTEXT_SHARE = 0.15;
const ANSWERS_SHARE = 0.35;
const FILES_SHARE = 0.3;
const SHAPES_SHARE = 0.25;

/** Hits stay up to so many tokens, however small the budget. */
const LEAST_TOKENS = 1_600;

const FIRST_WORD = /^\S{1,200}/;

/**
 * Leaves out hits of a search. Every file stays named with its number of hits, or where they are too many every
 * directory with its sums. The hits that stay are the source's own lines, each behind its number in the source: what the query asks for
 * and the lines around it, hits of files that are rarely hit, one of each kind of hit, and, where logs were searched, one of each kind of
 * failure.
 */
export const searchHits: SelectionStrategy<'search'> = { name: 'search-hits', kinds: ['search'], select };

function select({ lines: source, found }: SearchContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(source);
  if (lines.length < FEWEST_LINES) return undefined;
  const counts = countHits(found);
  const kept = chooseHits(lines, found, request);
  for (const [index, { role, path }] of found.entries()) {
    if (role === 'file' && index < lines.length && keepsHitOf(kept, found, { index, path })) kept[index] = 1;
  }
  fillSmallGaps(lines, kept);
  const leftOut = rangesLeftOut(kept);
  if (leftOut.length === 0) return undefined;
  const hits = found.reduce((sum, { role }) => sum + (role === 'hit' ? 1 : 0), 0);
  const names = counts.size === 0 ? [] : namesByDirectory(counts, request.budgetTokens * NAMES_SHARE);
  const where = counts.size === 0 ? '' : ` in ${counts.size} ${counts.size === 1 ? 'file' : 'files'}`;
  const about = names.length === 0 ? '' : '; counts of all hits come first';
  const text = [
    notice({
      unit: 'lines',
      total: lines.length,
      ranges: leftOut,
      retrievalId: request.retrievalId,
      summary: `the search has ${hits} hits${where}${about}; the lines that stay follow, each behind its number`,
    }),
    ...names,
    '',
    ...numberedLines(lines, kept),
  ];
  return { text: text.join('\n'), unit: 'lines', total: lines.length, leftOut };
}

function countHits(found: readonly SearchLine[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { role, path } of found) {
    if (path !== undefined && role === 'hit') counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return counts;
}

function chooseHits(
  lines: readonly string[],
  found: readonly SearchLine[],
  { query, budgetTokens }: SelectionRequest,
): Uint8Array {
  const { kept, keep, keepWithin, spent } = keptLines(lines);
  const isHit = (index: number): boolean => found[index]?.role === 'hit';
  const hits = [...lines.keys()].filter(isHit);
  const contents = lines.map((line, index) => line.slice(found[index]?.contentStart ?? 0));
  const shapes = contents.map((content, index) => (isHit(index) ? shapeOf(content) : ''));

  // In an index of symbols the first word is the name that one asks for.
  const names = lines.map((line, index) =>
    found[index]?.contentStart === 0 ? (FIRST_WORD.exec(line)?.[0] ?? '') : '',
  );
  const { sure, all } = bestAnswers(lines, query, { names });
  for (const index of sure) keep(index);
  for (const [index, line] of lines.entries()) {
    const role = found[index]?.role;
    if (role === 'other' && line.trim() !== '') keep(index);
  }
  const isLog = looksLikeLog(hits.slice(0, 200).map((index) => contents[index] ?? ''));
  const groups = groupIndexes(shapes);
  if (isLog) {
    for (const [shape, group] of groups) {
      const failure = shape === '' ? undefined : group.find((index) => severityOf(contents[index] ?? '') === 'failure');
      if (failure !== undefined) keep(failure);
    }
  }
  const nearby = sure.flatMap((index) => [index + 1, index - 1, index + 2, index - 2]);
  keepWithin(
    nearby.filter((index) => found[index]?.role === 'context'),
    spent() + budgetTokens * CONTEXT_SHARE,
  );
  keepWithin(all.filter(isHit), spent() + budgetTokens * ANSWERS_SHARE);
  const byFile = groupIndexes(lines.map((_, index) => (isHit(index) ? (found[index]?.path ?? '') : '\n')));
  keepWithin(rarestFirst(byFile, isHit), spent() + budgetTokens * FILES_SHARE);
  keepWithin(rarestFirst(groups, isHit), Math.max(LEAST_TOKENS, budgetTokens, spent() + budgetTokens * SHAPES_SHARE));
  return kept;
}

/** The first hit of each group, those of small groups before those of large ones. */
function rarestFirst(
  groups: ReadonlyMap<string, readonly number[]>,
  isHit: (index: number) => boolean,
): readonly number[] {
  const ranks = new Map<number, number[]>();
  for (const group of groups.values()) {
    const first = group[0] ?? 0;
    if (!isHit(first)) continue;
    const ranked = ranks.get(group.length);
    if (ranked === undefined) ranks.set(group.length, [first]);
    else ranked.push(first);
  }
  return [...ranks].toSorted(([one], [other]) => one - other).flatMap(([, indexes]) => spread(indexes));
}

/** Whether any line under this heading stays. */
function keepsHitOf(
  kept: Uint8Array,
  found: readonly SearchLine[],
  { index, path }: { readonly index: number; readonly path: string | undefined },
): boolean {
  for (let at = index + 1; at < kept.length && found[at]?.role !== 'file'; at++) {
    if (kept[at] === 1 && found[at]?.path === path) return true;
  }
  return false;
}
