import { pathOf } from '../code-tools/diff-lines.ts';
import type { DiffLine } from '../code-tools/diff-lines.ts';
import type { DiffContent } from '../content.ts';
import { formatRanges, notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { chooseDiffLines } from './diff-choice.ts';
import { linesOf, rangesLeftOut } from './kept-lines.ts';

const FEWEST_LINES = 25;
/** Files that are spelled out in the notice with what changed in them; of more the sums are told. */
const FILES_IN_GAP = 12;

/**
 * Leaves out lines of a diff. Every file stays named, with its modes, renames and what is binary, and every hunk with
 * its header, but for files that tools generate: those shrink to their counts. Hunks that the query asks for and small
 * ones stay whole; of the others changed lines go after context. Where lines went, a line in brackets says which
 * and how many of them were added and removed: what stays is no patch that could be applied.
 */
export const diffHunks: SelectionStrategy<'diff'> = { name: 'diff-hunks', kinds: ['diff'], select };

function select({ lines: source, parts }: DiffContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(source);
  if (lines.length < FEWEST_LINES) return undefined;
  const kept = chooseDiffLines(lines, parts, request);
  const leftOut = rangesLeftOut(kept);
  if (leftOut.length === 0) return undefined;

  const shown = [
    notice({
      unit: 'lines',
      total: lines.length,
      ranges: leftOut,
      retrievalId: request.retrievalId,
      summary: `${totals(parts, lines.length)}; what stays follows and is no whole patch`,
    }),
  ];
  let at = 0;
  for (const range of leftOut) {
    for (; at < range.first - 1; at++) shown.push(lines[at] ?? '');
    shown.push(`[lines ${formatRanges([range])} left out${aboutGap(lines, parts, range)}]`);
    at = range.last;
  }
  for (; at < lines.length; at++) shown.push(lines[at] ?? '');
  return { text: shown.join('\n'), unit: 'lines', total: lines.length, leftOut };
}

function totals(parts: readonly DiffLine[], length: number): string {
  let added = 0;
  let removed = 0;
  const files = new Set<number>();
  for (const { role, file } of parts.slice(0, length)) {
    if (file >= 0) files.add(file);
    if (role === 'added') added++;
    if (role === 'removed') removed++;
  }
  return `the diff changes ${files.size} ${files.size === 1 ? 'file' : 'files'}, +${added} -${removed}`;
}

/** `: package-lock.json 14 hunks +200 -180`, or the changes alone where a part of one file is left out. */
function aboutGap(
  lines: readonly string[],
  parts: readonly DiffLine[],
  { first, last }: { readonly first: number; readonly last: number },
): string {
  const files = new Map<number, { path: string; hunks: number; added: number; removed: number }>();
  for (let index = first - 1; index < last; index++) {
    const { role, file } = parts[index] ?? { role: 'message', file: -1 };
    if (file < 0) continue;
    let known = files.get(file);
    if (known === undefined) files.set(file, (known = { path: '', hunks: 0, added: 0, removed: 0 }));
    if (role === 'file') known.path = pathOf(lines[index] ?? '') ?? known.path;
    if (role === 'hunk') known.hunks++;
    if (role === 'added') known.added++;
    if (role === 'removed') known.removed++;
  }
  const told = [...files.values()].slice(0, FILES_IN_GAP).map(({ path, hunks, added, removed }) => {
    const changes = hunks > 0 ? [`${hunks} ${hunks === 1 ? 'hunk' : 'hunks'}`] : [];
    if (added > 0 || removed > 0) changes.push(`+${added} -${removed}`);
    return `${path}${path === '' || changes.length === 0 ? '' : ' '}${changes.join(' ')}`;
  });
  const about = told.filter((each) => each !== '');
  if (files.size > FILES_IN_GAP) about.push(`${files.size - FILES_IN_GAP} more files`);
  return about.length === 0 ? '' : `: ${about.join(', ')}`;
}
