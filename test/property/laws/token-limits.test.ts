import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { parseJson } from '../../../src/compression/json/parse-json.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { createMemoryStore, optimizeMessages } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { conversation } from '../arbitraries/conversation.ts';
import { toolOutput } from '../arbitraries/tool-output.ts';
import { propertyRuns } from '../property-runs.ts';

const count = await loadTokenCounter('o200k');
const limits = fc
  .tuple(fc.integer({ min: 200, max: 1_500 }), fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }))
  .map(([maxTokens, target]) => ({
    maxTokens,
    targetTokens: target === undefined ? undefined : Math.min(target, maxTokens),
  }));

const sameText = (one: string, other: string): boolean =>
  one === other || (parseJson(one) !== undefined && minifiedSource(one) === minifiedSource(other));

describe('limits of tokens', () => {
  test('no result is larger than its maximum, whatever it is, and all of it can be given back', async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(toolOutput(300), limits, async (output, { maxTokens, targetTokens }) => {
        const store = createMemoryStore();
        const messages = [{ role: 'tool', tool_call_id: 'call_1', content: output }];
        const options = { loss: 'recoverable', store, maxTokens, targetTokens } as const;
        const { messages: optimized, decisions } = await optimizeMessages(messages, options);
        const [decision] = decisions;
        const text = (optimized[0] as { content: string }).content;
        expect(count(text)).toBeLessThanOrEqual(maxTokens);
        expect(decision).not.toHaveProperty('isOverMax');
        expect(sameText(output, await restore(text, decision, store))).toBe(true);
        if (decision?.strategy.startsWith('cut-') !== true) return;
        cut++;
        const { retrievalId, leftOut } = decision.rewriting ?? {};
        expect(text).toContain(retrievalId);
        expect(leftOut?.ranges.length).toBeGreaterThan(0);
        let next = 1;
        for (const { first, last } of leftOut?.ranges ?? []) {
          expect(first).toBeGreaterThanOrEqual(next);
          expect(last).toBeGreaterThanOrEqual(first);
          next = last + 1;
        }
        expect(next - 1).toBeLessThanOrEqual(leftOut?.total ?? 0);
      }),
      propertyRuns(300),
    );
    expect(cut).toBeGreaterThan(10);
  });

  test('L2: with limits too a prefix becomes a prefix, and without loss the decision says what is over', async () => {
    await fc.assert(
      fc.asyncProperty(
        conversation({ maxTurns: 5, size: 120 }),
        limits,
        fc.constantFrom('none' as const, 'recoverable' as const, 'allowed' as const),
        async (messages, { maxTokens, targetTokens }, loss) => {
          const settings = () => ({ loss, maxTokens, targetTokens, store: createMemoryStore() });
          const whole = await optimizeMessages(messages, settings());
          const sent = readToolResults(whole.messages);
          for (const [index, decision] of whole.decisions.entries()) {
            const tokens = count(sent[index]?.text ?? '');
            expect(decision.isOverMax === true).toBe(tokens > maxTokens);
            const isUntouchable = decision.reason === 'error-result' || decision.reason === 'own-result';
            if (loss !== 'none' && !isUntouchable) expect(tokens).toBeLessThanOrEqual(maxTokens);
          }
          for (let length = 1; length <= messages.length; length += 2) {
            const part = await optimizeMessages(messages.slice(0, length), settings());
            expect(JSON.stringify(part.messages)).toBe(JSON.stringify(whole.messages.slice(0, length)));
          }
        },
      ),
      propertyRuns(150),
    );
  });
});
