import { expect } from 'vitest';
import { toolResultTexts } from './tool-result-texts.ts';
import type { WireRequest } from './scenario.ts';

/** Of three requests that repeat what came before: tool results are smaller with us, and none is missing. */
export function expectSmallerResults(wrapped: readonly WireRequest[], alone: readonly WireRequest[]): void {
  const [first = [], second = [], third = []] = wrapped.map(toolResultTexts);
  const [, secondAlone = [], thirdAlone = []] = alone.map(toolResultTexts);
  expect(first).toEqual([]);
  expect(second).toHaveLength(secondAlone.length);
  expect(third).toHaveLength(thirdAlone.length);
  expect(second.join('').length).toBeLessThan(0.8 * secondAlone.join('').length);
  expect(third.join('').length).toBeLessThan(0.8 * thirdAlone.join('').length);
  // What was sent once is sent the same again, so that the provider's prompt cache holds.
  expect(third.slice(0, second.length)).toEqual(second);
}
