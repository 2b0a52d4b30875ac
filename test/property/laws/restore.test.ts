import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, optimizeMessages } from '../../../src/index.ts';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { restore } from '../../../src/testing.ts';
import { conversation } from '../arbitraries/conversation.ts';
import { toolOutput } from '../arbitraries/tool-output.ts';
import { propertyRuns } from '../property-runs.ts';
import { isJson } from '../is-json.ts';

const textsOf = (messages: readonly unknown[]): (string | undefined)[] =>
  readToolResults(messages).map(({ text }) => text);

const sameText = (a: string, b: string): boolean => a === b || (isJson(a) && minifiedSource(a) === minifiedSource(b));

describe('what optimizeMessages did can be undone', () => {
  test('L4: every result can be given back, from its own text alone or with the store', async () => {
    await fc.assert(
      fc.asyncProperty(
        conversation(),
        fc.constantFrom('none' as const, 'recoverable' as const),
        async (messages, loss) => {
          const store = createMemoryStore();
          const { messages: optimized, decisions } = await optimizeMessages(messages, { loss, store });
          const before = textsOf(messages);
          const after = textsOf(optimized);
          for (const [index, decision] of decisions.entries()) {
            const original = before[index] ?? '';
            const text = after[index] ?? '';
            if (loss === 'none') expect(decision.rewriting?.leftOut).toBeUndefined();
            expect(sameText(original, await restore(text, decision, store))).toBe(true);
            const id = decision.rewriting?.retrievalId;
            if (decision.rewriting?.leftOut !== undefined) expect(text).toContain(id);
          }
        },
      ),
      propertyRuns(),
    );
  });

  test('L4: a large result that leaves something out says so with the id under which it can be had', async () => {
    let selected = 0;
    await fc.assert(
      fc.asyncProperty(toolOutput(300), async (output) => {
        const store = createMemoryStore();
        const messages = [{ role: 'tool', tool_call_id: 'call_1', content: output }];
        const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
        const [decision] = decisions;
        const text = (optimized[0] as { content: string }).content;
        expect(sameText(output, await restore(text, decision, store))).toBe(true);
        if (decision?.rewriting?.leftOut === undefined) return;
        selected++;
        expect(text).toContain(decision.rewriting.retrievalId);
        expect(decision.rewriting.leftOut.ranges.every(({ first, last }) => first <= last)).toBe(true);
      }),
      propertyRuns(),
    );
    expect(selected).toBeGreaterThan(0);
  });

  test('the same conversation becomes the same bytes whatever was optimized before it', async () => {
    await fc.assert(
      fc.asyncProperty(conversation({ maxTurns: 2 }), conversation({ maxTurns: 2 }), async (one, other) => {
        const first = await optimizeMessages(one, { loss: 'allowed' });
        await optimizeMessages(other, { loss: 'allowed' });
        const second = await optimizeMessages(structuredClone(one), { loss: 'allowed' });
        expect(JSON.stringify(second.messages)).toBe(JSON.stringify(first.messages));
      }),
      propertyRuns(),
    );
  });
});
