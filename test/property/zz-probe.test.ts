import { expect, test } from 'vitest';
test('a probe', () => {
  const end = Date.now() + 140_000;
  while (Date.now() < end);
  expect(1).toBe(1);
});
