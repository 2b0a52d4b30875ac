import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it('examples/ai-sdk.ts runs as it is', () => {
  const [first, answer, second, sameAnswer] = runExample(import.meta.dirname);
  expect(first).toMatch(/^shopkeeper: ok, \d{3,} of \d+ tokens saved\.$/);
  expect(second?.replace('clerk', 'shopkeeper')).toBe(first);
  expect([answer, sameAnswer]).toEqual(['Order 37 failed.', 'Order 37 failed.']);
});
