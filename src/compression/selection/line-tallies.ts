import { testResultOf } from './test-results.ts';

/** What is said of lines that went, at most so many of each kind. */
const MOST_GROUPS = 8;
const MOST_CODES = 10;
const LONGEST_NAME = 80;
const LONGEST_LINE = 2_000;

/**
 * Codes that compilers and linters give to what they find: `[-Wunused]`, `TS6133`, `SC2086`, `(clippy::needless)`,
 * `no-unused-vars` at the end of a line, `[arg-type]`.
 */
const CODES: readonly RegExp[] = [
  /\[(-W[\w+=-]{2,60})\]\s*$/,
  /\b(?:warning|error|note|info|style) ?\[?([A-Z]{1,8}\d{2,5})\b/i,
  /:\d+:\d+:? ([A-Z]{1,4}\d{2,5}):? /,
  /\b(SC\d{4})\b/,
  /(clippy::\w{2,60})/,
  /^\s{1,8}\d+:\d+\s+(?:error|warning)\s.{0,300}\s{2}([@\w/-]{3,60})\s*$/,
  /: (?:error|warning|note): .{0,600} \[([a-z-]{3,40})\]\s*$/,
  /: (?:error|warning): .{0,600} \((\w{2,40}|[a-z-]{3,60})\)\s*$/,
];

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
    else if (result === undefined) add(codes, codeOf(body));
  }
  codes.delete('');
  return [
    ...groupsOf('passed', passed),
    ...groupsOf('skipped', skipped),
    ...(sumOf(codes) > 1 ? [`findings ${largest(codes, MOST_CODES)}`] : []),
  ];
}

export function codeOf(body: string): string {
  if (body.length > LONGEST_LINE || !MAY_HOLD_CODE.test(body)) return '';
  for (const pattern of CODES) {
    const code = pattern.exec(body)?.[1];
    if (code !== undefined) return code;
  }
  return '';
}

const MAY_HOLD_CODE = /\d:\d|\bSC\d{4}|clippy|error|warning|\[-W/i;

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
