import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Loss } from '../../../src/index.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { propertyRuns } from '../property-runs.ts';
import { bytesAsText, damagedOutput } from './damaged-output.ts';
import { isSameOutput, optimizeHostile, prototypeNames } from './hostile-result.ts';

const count = await loadTokenCounter('o200k');
const loss = fc.constantFrom('none' as const, 'recoverable' as const);
const untouched = prototypeNames();

/** How many were rewritten: a law about texts that all go through as they are says nothing. */
async function holds(output: string, loss: Loss): Promise<boolean> {
  const { text, decision, faults, restored } = await optimizeHostile(output, loss);
  expect(faults).toEqual([]);
  expect(isSameOutput(restored, output)).toBe(true);
  expect(count(text)).toBeLessThanOrEqual(count(output));
  expect(prototypeNames()).toEqual(untouched);
  return decision?.reason === 'compressed';
}

describe('no strategy fails, nothing is lost and nothing grows, whatever is given:', () => {
  test('what tools print, cut, repeated, mixed and broken', async () => {
    let rewritten = 0;
    await fc.assert(
      fc.asyncProperty(damagedOutput(), loss, async (output, loss) => {
        if (await holds(output, loss)) rewritten++;
      }),
      propertyRuns(400),
    );
    expect(rewritten).toBeGreaterThan(0);
  });

  test('large outputs, cut, repeated, mixed and broken', async () => {
    let rewritten = 0;
    await fc.assert(
      fc.asyncProperty(damagedOutput(250), async (output) => {
        if (await holds(output, 'recoverable')) rewritten++;
      }),
      propertyRuns(100),
    );
    expect(rewritten).toBeGreaterThan(0);
  });

  test('bytes that are no text', async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(bytesAsText(), loss, async (output, loss) => {
        await holds(output, loss);
        given++;
      }),
      propertyRuns(200),
    );
    expect(given).toBeGreaterThan(0);
  });
});
