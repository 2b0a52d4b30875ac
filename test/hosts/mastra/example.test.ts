import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it('examples/mastra.ts runs as it is', () => {
  const [run, answer] = runExample(import.meta.dirname);
  expect(run).toMatch(/^shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(answer).toBe('Order 37 failed.');
});
