import type { SelectionRequest } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { clusterFailures, detailsOfAll } from './failure-clusters.ts';
import type { FailureClusters } from './failure-clusters.ts';
import { keptLines } from './kept-lines.ts';
import { groupIndexes, inTurn } from './line-groups.ts';
import { readLog } from './log-reading.ts';
import type { LogReading } from './log-reading.ts';
import { firstOfEach, lastOfCommon, sumsOf } from './rare-lines.ts';
import { landmarksOf } from './run-landmarks.ts';
import { indentOf } from './line-body.ts';
import { tellingFrames } from './stack-traces.ts';
import type { StackTrace } from './stack-traces.ts';
import { groupThreads, sameThreads, threadLines } from './thread-dump.ts';

const FIRST_LINES = 2;
const LAST_LINES = 3;
/** Tests that failed, and stacks beside a failure, that stay whatever they cost; more of them within the budget. */
const SURE_TESTS = 40;
const SURE_STACKS = 12;
/** Lines of a stack that stay with it, of the first stacks and of the others. */
const WHOLE_STACKS = 4;
const SURE_FRAMES = 6;
const OWN_FRAMES = 2;
/** Parts of the budget that each of these may take, even where what always stays took all of it. */
const DETAILS_SHARE = 0.5;
const THREADS_SHARE = 0.4;
const CONTEXT_SHARE = 0.2;
const ANSWERS_SHARE = 0.3;
const VARIANTS_SHARE = 0.15;
const WARNINGS_SHARE = 0.2;
const LAST_SHARE = 0.1;
const RARE_SHARE = 0.15;
const LEAST_SHARE = 0.1;
/** An answer is shown with so many of the lines that stand under it. */
const MOST_UNDER = 8;
/** Lines looked at before and after an answer or a failure, the nearest first. */
const CONTEXT = [1, -1, 2, 3] as const;

export interface Choice {
  /** 1 where the line stays. */
  readonly kept: Uint8Array;
  readonly reading: LogReading;
  /** For the one failure of its kind that stands for all: where the others are. */
  readonly clusters: FailureClusters;
  /** What is said behind a line that stays: which threads stand where its thread does. */
  readonly notes: ReadonlyMap<number, string>;
}

/**
 * Chooses the lines that stay. Whatever the budget: the ends, one failure of each kind with the ends of its stack, the
 * step that failed, sums, the last test, deadlocks, the best answers to the query. Within shares of the budget: what
 * failures expected and got, one thread for each place where threads stand, what stands around failures and answers,
 * more answers, other failures of the same kinds, one warning of each shape, the last line of common shapes, one line
 * of every other shape, rare ones first. Frames and progress come last; tests that passed are not shown but counted.
 */
export function chooseLines(lines: readonly string[], { query, budgetTokens }: SelectionRequest): Choice {
  const { kept, spent, keep, keepWithin } = keptLines(lines);
  const reading = readLog(lines);
  const { bodies } = reading;
  const members = groupIndexes(reading.keys);
  const within = (indexes: Iterable<number>, share: number): void =>
    keepWithin(indexes, spent() + budgetTokens * share);

  for (let index = 0; index < FIRST_LINES; index++) keep(index);
  for (let index = lines.length - LAST_LINES; index < lines.length; index++) keep(index);
  const { clusters, tests, more } = clusterFailures(members, reading);
  for (const failure of clusters.keys()) if (reading.failedTests[failure] !== 1) keep(failure);
  for (const index of tests.slice(0, SURE_TESTS)) keep(index);
  for (const index of sumsOf(members, reading)) keep(index);
  for (const index of landmarksOf(reading)) keep(index);
  const stacks = stacksOf(reading, clusters);
  for (const [at, stack] of stacks.beside.slice(0, SURE_STACKS).entries())
    for (const index of tellingFrames(bodies, stack).slice(0, at < WHOLE_STACKS ? SURE_FRAMES : OWN_FRAMES))
      keep(index);
  const { sure, all: answers } = bestAnswers(lines, query);
  for (const index of sure) keep(index);

  within(tests.slice(SURE_TESTS), 1);
  within(detailsOfAll(reading, clusters), DETAILS_SHARE);
  const threads = groupThreads(bodies, reading.stacks).toSorted(
    (one, other) => other.headers.length - one.headers.length,
  );
  within(inTurn(threads.map((group) => threadLines(bodies, group))), THREADS_SHARE);
  const others = [...stacks.beside.slice(WHOLE_STACKS), ...stacks.apart];
  within(inTurn(others.map((stack) => tellingFrames(bodies, stack))), CONTEXT_SHARE);
  within(
    sure.flatMap((index) => linesUnder(bodies, index)),
    CONTEXT_SHARE,
  );
  within(around([...sure, ...clusters.keys()]), CONTEXT_SHARE);
  within(answers, ANSWERS_SHARE);
  if (isTestRun(reading)) within(more, VARIANTS_SHARE);
  const { warnings, rest, least } = firstOfEach(members, reading);
  within(warnings, WARNINGS_SHARE);
  within(lastOfCommon(members, reading), LAST_SHARE);
  keepWithin(rest, Math.max(budgetTokens, spent() + budgetTokens * RARE_SHARE));
  keepWithin(least, Math.min(budgetTokens, spent() + budgetTokens * LEAST_SHARE));

  const notes = new Map<number, string>();
  for (const group of threads) {
    const note = sameThreads(group);
    if (note !== undefined && kept[group.headers[0] ?? 0] === 1) notes.set(group.headers[0] ?? 0, note);
  }
  return { kept, reading, clusters, notes };
}

function isTestRun({ results, failedTests }: LogReading): boolean {
  return failedTests.includes(1) || results.some((result) => result !== undefined);
}

/** The lines behind this one that stand deeper in, or, where it begins a paragraph, the paragraph. */
function linesUnder(bodies: readonly string[], index: number): readonly number[] {
  const depth = indentOf(bodies[index] ?? '');
  const isHead = index === 0 || bodies[index - 1]?.trim() === '';
  const under: number[] = [];
  for (let next = index + 1; next <= index + MOST_UNDER && next < bodies.length; next++) {
    const body = bodies[next] ?? '';
    if (body.trim() === '' || (!isHead && indentOf(body) <= depth)) break;
    under.push(next);
  }
  return under;
}

/** The neighbours of these lines: first the nearest of each, then the next. */
function* around(indexes: readonly number[]): Generator<number> {
  for (const distance of CONTEXT) for (const index of indexes) yield index + distance;
}

/** One stack of each kind: those beside a failure, and the others. */
function stacksOf(
  { stacks }: LogReading,
  clusters: FailureClusters,
): { readonly beside: readonly StackTrace[]; readonly apart: readonly StackTrace[] } {
  const seen = new Set<string>();
  const distinct = stacks.filter(({ key }) => !seen.has(key) && seen.add(key));
  const isBeside = ({ first, last }: StackTrace): boolean =>
    [first - 2, first - 1, first, last + 1, last + 2].some((index) => clusters.has(index));
  return { beside: distinct.filter(isBeside), apart: distinct.filter((stack) => !isBeside(stack)) };
}
