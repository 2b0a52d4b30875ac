import { expect, test } from 'vitest';
import { SELECTIONS, STRATEGIES } from '../../src/compression/strategies/all-strategies.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

test('no two strategies share a name, which decoders are found by', () => {
  const names = [...STRATEGIES, ...SELECTIONS].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(0);
});

for (const strategy of STRATEGIES) describeStrategy(strategy);
for (const selection of SELECTIONS) describeSelection(selection);
