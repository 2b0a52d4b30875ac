import type { SelectionRequest } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { keptLines } from './kept-lines.ts';
import { groupIndexes, spread } from './line-groups.ts';
import { shapeOf } from './log-line-shape.ts';
import { isStackFrame, severityOf } from './log-severity.ts';
import type { Severity } from './log-severity.ts';

const FIRST_LINES = 2;
const LAST_LINES = 3;
/** A stack is followed over no more than this many frames. */
const DEEPEST_STACK = 400;
/** Sums of one shape that stay whatever they cost: the first and the last. */
const SUMS_OF_ONE_SHAPE = 2;
/** Parts of the budget that each of these may take, even where what always stays took all of it. */
const CONTEXT_SHARE = 0.2;
const ANSWERS_SHARE = 0.3;
const WARNINGS_SHARE = 0.2;
const LAST_SHARE = 0.1;
const RARE_SHARE = 0.3;
/** Lines looked at before and after an answer or a failure, the nearest first. */
const CONTEXT = [1, -1, 2, 3] as const;
/** A shape of so many lines is a common one: its last line tells how far it went. */
const COMMON_LINES = 10;

export interface Choice {
  /** 1 where the line stays. */
  readonly kept: Uint8Array;
  /** What each line is without what varies. */
  readonly shapes: readonly string[];
  /** For the one failure of its shape that stands for all: where the others are. */
  readonly clusters: ReadonlyMap<number, readonly number[]>;
}

/**
 * Chooses the lines that stay. Whatever the budget: the ends, one failure of each shape with the ends of its stack,
 * sums, the best answers to the query. Within shares of the budget: what stands around those, more answers, one
 * warning of each shape, the last line of common shapes, one line of every other shape, rare ones first.
 */
export function chooseLines(lines: readonly string[], { query, budgetTokens }: SelectionRequest): Choice {
  const { kept, spent, keep, keepWithin } = keptLines(lines);
  const shapes = lines.map(shapeOf);
  const severities = lines.map(severityOf);
  const members = groupIndexes(shapes);
  const clusters = new Map<number, readonly number[]>();

  for (let index = 0; index < FIRST_LINES; index++) keep(index);
  for (let index = lines.length - LAST_LINES; index < lines.length; index++) keep(index);
  for (const group of members.values()) {
    const first = firstFailure(group, severities);
    if (first !== undefined) {
      keep(first);
      clusters.set(
        first,
        group.filter((member) => member !== first && severities[member] === 'failure'),
      );
      keepStack(lines, { failure: first, keep });
    } else if (severities[group[0] ?? 0] === 'summary') {
      for (const index of endsOf(group, SUMS_OF_ONE_SHAPE)) keep(index);
    }
  }

  const { sure, all: answers } = bestAnswers(lines, query);
  for (const index of sure) keep(index);
  keepWithin(around([...sure, ...clusters.keys()]), spent() + budgetTokens * CONTEXT_SHARE);
  keepWithin(answers, spent() + budgetTokens * ANSWERS_SHARE);
  const { warnings, others } = firstOfEach(members, severities);
  keepWithin(warnings, spent() + budgetTokens * WARNINGS_SHARE);
  keepWithin(lastOfCommon(members), spent() + budgetTokens * LAST_SHARE);
  keepWithin(others, Math.max(budgetTokens, spent() + budgetTokens * RARE_SHARE));
  return { kept, shapes, clusters };
}

/** Lines of one shape can differ in severity: `exit 0` and `exit 1`. */
function firstFailure(group: readonly number[], severities: readonly Severity[]): number | undefined {
  return group.find((index) => severities[index] === 'failure');
}

function endsOf(group: readonly number[], count: number): readonly number[] {
  return group.length <= count ? group : [group[0] ?? 0, group.at(-1) ?? 0];
}

/** The two frames on each side of a failure that are nearest to it, and the far end of the stack. */
function keepStack(
  lines: readonly string[],
  { failure, keep }: { readonly failure: number; readonly keep: (index: number) => void },
): void {
  let end = failure;
  while (end + 1 < lines.length && end - failure < DEEPEST_STACK && isStackFrame(lines[end + 1] ?? '')) end++;
  for (const index of [failure + 1, failure + 2, end]) if (index > failure && index <= end) keep(index);
  const before = failure - 1;
  if (before > 0 && (isStackFrame(lines[before] ?? '') || isStackFrame(lines[before - 1] ?? ''))) {
    keep(before);
    keep(before - 1);
  }
}

/** The neighbours of these lines: first the nearest of each, then the next. */
function* around(indexes: readonly number[]): Generator<number> {
  for (const distance of CONTEXT) for (const index of indexes) yield index + distance;
}

/** The first line of each shape, rare shapes before common ones, those as rare as one another evenly spread. */
function firstOfEach(
  members: ReadonlyMap<string, readonly number[]>,
  severities: readonly Severity[],
): { readonly warnings: readonly number[]; readonly others: readonly number[] } {
  const warnings: number[] = [];
  const ranks = new Map<number, number[]>();
  for (const group of members.values()) {
    const first = group[0] ?? 0;
    const ranked = ranks.get(group.length);
    if (severities[first] === 'warning') warnings.push(first);
    else if (ranked === undefined) ranks.set(group.length, [first]);
    else ranked.push(first);
  }
  const others = [...ranks].toSorted(([one], [other]) => one - other).flatMap(([, indexes]) => spread(indexes));
  return { warnings: spread(warnings), others };
}

function lastOfCommon(members: ReadonlyMap<string, readonly number[]>): readonly number[] {
  return [...members.values()]
    .filter(({ length }) => length >= COMMON_LINES)
    .toSorted((one, other) => other.length - one.length)
    .map((group) => group.at(-1) ?? 0);
}
