import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it('examples/openai-agents.ts runs as it is', () => {
  const [run, answer] = runExample(import.meta.dirname);
  expect(run).toMatch(/^Shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(answer).toBe('Order 37 failed. The history of the run holds what the tool gave.');
});
