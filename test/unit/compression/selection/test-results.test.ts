import { describe, expect, test } from 'vitest';
import { testResultOf } from '../../../../src/compression/selection/test-results.ts';

const LINES: readonly (readonly [line: string, outcome: string | undefined, group?: string])[] = [
  ['tests/test_cart.py::TestCart::test_adds PASSED [ 3%]', 'passed', 'tests/test_cart.py'],
  ['tests/test_cart.py::test_adds[a b] FAILED', 'failed', 'tests/test_cart.py'],
  ['tests/test_cart.py::test_adds SKIPPED (no network) [ 4%]', 'skipped', 'tests/test_cart.py'],
  ['test_adds (tests.test_cart.TestCart.test_adds) ... ok', 'passed', 'tests.test_cart.TestCart'],
  ['test_adds (tests.test_cart.TestCart) ... ERROR', 'failed', 'tests.test_cart.TestCart'],
  ['test cart::tests::adds ... ok', 'passed', 'cart::tests'],
  ['test cart::tests::adds ... FAILED', 'failed', 'cart::tests'],
  ['ok 3 - adds', 'passed'],
  ['not ok 3 - adds', 'failed'],
  ['ok 3 - adds # SKIP no network', 'skipped'],
  ['--- PASS: TestAdds (0.00s)', 'passed'],
  ['    --- FAIL: TestAdds/negative (0.00s)', 'failed'],
  ['=== RUN   TestAdds', 'started'],
  ['ok  \texample.com/shop/cart\t0.012s', 'passed'],
  ['FAIL\texample.com/shop/cart\t0.012s', 'failed'],
  ['[       OK ] CartTest.Adds (0 ms)', 'passed', 'CartTest'],
  ['[ RUN      ] CartTest.Adds', 'started', 'CartTest'],
  ['  3/9 Test  #3: adds ....................   Passed    0.01 sec', 'passed'],
  ['  4/9 Test  #4: adds ....................***Failed    0.01 sec', 'failed'],
  ['com.shop.CartTest > adds() PASSED', 'passed', 'com.shop.CartTest'],
  ['  Passed Shop.CartTests.Adds [12 ms]', 'passed'],
  [
    '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in com.shop.CartTest',
    'passed',
    'com.shop.CartTest',
  ],
  ['[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0', undefined],
  ['PASS src/cart.test.ts', 'passed', 'src/cart.test.ts'],
  ['  ✓ adds an item (3 ms)', 'passed'],
  ['  ✕ adds an item', 'failed'],
  ['  ○ skipped adds', 'skipped'],
  ["Test Case '-[Shop.CartTests testAdds]' passed (0.001 seconds).", 'passed'],
  ['INFO request passed the gate in 3 ms', undefined],
  ['ok, that failed', undefined],
  ['2024-05-01 10:00:00 ERROR failed', undefined],
];

describe('the line of a test runner', () => {
  for (const [line, outcome, group] of LINES) {
    test(`${outcome ?? 'says nothing of a test'}: ${line}`, () => {
      const result = testResultOf(line);
      expect(result?.outcome).toBe(outcome);
      expect(result?.group).toBe(group);
    });
  }
});
