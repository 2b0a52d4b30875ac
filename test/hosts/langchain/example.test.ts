import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it('examples/langchain.ts runs as it is', () => {
  const [run, state] = runExample(import.meta.dirname);
  expect(run).toMatch(/^shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(state).toBe('The state of the agent holds what the tool gave.');
});
