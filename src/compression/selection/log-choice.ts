import type { SelectionRequest } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { detailsOf } from './failure-details.ts';
import { keptLines } from './kept-lines.ts';
import { groupIndexes, spread } from './line-groups.ts';
import { skeletonsOf } from './line-skeletons.ts';
import { isProgress, readLog } from './log-reading.ts';
import type { LogReading } from './log-reading.ts';
import { tellingFrames } from './stack-traces.ts';
import type { StackTrace } from './stack-traces.ts';
import { groupThreads, sameThreads } from './thread-dump.ts';

const FIRST_LINES = 2;
const LAST_LINES = 3;
/** Sums of one shape that stay whatever they cost: the first and the last. */
const SUMS_OF_ONE_SHAPE = 2;
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
/** A line of so many characters is not said twice among details. */
const LONG_LINE = 40;
/** Lines looked at before and after an answer or a failure, the nearest first. */
const CONTEXT = [1, -1, 2, 3] as const;
/** A shape of so many lines is a common one: its last line tells how far it went. */
const COMMON_LINES = 10;
/** Of rare lines that differ in words in their middle so many come before all others. */
const MOST_ALIKE = 6;
/** What a deadlock is made of follows the line that reports it, in no more lines than these. */
const LONGEST_DEADLOCK = 60;
/** The step of a pipeline that failed is looked for in so many lines before the failure. */
const FARTHEST_STEP = 5_000;

export interface Choice {
  /** 1 where the line stays. */
  readonly kept: Uint8Array;
  readonly reading: LogReading;
  /** For the one failure of its kind that stands for all: where the others are. */
  readonly clusters: ReadonlyMap<number, readonly number[]>;
  /** What is said behind a line that stays: which threads stand where its thread does. */
  readonly notes: ReadonlyMap<number, string>;
}

/**
 * Chooses the lines that stay. Whatever the budget: the ends, one failure of each kind with the ends of its stack, the
 * step that failed, sums, the last test, deadlocks, the best answers to the query. Within shares of the budget: what
 * failures expected and got, one thread for each place where threads stand, what stands around failures and answers,
 * more answers, other failures of the same kinds, one warning of each shape, the last line of common shapes, one line
 * of every other shape, rare ones first. Frames and progress come last; tests that
 * passed are counted.
 */
export function chooseLines(lines: readonly string[], { query, budgetTokens }: SelectionRequest): Choice {
  const { kept, spent, keep, keepWithin } = keptLines(lines);
  const reading = readLog(lines);
  const { bodies, severities } = reading;
  const members = groupIndexes(reading.keys);
  const within = (indexes: Iterable<number>, share: number): void =>
    keepWithin(indexes, spent() + budgetTokens * share);

  for (let index = 0; index < FIRST_LINES; index++) keep(index);
  for (let index = lines.length - LAST_LINES; index < lines.length; index++) keep(index);
  const { clusters, tests, more } = clusterFailures(members, reading);
  for (const failure of clusters.keys()) if (reading.failedTests[failure] !== 1) keep(failure);
  for (const index of tests.slice(0, SURE_TESTS)) keep(index);
  for (const index of sumsOf(members, severities)) keep(index);
  for (const index of [...lastResults(reading), ...stepsOfFailures(reading), ...deadlocks(reading)]) keep(index);
  const stacks = stacksOf(reading, clusters);
  for (const [at, stack] of stacks.beside.slice(0, SURE_STACKS).entries())
    for (const index of tellingFrames(bodies, stack).slice(0, at < WHOLE_STACKS ? SURE_FRAMES : OWN_FRAMES))
      keep(index);
  const { sure, all: answers } = bestAnswers(lines, query);
  for (const index of sure) keep(index);

  within(tests.slice(SURE_TESTS), 1);
  within(withoutEchoes(inTurn(detailsOfAll(reading, clusters)), bodies), DETAILS_SHARE);
  const threads = groupThreads(bodies, reading.stacks).toSorted(
    (one, other) => other.headers.length - one.headers.length,
  );
  within(inTurn(threads.map(({ headers, stack }) => threadLines(reading, headers[0] ?? 0, stack))), THREADS_SHARE);
  const others = [...stacks.beside.slice(WHOLE_STACKS), ...stacks.apart];
  within(inTurn(others.map((stack) => tellingFrames(bodies, stack))), CONTEXT_SHARE);
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

/** One failure of each kind with the others of that kind, tests that failed, and failures that say more than another. */
function clusterFailures(
  members: ReadonlyMap<string, readonly number[]>,
  { severities, failedTests, bodies }: LogReading,
): { clusters: Map<number, readonly number[]>; tests: readonly number[]; more: readonly number[] } {
  const clusters = new Map<number, readonly number[]>();
  const tests: number[] = [];
  const more: number[] = [];
  for (const group of members.values()) {
    // Lines of one shape can differ in severity: `exit 0` and `exit 1`.
    const failures = group.filter((index) => severities[index] === 'failure');
    const [first, ...rest] = failures;
    if (first === undefined) continue;
    clusters.set(first, rest);
    if (failedTests[first] === 1) tests.push(first);
    const said = new Set([bodies[first]]);
    for (const index of rest) {
      if (said.has(bodies[index])) continue;
      said.add(bodies[index]);
      more.push(index);
    }
  }
  return { clusters, tests, more: spread(more) };
}

function sumsOf(members: ReadonlyMap<string, readonly number[]>, severities: LogReading['severities']): number[] {
  const sums: number[] = [];
  for (const group of members.values()) {
    if (!group.every((index) => severities[index] === 'summary')) continue;
    sums.push(...(group.length <= SUMS_OF_ONE_SHAPE ? group : [group[0] ?? 0, group.at(-1) ?? 0]));
  }
  return sums;
}

/** The last test that ended, and the last that began: where a run hung, that is the one. */
function lastResults({ results }: LogReading): readonly number[] {
  const ended = results.findLastIndex((result) => result !== undefined && result.outcome !== 'started');
  const started = results.findLastIndex((result) => result?.outcome === 'started');
  return [ended, started].filter((index) => index >= 0);
}

const STEP =
  /^(?:##\[(?:group|section)\]|::group::|\$ \S|\+ \S|> \S|Step \d{1,4}[/ :]|#\d{1,4} \[|section_start:|> Task :\S|~~~ |--- )/;
const STEP_FAILED =
  /##\[error\]|::error|\bexit(?:ed with)? code:? [1-9]|\bELIFECYCLE\b|error: script |npm (?:ERR!|error) code/i;

/** The line that began the step that failed, for the first failure behind it. */
function stepsOfFailures({ bodies }: LogReading): readonly number[] {
  const steps = new Set<number>();
  let step: number | undefined;
  for (const [index, body] of bodies.entries()) {
    if (STEP.test(body)) step = index;
    else if (step !== undefined && index - step <= FARTHEST_STEP && STEP_FAILED.test(body.slice(0, 400)))
      steps.add(step);
  }
  return [...steps].slice(0, SURE_TESTS);
}

function deadlocks({ bodies }: LogReading): readonly number[] {
  const start = bodies.findIndex((body) => body.startsWith('Found ') && body.includes('deadlock'));
  if (start < 0) return [];
  const length = Math.min(LONGEST_DEADLOCK, bodies.length - start);
  return Array.from({ length }, (_, offset) => start + offset);
}

/** One stack of each kind: those beside a failure, and the others. */
function stacksOf(
  { stacks }: LogReading,
  clusters: ReadonlyMap<number, unknown>,
): { readonly beside: readonly StackTrace[]; readonly apart: readonly StackTrace[] } {
  const seen = new Set<string>();
  const distinct = stacks.filter(({ key }) => !seen.has(key) && seen.add(key));
  const isBeside = ({ first, last }: StackTrace): boolean =>
    [first - 2, first - 1, first, last + 1, last + 2].some((index) => clusters.has(index));
  return { beside: distinct.filter(isBeside), apart: distinct.filter((stack) => !isBeside(stack)) };
}

/** What each failure is made of, up to the next one. */
function detailsOfAll(
  { bodies, failedTests, parts }: LogReading,
  clusters: ReadonlyMap<number, readonly number[]>,
): readonly (readonly number[])[] {
  const failures = [...clusters.keys()].toSorted((one, other) => one - other);
  const details: (readonly number[])[] = [];
  let nextTest = bodies.length;
  for (let at = failures.length - 1; at >= 0; at--) {
    const failure = failures[at] ?? 0;
    const isTest = failedTests[failure] === 1;
    const next = failures[at + 1] ?? bodies.length;
    const end = isTest ? nextTest : next;
    details.push(detailsOf(bodies, { failure, end, isTest, parts }));
    if (isTest) nextTest = failure;
  }
  return details.reverse();
}

/** The first of each, then the second of each, and so on. */
function* inTurn(lists: readonly (readonly number[])[]): Generator<number> {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  for (let at = 0; at < longest; at++) {
    for (const list of lists) {
      const index = list[at];
      if (index !== undefined) yield index;
    }
  }
}

/** Without long lines that say word for word what one before them said. */
function* withoutEchoes(indexes: Iterable<number>, bodies: readonly string[]): Generator<number> {
  const said = new Set<string>();
  for (const index of indexes) {
    const body = bodies[index] ?? '';
    if (said.has(body)) continue;
    if (body.length >= LONG_LINE) said.add(body);
    yield index;
  }
}

/** Where a thread stands: its name, its state, and the frames that tell most. */
function threadLines({ bodies }: LogReading, header: number, stack: StackTrace): readonly number[] {
  const between = Array.from({ length: stack.first - header }, (_, offset) => header + offset);
  return [...between, ...tellingFrames(bodies, stack)];
}

/** The neighbours of these lines: first the nearest of each, then the next. */
function* around(indexes: readonly number[]): Generator<number> {
  for (const distance of CONTEXT) for (const index of indexes) yield index + distance;
}

/**
 * The first line of each shape that is neither a test's nor part of a finding: warnings, and frames and progress, apart,
 * and of the others rare shapes before common ones, those as rare as one another evenly spread.
 */
function firstOfEach(
  members: ReadonlyMap<string, readonly number[]>,
  { severities, results, bodies, shapes, stacks, parts }: LogReading,
): Record<'warnings' | 'rest' | 'least', readonly number[]> {
  const inStack = new Uint8Array(bodies.length);
  for (const { first, last } of stacks) inStack.fill(1, first, last + 1);
  const firsts = [...members.values()].map((group) => group[0] ?? 0);
  const skeletons = skeletonsOf(firsts.map((index) => shapes[index] ?? ''));
  const alike = new Map<string, number>();
  const isOneOfMany = (at: number): boolean => {
    const skeleton = skeletons[at] ?? '';
    const count = (alike.get(skeleton) ?? 0) + 1;
    alike.set(skeleton, count);
    return count > MOST_ALIKE;
  };
  const warnings: number[] = [];
  const ranks = new Map<number, number[]>();
  const least: number[] = [];
  for (const [at, group] of [...members.values()].entries()) {
    const first = group[0] ?? 0;
    const ranked = ranks.get(group.length);
    if (results[first] !== undefined || parts[first] === 1) continue;
    if (inStack[first] === 1 || isProgress(bodies[first] ?? '') || isOneOfMany(at)) least.push(first);
    else if (severities[first] === 'warning') warnings.push(first);
    else if (ranked === undefined) ranks.set(group.length, [first]);
    else ranked.push(first);
  }
  const rest = [...ranks].toSorted(([one], [other]) => one - other).flatMap(([, indexes]) => spread(indexes));
  return { warnings: spread(warnings), rest, least: spread(least) };
}

function lastOfCommon(members: ReadonlyMap<string, readonly number[]>, { results }: LogReading): readonly number[] {
  return [...members.values()]
    .filter((group) => group.length >= COMMON_LINES && results[group[0] ?? 0] === undefined)
    .toSorted((one, other) => other.length - one.length)
    .map((group) => group.at(-1) ?? 0);
}
