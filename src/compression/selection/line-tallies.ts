import { codeOfFinding } from './findings.ts';
import { testResultOf } from './test-results.ts';

/** What is said of lines that went, at most so many of each kind. */
const MOST_GROUPS = 8;
const MOST_CODES = 10;
const LONGEST_NAME = 80;

/** Counts of what the given lines say, in a few words: results of tests by file, findings by code. */
export function tallyOf(bodies: readonly string[], isTold: (index: number) => boolean): readonly string[] {
  const passed = new Map<string, number>();
  const skipped = new Map<string, number>();
  const codes = new Map<string, number>();
  let heading = '';
  for (const [index, body] of bodies.entries()) {
    const result = testResultOf(body);
    if (result?.group !== undefined) heading = result.group;
    if (!isTold(index)) continue;
    if (result?.outcome === 'passed') add(passed, result.group ?? heading);
    else if (result?.outcome === 'skipped') add(skipped, result.group ?? heading);
    else if (result === undefined) add(codes, codeOfFinding(body));
  }
  codes.delete('');
  return [
    ...groupsOf('passed', passed),
    ...groupsOf('skipped', skipped),
    ...(sumOf(codes) > 1 ? [`findings by code: ${largest(codes, MOST_CODES)}`] : []),
  ];
}

function groupsOf(outcome: string, groups: ReadonlyMap<string, number>): readonly string[] {
  const total = sumOf(groups);
  if (total < 2) return [];
  const named = new Map([...groups].filter(([name]) => name !== ''));
  return [named.size < 2 ? `${total} ${outcome}` : `${total} ${outcome} (${largest(named, MOST_GROUPS)})`];
}

/** `src/a.py 31, src/b.py 12 and 4 more with 9`. */
function largest(counts: ReadonlyMap<string, number>, most: number): string {
  const sorted = [...counts].toSorted((one, other) => other[1] - one[1]);
  const named = sorted.slice(0, most).map(([name, count]) => `${name.slice(-LONGEST_NAME)} ${count}`);
  const rest = sorted.slice(most);
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  return named.join(', ') + (rest.length === 0 ? '' : ` and ${rest.length} more with ${others}`);
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
