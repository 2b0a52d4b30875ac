import { spread } from './line-groups.ts';
import { skeletonsOf } from './line-skeletons.ts';
import { isProgress } from './log-reading.ts';
import type { LogReading } from './log-reading.ts';

/** Sums of one shape that stay whatever they cost: the first and the last. */
const SUMS_OF_ONE_SHAPE = 2;
/** A shape of so many lines is a common one: its last line tells how far it went. */
const COMMON_LINES = 10;
/** Of rare lines that differ in words in their middle so many come before all others. */
const MOST_ALIKE = 6;

/** Lines by what they say, from the keys of a reading. */
export type LineGroups = ReadonlyMap<string, readonly number[]>;

/**
 * The first line of each shape that is neither a test's nor part of a finding: warnings, and frames and progress, apart,
 * and of the others rare shapes before common ones, those as rare as one another evenly spread.
 */
export function firstOfEach(
  members: LineGroups,
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

/** The last line of each common shape, the most common first: it tells how far that went. */
export function lastOfCommon(members: LineGroups, { results }: LogReading): readonly number[] {
  return [...members.values()]
    .filter((group) => group.length >= COMMON_LINES && results[group[0] ?? 0] === undefined)
    .toSorted((one, other) => other.length - one.length)
    .map((group) => group.at(-1) ?? 0);
}

/** Sums: of each shape the first and the last. */
export function sumsOf(members: LineGroups, { severities }: LogReading): readonly number[] {
  const sums: number[] = [];
  for (const group of members.values()) {
    if (!group.every((index) => severities[index] === 'summary')) continue;
    sums.push(...(group.length <= SUMS_OF_ONE_SHAPE ? group : [group[0] ?? 0, group.at(-1) ?? 0]));
  }
  return sums;
}
