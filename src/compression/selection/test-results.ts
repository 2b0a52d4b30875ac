/** What a line says of one test or one suite. */
export interface TestResult {
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'started';
  /** The file, class or module that the test is in, where the line names it. */
  readonly group?: string | undefined;
}

const LONGEST_LINE = 600;

const OUTCOMES: ReadonlyMap<string, TestResult['outcome']> = new Map([
  ...['passed', 'pass', 'ok'].map((word) => [word, 'passed'] as const),
  ...['skipped', 'skip', 'ignored', 'xfail', 'expected failure', 'disabled'].map((word) => [word, 'skipped'] as const),
  ...['started', 'run'].map((word) => [word, 'started'] as const),
]);

/**
 * How runners write the result of one test: a group called `outcome`, and one called `group` for what the test is in.
 * Anchored, and without parts that could be read in two ways.
 */
const RESULTS: readonly RegExp[] = [
  // unittest -v: test_a (tests.test_b.TestC.test_a) ... ok
  /^\w{1,200} \((?<group>[\w.]{1,300})\).{0,200} \.{3} (?<outcome>ok|FAIL|ERROR|skipped|expected failure)\b/,
  // cargo test: test parser::reads ... ok
  /^test (?<group>\S{1,300}) (?:- should panic )?\.{3} (?<outcome>ok|FAILED|ignored)\b/,
  // TAP: not ok 12 - adds
  /^\s{0,24}(?<outcome>ok|not ok) \d/,
  // go test -v
  /^\s{0,24}--- (?<outcome>PASS|FAIL|SKIP): \S/,
  /^=== (?<outcome>RUN) /,
  /^(?<outcome>ok|FAIL)\s{1,8}\S+\s{1,8}(?:\d|\(cached\))/,
  // googletest
  /^\[ {0,10}(?<outcome>OK|FAILED|RUN|SKIPPED|DISABLED) {0,10}\] (?<group>\w{1,200})[./]/,
  // ctest
  /^\s{0,4}\d+\/\d+ Test {1,4}#\d+: \S{1,200} [. ]{0,80}(?<outcome>Passed|\*{3}\w+)/,
  // Gradle: com.shop.CartTest > adds() PASSED
  /^(?<group>\S{1,200}) > .{1,300} (?<outcome>PASSED|FAILED|SKIPPED|STARTED)$/,
  // dotnet test: Passed Shop.CartTests.Adds [12 ms]
  /^\s{1,4}(?<outcome>Passed|Failed|Skipped) \S.{0,300} \[[^\]]{1,30}\]$/,
  // XCTest: Test Case '-[Shop.CartTests adds]' passed
  /^Test [Cc]ase '.{1,200}' (?<outcome>passed|failed|started|skipped)\b/,
  // jest and vitest: PASS src/cart.test.ts
  /^\s{0,4}(?<outcome>PASS|FAIL|SKIP) {1,4}(?<group>\S{1,300}\.\w{1,5})\b/,
];
/** pytest -v: tests/test_a.py::TestA::test_b PASSED [ 3%] */
const NODE_ID = /^(?<group>[^\s:]{1,300})::\S/;
const NODE_OUTCOME = / (?<outcome>PASSED|FAILED|SKIPPED|XFAIL|XPASS|ERROR|RERUN)(?=[ [(]|\r?$)/;
/** Surefire: Tests run: 3, Failures: 0, Errors: 0, ... -- in com.shop.CartTest */
const SUITE_PASSED = /^(?:\[INFO\] )?Tests run: \d{1,6}, Failures: 0, Errors: 0, .{0,80} in (?<group>\S{1,200})/;
/** TAP: ok 12 - adds # SKIP no network */
const NOT_RUN = /^\s{0,24}(?:ok|not ok) \d.{0,400} # (?:SKIP|TODO)\b/i;
const MARK = /^\s{0,24}([✓✔√✅✕✗✘✖×❌○↓⚪◯]) ?\S/u;
const PASSED_MARKS = '✓✔√✅';
const FAILED_MARKS = '✕✗✘✖×❌';

/** Spares the other lines all of the above. */
const MAY_BE_RESULT =
  /pass|fail|skip|ignored|started|error|xfail|\bok\b|\bRUN\b|rerun|\*{3}|disabled|[✓✔√✅✕✗✘✖×❌○↓⚪◯]/iu;

/** Reads the line of a test runner that says how one test or one suite ended, or that it began. */
export function testResultOf(body: string): TestResult | undefined {
  if (body.length > LONGEST_LINE || !MAY_BE_RESULT.test(body)) return undefined;
  if (NOT_RUN.test(body)) return { outcome: 'skipped' };
  const mark = MARK.exec(body)?.[1];
  if (mark !== undefined) {
    if (PASSED_MARKS.includes(mark)) return { outcome: 'passed' };
    return { outcome: FAILED_MARKS.includes(mark) ? 'failed' : 'skipped' };
  }
  const nodeId = NODE_ID.exec(body);
  const nodeOutcome = nodeId === null ? null : NODE_OUTCOME.exec(body);
  if (nodeOutcome !== null) return resultOf(nodeOutcome.groups, nodeId?.groups?.['group']);
  for (const pattern of RESULTS) {
    const groups = pattern.exec(body)?.groups;
    if (groups !== undefined) return resultOf(groups, groups['group']);
  }
  const suite = SUITE_PASSED.exec(body);
  return suite === null ? undefined : { outcome: 'passed', group: suite.groups?.['group'] };
}

function resultOf(groups: Record<string, string> | undefined, group: string | undefined): TestResult {
  const outcome = OUTCOMES.get((groups?.['outcome'] ?? '').toLowerCase()) ?? 'failed';
  return { outcome, group: group === undefined ? undefined : withoutTest(group) };
}

/** `parser::reads` is in `parser`, `tests.test_b.TestC.test_a` in `tests.test_b.TestC`. */
function withoutTest(group: string): string {
  const colons = group.lastIndexOf('::');
  if (colons > 0) return group.slice(0, colons);
  const dot = group.lastIndexOf('.');
  return dot > 0 && group.startsWith('test_', dot + 1) ? group.slice(0, dot) : group;
}
