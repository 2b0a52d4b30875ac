import fc from 'fast-check';

const name = fc.constantFrom('adds', 'removes', 'error_path', 'totals up', 'größe', '<*>', 'a::b', 'x'.repeat(80));
const duration = fc.constantFrom('', ' (3 ms)', ' (0.00s)', ' [12 ms]');
type Outcome = 'passed' | 'failed' | 'skipped';
const outcome = fc.constantFrom<Outcome[]>('passed', 'passed', 'passed', 'failed', 'skipped');

/** How a runner writes the result of one test; the number keeps names apart. */
const RUNNERS: readonly ((name: string, outcome: Outcome, number: number) => string)[] = [
  (name, outcome, number) =>
    `tests/test_${number % 3}.py::test_${number}_${name.replaceAll(' ', '_')} ${outcome.toUpperCase()} [ ${number % 100}%]`,
  (name, outcome, number) =>
    `${outcome === 'failed' ? 'not ok' : 'ok'} ${number} - ${name}${outcome === 'skipped' ? ' # SKIP' : ''}`,
  (name, outcome, number) => `  ${{ passed: '✓', failed: '✕', skipped: '○' }[outcome]} ${name} ${number}`,
  (name, outcome, number) =>
    `--- ${{ passed: 'PASS', failed: 'FAIL', skipped: 'SKIP' }[outcome]}: Test${number}${name.replaceAll(' ', '')} (0.00s)`,
];

export interface TestLine {
  readonly text: string;
  readonly outcome: Outcome;
}

/** Results of one runner. */
export const testLines = (maxLines: number): fc.Arbitrary<TestLine[]> =>
  fc
    .tuple(
      fc.constantFrom(...RUNNERS),
      fc.array(fc.tuple(name, outcome, duration), { minLength: 1, maxLength: maxLines, size: 'max' }),
    )
    .map(([runner, tests]) =>
      tests.map(([name, outcome, duration], number) => ({
        text: runner(name, outcome, number) + (outcome === 'failed' ? '' : duration),
        outcome: outcome,
      })),
    );

const frame = fc
  .tuple(fc.constantFrom('take', 'run', 'park', 'm1', 'm2'), fc.integer({ min: 1, max: 4 }), fc.boolean())
  .map(([method, line, isOwn]) => `\tat ${isOwn ? 'com.shop.Pool' : 'java.lang.Thread'}.${method}(Pool.java:${line})`);

/** Threads of a JVM, some of which stand at the same place. */
export const threadDump = (maxThreads: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.array(frame, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: 3, maxLength: maxThreads, size: 'max' }),
    )
    .map(([stacks, threads]) =>
      [
        'Full thread dump OpenJDK 64-Bit Server VM (21.0.3+9 mixed mode):',
        '',
        ...threads.flatMap((stack, number) => [
          `"worker-${number}" #${number} prio=5 os_prio=0 tid=0x00007f${(number + 4096).toString(16)} nid=0x${number.toString(16)} waiting`,
          '   java.lang.Thread.State: WAITING (parking)',
          ...(stacks[stack % stacks.length] ?? []),
          `\t- locked <0x00000007${(number + 4096).toString(16)}> (a java.lang.Object)`,
          '',
        ]),
      ].join('\n'),
    );

/** What runners and debuggers print. */
export const runText = (maxLines: number): fc.Arbitrary<string> =>
  fc.oneof(
    testLines(maxLines).map((lines) => [...lines.map(({ text }) => text), '1 failed, 2 passed in 0.12s'].join('\n')),
    threadDump(Math.max(3, Math.ceil(maxLines / 4))),
  );
