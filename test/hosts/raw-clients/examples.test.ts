import { expect, it } from 'vitest';
import { runExample } from '../run-example.ts';

it.each([
  ['openai-client.ts', 'Request 812 failed: the payment gateway timed out.', 3],
  ['anthropic-client.ts', 'Order 37 failed.', 2],
])('examples/%s runs as it is', (name, expected, calls) => {
  const [run, answer, saved] = runExample(import.meta.dirname, `example-${name}`);
  expect(run).toBe(`ok after ${calls} model calls.`);
  expect(answer).toBe(expected);
  expect(saved).toMatch(/^\d{4,} of \d{4,} tokens saved \(\d{2} %\)\.$/);
});
