import type { ListingEntry } from '../code-tools/listing-entries.ts';
import type { ListingContent } from '../content.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { directorySums } from './directory-sums.ts';
import { fillSmallGaps, keptLines, linesOf, numberedLines, rangesLeftOut } from './kept-lines.ts';
import { groupIndexes, spread } from './line-groups.ts';
import { depthOf } from './names-by-directory.ts';

const FEWEST_LINES = 25;
const FIRST_LINES = 2;
const LAST_LINES = 2;
const LARGEST_ENTRIES = 8;
/** Parts of the budget: the sums of directories, more answers, one entry of each rare kind. */
const SUMS_SHARE = 0.45;
const ANSWERS_SHARE = 0.3;
const KINDS_SHARE = 0.15;
/** Entries stay up to so many tokens, however small the budget. */
const LEAST_TOKENS = 450;
/** Above an entry of a tree so many levels at most. */
const DEEPEST_ENTRY = 60;

/**
 * Leaves out entries of a listing. Directories stay with how many entries are under each and, where sizes stand, their
 * sum; merged into those above where they are too many. The lines that stay are the source's own, each behind its
 * number: the first and last, the largest, one of each rare kind of file, what sums up, and what the query asks for.
 */
export const listingLines: SelectionStrategy<'listing'> = { name: 'listing-lines', kinds: ['listing'], select };

function select({ lines: source, entries }: ListingContent, request: SelectionRequest): Selected | undefined {
  const lines = linesOf(source);
  if (lines.length < FEWEST_LINES) return undefined;
  const kept = chooseEntries(lines, entries, request);
  fillSmallGaps(lines, kept);
  const leftOut = rangesLeftOut(kept);
  if (leftOut.length === 0) return undefined;
  const { about, sums } = directorySums(entries, request.budgetTokens * SUMS_SHARE);
  const text = [
    notice({
      unit: 'lines',
      total: lines.length,
      ranges: leftOut,
      retrievalId: request.retrievalId,
      summary: `${about}; the lines that stay follow, each behind its number`,
    }),
    ...sums,
    '',
    ...numberedLines(lines, kept),
  ];
  return { text: text.join('\n'), unit: 'lines', total: lines.length, leftOut };
}

function chooseEntries(
  lines: readonly string[],
  entries: readonly (ListingEntry | undefined)[],
  { query, budgetTokens }: SelectionRequest,
): Uint8Array {
  const { kept, keep, keepWithin, spent } = keptLines(lines);
  const parents = parentsOf(entries);
  const keepWithParents = (index: number): void => {
    keep(index);
    let at = parents[index];
    for (let level = 0; at !== undefined && level < DEEPEST_ENTRY; level++) {
      keep(at);
      at = parents[at];
    }
  };
  for (let index = 0; index < FIRST_LINES; index++) keep(index);
  for (let index = lines.length - LAST_LINES; index < lines.length; index++) keep(index);
  const names = lines.map((_, index) => nameOf(entries[index]?.path ?? ''));
  const { sure, all } = bestAnswers(lines, query, { names });
  for (const index of sure) keepWithParents(index);
  for (const index of largest(entries)) keepWithParents(index);
  keepWithin(
    [...lines.keys()].filter((index) => entries[index] === undefined && lines[index]?.trim() !== ''),
    spent() + budgetTokens * KINDS_SHARE,
  );
  keepWithin(all, spent() + budgetTokens * ANSWERS_SHARE);
  const kinds = groupIndexes(
    names.map((name, index) => (entries[index]?.isDirectory === true ? '/' : extensionOf(name))),
  );
  const rare = [...kinds.values()].toSorted((one, other) => one.length - other.length).map((group) => group[0] ?? 0);
  keepWithin(rare, spent() + budgetTokens * KINDS_SHARE);
  // What stands high up is asked for most: manifests, readmes, the names of parts.
  const levels = groupIndexes(lines.map((_, index) => String(depthOf(entries[index]?.path ?? ''))));
  const fromTheTop = [...levels].toSorted(([one], [other]) => Number(one) - Number(other));
  keepWithin(
    fromTheTop.flatMap(([, level]) => spread(level)),
    Math.max(LEAST_TOKENS, budgetTokens * (1 - SUMS_SHARE)),
  );
  return kept;
}

/** Lines under which a tree or a long listing puts an entry; none in a list of paths, where each path is whole. */
function parentsOf(entries: readonly (ListingEntry | undefined)[]): readonly (number | undefined)[] {
  const places = new Map<string, number>();
  return entries.map((entry, index) => {
    if (entry === undefined) return undefined;
    const { path, isDirectory } = entry;
    if (isDirectory) places.set(path.endsWith('/') ? path.slice(0, -1) : path, index);
    const end = path.lastIndexOf('/', path.length - 2);
    const isWhole = entry.isWhole;
    const parent = isWhole || end < 0 ? undefined : places.get(path.slice(0, end));
    return parent === index ? undefined : parent;
  });
}

function largest(entries: readonly (ListingEntry | undefined)[]): readonly number[] {
  const sized = [...entries.keys()].filter((index) => entries[index]?.size !== undefined);
  return sized
    .toSorted((one, other) => (entries[other]?.size ?? 0) - (entries[one]?.size ?? 0) || one - other)
    .slice(0, LARGEST_ENTRIES);
}

function nameOf(path: string): string {
  const whole = path.endsWith('/') ? path.slice(0, -1) : path;
  return whole.slice(whole.lastIndexOf('/') + 1);
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : '';
}
