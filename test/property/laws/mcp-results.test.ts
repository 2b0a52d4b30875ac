import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressToolResult } from '../../../src/adapters/mcp.ts';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { createMemoryStore } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { deepFreeze } from '../arbitraries/conversation.ts';
import { callToolResult, type AnyToolResult, type ContentBlock } from '../arbitraries/mcp-results.ts';
import { isJson } from '../is-json.ts';
import { propertyRuns } from '../property-runs.ts';

const count = await loadTokenCounter('o200k');
const loss = fc.constantFrom('none' as const, 'recoverable' as const);

const sameText = (a: string, b: string): boolean => a === b || (isJson(a) && minifiedSource(a) === minifiedSource(b));

const blocksOf = ({ content }: AnyToolResult): readonly ContentBlock[] =>
  Array.isArray(content) ? (content as readonly ContentBlock[]) : [];

/** Whether this may become another: a text, and not one that is for people alone. */
function mayChange(block: ContentBlock): boolean {
  if (typeof block !== 'object' || block === null || Array.isArray(block)) return false;
  if (block.type !== 'text' || typeof block.text !== 'string') return false;
  const { audience } = (block.annotations ?? {}) as { readonly audience?: unknown };
  return !Array.isArray(audience) || audience.length === 0 || audience.includes('assistant');
}

describe('the laws of compressToolResult', () => {
  test('L1: only texts for the model change; all else is the very object that it was, and nothing is written to', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(callToolResult(), loss, async (given, loss) => {
        deepFreeze(given);
        const { result } = await compressToolResult(given, { toolName: 'look', loss, store: createMemoryStore() });
        if (result === given) return;
        changed++;
        expect(given.isError ?? false).toBe(false);
        expect(Object.keys(result)).toEqual(Object.keys(given));
        for (const key of Object.keys(given)) {
          if (key !== 'content') expect(Reflect.get(result, key)).toBe(Reflect.get(given, key));
        }
        const blocks = blocksOf(given);
        expect(blocksOf(result)).toHaveLength(blocks.length);
        for (const [index, block] of blocksOf(result).entries()) {
          const before = blocks[index] as ContentBlock;
          if (block === before) continue;
          expect(mayChange(before)).toBe(true);
          expect(Object.keys(block)).toEqual(Object.keys(before));
          expect({ ...block, text: '' }).toStrictEqual({ ...before, text: '' });
        }
      }),
      propertyRuns(),
    );
    expect(changed).toBeGreaterThan(0);
  });

  test('L2: the same result becomes the same text, whatever was looked at before', async () => {
    await fc.assert(
      fc.asyncProperty(callToolResult(), callToolResult(), loss, async (one, other, loss) => {
        const compress = async (result: AnyToolResult): Promise<string> =>
          JSON.stringify((await compressToolResult(result, { loss, store: createMemoryStore() })).result);
        const first = [await compress(one), await compress(other)];
        expect([await compress(other), await compress(one)]).toEqual(first.toReversed());
      }),
      propertyRuns(300),
    );
  });

  test('L3 and L4: a text that is another has fewer tokens, and the one that it was can be had', async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(callToolResult(120), loss, async (given, loss) => {
        const store = createMemoryStore();
        const { result, decisions, metrics } = await compressToolResult(given, { loss, store, scope: 'one' });
        const decided = new Map(decisions.map((decision) => [decision.partIndex, decision]));
        let tokensSaved = 0;
        for (const [index, { text }] of blocksOf(result)
          .map((block) => block ?? {})
          .entries()) {
          const before = blocksOf(given)[index]?.text;
          if (text === before) continue;
          const decision = decided.get(index);
          const saved = count(String(before)) - count(String(text));
          expect(saved).toBeGreaterThan(0);
          tokensSaved += saved;
          expect(sameText(String(before), await restore(String(text), decision, store, 'one'))).toBe(true);
          if (decision?.rewriting?.leftOut === undefined) continue;
          leftOut++;
          expect(loss).toBe('recoverable');
          const id = decision.rewriting.retrievalId ?? '';
          expect(text).toContain(id);
          expect(await store.get(id, 'one')).toEqual({ status: 'found', text: before });
          expect(await store.get(id, 'other')).toEqual({ status: 'unknown' });
        }
        expect(metrics.tokensSaved).toBe(tokensSaved);
      }),
      propertyRuns(300),
    );
    expect(leftOut).toBeGreaterThan(0);
  });
});
