import { detailsOf } from './failure-details.ts';
import { inTurn, spread } from './line-groups.ts';
import type { LogReading } from './log-reading.ts';

/** A line of so many characters is not said twice among details. */
const LONG_LINE = 40;

/** The failures of a log, by the first of each kind, and where the others of its kind are. */
export type FailureClusters = ReadonlyMap<number, readonly number[]>;

/** One failure of each kind with the others of that kind, tests that failed, and failures that say more than another. */
export function clusterFailures(
  members: ReadonlyMap<string, readonly number[]>,
  { severities, failedTests, bodies }: LogReading,
): { clusters: FailureClusters; tests: readonly number[]; more: readonly number[] } {
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

/**
 * What each failure is made of, up to the next one: the first line of each, then the second of each, and so on. Long lines
 * that say word for word what one before them said are left out.
 */
export function detailsOfAll(
  { bodies, failedTests, results, parts }: LogReading,
  clusters: FailureClusters,
): Generator<number> {
  const failures = [...clusters.keys()].toSorted((one, other) => one - other);
  const details: (readonly number[])[] = [];
  let nextTest = bodies.length;
  for (let at = failures.length - 1; at >= 0; at--) {
    const failure = failures[at] ?? 0;
    const isTest = failedTests[failure] === 1;
    const next = failures[at + 1] ?? bodies.length;
    const end = isTest ? nextTest : next;
    details.push(detailsOf(bodies, { failure, end, isHeading: isTest && results[failure] === undefined, parts }));
    if (isTest) nextTest = failure;
  }
  return withoutEchoes(inTurn(details.toReversed()), bodies);
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
