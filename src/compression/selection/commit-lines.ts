import type { CommitLine } from '../code-tools/commit-lines.ts';
import type { CommitsContent } from '../content.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { fillSmallGaps, keptLines, linesOf, numberedLines, rangesLeftOut } from './kept-lines.ts';
import { spread } from './line-groups.ts';

const FEWEST_LINES = 25;
const FIRST_COMMITS = 2;
const LAST_COMMITS = 1;
/** Commits that answer the query stay whole: so many at most, and so many lines of each. */
const SURE_COMMITS = 5;
const MOST_COMMIT_LINES = 60;
const AUTHORS_IN_NOTICE = 6;
/** Parts of the budget: answers in single lines, marked commits, subjects of all others. */
const ANSWERS_SHARE = 0.35;
const MARKED_SHARE = 0.25;
const SUBJECTS_SHARE = 0.4;

/** Tags, branches, merges, reverts, releases, breaking changes. */
const MARKED = /\((?:HEAD|tag: |[\w./-]+\/)|\bMerge\b|\bRevert\b|\bBREAKING\b|!:|\b[Rr]elease\b/;

/**
 * Leaves out commits of a history. The lines that stay are the source's own, each behind its number: the newest and the
 * oldest commit, those that the query asks for as a whole, tags, merges and reverts, and subjects spread over the rest.
 */
export const commitLines: SelectionStrategy<'commits'> = { name: 'commit-lines', kinds: ['commits'], select };

function select({ lines: source, parts }: CommitsContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(source);
  if (lines.length < FEWEST_LINES) return undefined;
  const kept = chooseCommits(lines, parts, request);
  fillSmallGaps(lines, kept);
  const leftOut = rangesLeftOut(kept);
  if (leftOut.length === 0) return undefined;
  const text = [
    notice({
      unit: 'lines',
      total: lines.length,
      ranges: leftOut,
      retrievalId: request.retrievalId,
      summary: `${summaryOf(lines, parts)}; the lines that stay follow, each behind its number`,
    }),
    ...numberedLines(lines, kept),
  ];
  return { text: text.join('\n'), unit: 'lines', total: lines.length, leftOut };
}

function chooseCommits(
  lines: readonly string[],
  parts: readonly CommitLine[],
  { query, budgetTokens }: SelectionRequest,
): Uint8Array {
  const { kept, keep, keepWithin, spent } = keptLines(lines);
  const commits = groupCommits(lines, parts);
  const isOneLine = commits.every((commit) => commit.length === 1);
  const headsOf = (commit: readonly number[]): readonly number[] =>
    commit.filter((index) => ['commit', 'subject'].includes(parts[index]?.role ?? ''));
  const all = commits.flatMap(headsOf);
  const ends = [...commits.slice(0, FIRST_COMMITS), ...commits.slice(-LAST_COMMITS)];
  for (const commit of ends) {
    for (const index of commit) if (HEADER_ROLES.has(parts[index]?.role ?? 'blank')) keep(index);
  }
  const answers = bestAnswers(lines, query);
  for (const index of answers.sure) keep(index);
  if (!isOneLine) {
    const blocks = commits.map((commit) => commit.map((index) => lines[index] ?? '').join('\n'));
    const subjects = commits.map((commit) =>
      headsOf(commit)
        .map((index) => lines[index] ?? '')
        .join('\n'),
    );
    for (const texts of [blocks, subjects]) {
      for (const at of bestAnswers(texts, query, { most: SURE_COMMITS }).sure) {
        for (const index of (commits[at] ?? []).slice(0, MOST_COMMIT_LINES)) keep(index);
      }
    }
  }
  for (const [index, { commit }] of parts.entries()) {
    // No line of a commit without the hash that it belongs to.
    if (kept[index] === 1) for (const head of headsOf(commits[commit] ?? [])) keep(head);
  }
  keepWithin(answers.all, spent() + budgetTokens * ANSWERS_SHARE);
  keepWithin(
    spread(all.filter((index) => MARKED.test((lines[index] ?? '').slice(0, 300)))),
    spent() + budgetTokens * MARKED_SHARE,
  );
  const others = spread([...commits.keys()]).flatMap((at) => headsOf(commits[at] ?? []));
  keepWithin(others, Math.max(budgetTokens, spent() + budgetTokens * SUBJECTS_SHARE));
  for (const [index, { commit }] of parts.entries()) {
    if (kept[index] === 1) for (const head of headsOf(commits[commit] ?? [])) keep(head);
  }
  return kept;
}

const HEADER_ROLES: ReadonlySet<string> = new Set(['commit', 'author', 'date', 'subject', 'total']);

/** The lines of each commit. */
function groupCommits(lines: readonly string[], parts: readonly CommitLine[]): readonly (readonly number[])[] {
  const commits: number[][] = [];
  for (let index = 0; index < lines.length; index++) {
    const { commit, role } = parts[index] ?? { commit: -1, role: 'other' };
    if (commit < 0 || (role === 'blank' && lines[index] === '')) continue;
    const group = commits[commit];
    if (group === undefined) commits[commit] = [index];
    else group.push(index);
  }
  return commits;
}

/** `214 commits; by author: Ana 120, Ben 40, 12 others 54`. */
function summaryOf(lines: readonly string[], parts: readonly CommitLine[]): string {
  const authors = new Map<string, number>();
  let commits = 0;
  let files = 0;
  for (const [index, { role }] of parts.entries()) {
    if (role === 'commit') commits++;
    if (role === 'file') files++;
    const author = role === 'author' ? AUTHOR.exec(lines[index] ?? '')?.[1] : undefined;
    if (author !== undefined) authors.set(author, (authors.get(author) ?? 0) + 1);
  }
  const ranked = [...authors].toSorted((one, other) => other[1] - one[1]);
  const named = ranked.slice(0, AUTHORS_IN_NOTICE).map(([author, count]) => `${author} ${count}`);
  const rest = ranked.slice(AUTHORS_IN_NOTICE);
  if (rest.length > 0) named.push(`${rest.length} others ${rest.reduce((sum, [, count]) => sum + count, 0)}`);
  const changed = files === 0 ? '' : `, ${files} changes of files`;
  return `${commits} commits${changed}${named.length === 0 ? '' : `; by author: ${named.join(', ')}`}`;
}

const AUTHOR = /^Author: {1,8}([^<\n]{1,80}?) *(?:<|$)/;
