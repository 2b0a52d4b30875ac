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
/** Part of the budget that other answers may take. */
const ANSWERS_SHARE = 0.5;

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
 * sums, the best answers to the query. While the budget lasts: more answers, one warning of each shape, one line of
 * every other shape, rare ones first, and the lines around failures.
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
      clusters.set(first, group.filter((member) => member !== first && severities[member] === 'failure'));
      keepStack(lines, { failure: first, keep });
    } else if (severities[group[0] ?? 0] === 'summary') {
      for (const index of endsOf(group, SUMS_OF_ONE_SHAPE)) keep(index);
    }
  }

  const scores = scoreLines(lines, queryTerms(query));
  const answers = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[answers[0] ?? 0] ?? 0;
  for (const index of answers.slice(0, SURE_ANSWERS)) if ((scores[index] ?? 0) >= best * SURE_SHARE) keep(index);

  const fits = (index: number, limit: number): boolean => spent + costOf(lines[index] ?? '') <= limit;
  for (const index of answers) {
    if (spent >= budgetTokens * ANSWERS_SHARE) break;
    if (fits(index, budgetTokens)) keep(index);
  }
  for (const index of byRarity(members, severities)) if (fits(index, budgetTokens)) keep(index);
  for (const failure of clusters.keys()) {
    for (const index of [failure - 1, failure + 1]) {
      if (index >= 0 && index < lines.length && fits(index, budgetTokens)) keep(index);
    }
  }
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

/** The first line of each shape: warnings before the rest, rare shapes before common ones, early before late. */
function byRarity(members: ReadonlyMap<string, readonly number[]>, severities: readonly Severity[]): readonly number[] {
  return [...members.values()]
    .map((group) => ({ first: group[0] ?? 0, rank: severities[group[0] ?? 0] === 'warning' ? 0 : group.length }))
    .toSorted((one, other) => one.rank - other.rank || one.first - other.first)
    .map(({ first }) => first);
}
