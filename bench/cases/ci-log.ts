import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, timeAt, times } from './words.ts';

/** The log of a job: installing, compiling, 400 tests of which two fail, and what the runner says of it. */
export function ciLog(): ToolOutput {
  const random = createRandom(14);
  let milliseconds = 0;
  const stamp = (line: string): string =>
    `${timeAt((milliseconds += random.integer(2, 600))).replace('Z', '0000Z')} ${line}`;
  const suites = times(400, (index) => {
    const suite = `test/${random.pick(SERVICES)}/${random.pick(NOUNS)}-${index % 40}.test.ts`;
    return ` ✓ ${suite} (${random.integer(2, 30)} tests) ${random.integer(3, 900)}ms`;
  });
  suites[211] =
    ' ✗ test/payments/refund-11.test.ts > refunds > are booked once\n   AssertionError: expected 2 to be 1 // Object.is equality\n    at test/payments/refund-11.test.ts:48:27';
  suites[340] =
    ' ✗ test/search/price-20.test.ts > prices > sort by value\n   Error: Timed out in 5000ms\n    at test/search/price-20.test.ts:17:3';
  const lines = [
    '##[group]Run npm ci',
    ...times(
      60,
      (index) =>
        `npm http fetch GET 200 https://registry.example/pkg-${index} ${random.integer(10, 400)}ms (cache miss)`,
    ),
    'added 812 packages in 14s',
    '##[endgroup]',
    '##[group]Run npm test',
    ...suites.flatMap((suite) => suite.split('\n')),
    ' Test Files  2 failed | 398 passed (400)',
    '##[error]Process completed with exit code 1.',
  ];
  return {
    name: 'ci.log',
    kind: 'ci-log',
    tool: 'get_job_log',
    arguments: { job: 4711 },
    text: lines.map(stamp).join('\n'),
    questions: [
      {
        query: 'Why did the build fail?',
        needles: [
          { text: 'AssertionError: expected 2 to be 1' },
          { text: 'test/payments/refund-11.test.ts:48:27' },
          { text: 'Error: Timed out in 5000ms' },
          { text: '2 failed | 398 passed' },
        ],
      },
    ],
  };
}
