import { expect, test } from 'vitest';
import { restoreResult, type Restoration } from '../../../src/cli/restore-result.ts';
import type { Decision, Rewriting } from '../../../src/compression/decision.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';

const outcome = async (
  textBefore: string,
  textAfter: string,
  rewriting: Rewriting,
  kind: 'json' | 'log' = 'json',
): Promise<Restoration> => {
  const store = createMemoryStore();
  await store.put('kept', 'the original', 'default');
  const decision: Decision = {
    messageIndex: 0,
    contentKind: kind,
    strategy: rewriting.strategy,
    reason: 'compressed',
    tokensBefore: 2,
    tokensAfter: 1,
    isNew: true,
    rewriting,
  };
  return restoreResult({ textBefore, textAfter, decision, store });
};
const leftOut = { unit: 'lines', total: 2, ranges: [{ first: 1, last: 1 }] } as const;

test('tells what came back', async () => {
  const minified = { strategy: 'minified-json' };
  expect(await outcome('{"a":1}', '{"a":1}', minified)).toBe('exact');
  expect(await outcome('{ "a": 1 }', '{"a":1}', minified)).toBe('json');
  expect(await outcome('{ "a": 1.0 }', '{"a":1}', minified)).toBe('failed');
  expect(await outcome('a b', 'ab', minified, 'log')).toBe('failed');
  expect(await outcome('a', 'b', { strategy: 'no-such-strategy' })).toBe('failed');
  expect(await outcome('the original', '[...]', { strategy: 'log-lines', retrievalId: 'kept', leftOut })).toBe('exact');
  expect(await outcome('another', '[...]', { strategy: 'log-lines', retrievalId: 'kept', leftOut })).toBe('failed');
  expect(await outcome('the original', '[...]', { strategy: 'log-lines', retrievalId: 'gone', leftOut })).toBe(
    'failed',
  );
  expect(await outcome('the original', '[...]', { strategy: 'log-lines', leftOut })).toBe('given-up');
});
