import { expect, test } from 'vitest';
import { SELECTIONS, STRATEGIES } from '../../src/compression/strategies/all-strategies.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

test('no two strategies share a name, which decoders are found by', () => {
  const names = [...STRATEGIES, ...SELECTIONS].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(0);
});

/** What the default arbitrary makes. The other kinds have arbitraries, and tests, of their own. */
const GENERAL_KINDS: ReadonlySet<string> = new Set(['json', 'log', 'text']);

for (const strategy of STRATEGIES) {
  if (strategy.kinds.some((kind) => GENERAL_KINDS.has(kind))) describeStrategy(strategy);
}
for (const selection of SELECTIONS) {
  if (selection.kinds.some((kind) => GENERAL_KINDS.has(kind))) describeSelection(selection);
}
