import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { SelectionRequest } from '../strategy.ts';
import { shapeOf } from './log-line-shape.ts';
import { isStackFrame, severityOf } from './log-severity.ts';
import type { Severity } from './log-severity.ts';
import { queryTerms, scoreLines } from './query-terms.ts';

const FIRST_LINES = 2;
const LAST_LINES = 3;
/** What the number before a line costs, in tokens. */
const NUMBER_TOKENS = 3;
/** A stack is followed over no more than this many frames. */
const DEEPEST_STACK = 400;
/** Sums of one shape that stay whatever they cost: the first and the last. */
const SUMS_OF_ONE_SHAPE = 2;
/** Lines that answer the query best stay whatever they cost: so many at most. */
const SURE_ANSWERS = 12;
/** Of the best score so much makes a sure answer. */
const SURE_SHARE = 0.75;
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
  const kept = new Uint8Array(lines.length);
  const shapes = lines.map(shapeOf);
  const severities = lines.map(severityOf);
  const members = groupByShape(shapes);
  const clusters = new Map<number, readonly number[]>();
  let spent = 0;
  const keep = (index: number): void => {
    if (index < 0 || index >= lines.length || kept[index] === 1) return;
    kept[index] = 1;
    spent += costOf(lines[index] ?? '');
  };

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

  const fits = (index: number, limit: number): boolean => spent + costOf(lines[index] ?? '') <= limit;
  const scores = scoreLines(lines, queryTerms(query));
  const answers = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[answers[0] ?? 0] ?? 0;
  const sure = answers.slice(0, SURE_ANSWERS).filter((index) => (scores[index] ?? 0) >= best * SURE_SHARE);
  for (const index of sure) keep(index);
  const keepWhile = (indexes: Iterable<number>, limit: number): void => {
    for (const index of indexes) if (index >= 0 && index < lines.length && fits(index, limit)) keep(index);
  };
  keepWhile(around([...sure, ...clusters.keys()]), spent + budgetTokens * CONTEXT_SHARE);
  keepWhile(answers, spent + budgetTokens * ANSWERS_SHARE);
  const { warnings, others } = firstOfEach(members, severities);
  keepWhile(warnings, spent + budgetTokens * WARNINGS_SHARE);
  keepWhile(lastOfCommon(members), spent + budgetTokens * LAST_SHARE);
  keepWhile(others, Math.max(budgetTokens, spent + budgetTokens * RARE_SHARE));
  return { kept, shapes, clusters };
}

function costOf(line: string): number {
  return estimateTokens(line) + NUMBER_TOKENS;
}

function groupByShape(shapes: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, shape] of shapes.entries()) {
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [index]);
    else group.push(index);
  }
  return groups;
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

/** In an order of which every beginning is spread over the whole: the last, the middle, the quarters, and so on. */
function spread(indexes: readonly number[]): readonly number[] {
  const ordered: number[] = [];
  let step = 1;
  while (step < indexes.length) step *= 2;
  const last = indexes.length - 1;
  if (last >= 0) ordered.push(indexes[last] ?? 0);
  for (; step >= 1; step /= 2) {
    for (let at = step - 1; at < last; at += 2 * step) ordered.push(indexes[at] ?? 0);
  }
  return ordered;
}

function lastOfCommon(members: ReadonlyMap<string, readonly number[]>): readonly number[] {
  return [...members.values()]
    .filter(({ length }) => length >= COMMON_LINES)
    .toSorted((one, other) => other.length - one.length)
    .map((group) => group.at(-1) ?? 0);
}
