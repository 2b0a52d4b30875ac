import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { parseJson } from '../../../src/compression/json/parse-json.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { optimizeMessages, type Decision } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';
import { conversation } from '../arbitraries/conversation.ts';
import { propertyRuns } from '../property-runs.ts';

const resultsOf = (messages: readonly unknown[]) => readToolResults(messages);

const sameText = (one: string, other: string): boolean =>
  one === other || (parseJson(one) !== undefined && minifiedSource(one) === minifiedSource(other));

/** The text at the place that a reference names. */
function textThere(messages: readonly unknown[], place: Pick<Decision, 'messageIndex' | 'partIndex' | 'blockIndex'>) {
  return resultsOf(messages).find(
    ({ messageIndex, partIndex, blockIndex }) =>
      messageIndex === place.messageIndex && partIndex === place.partIndex && blockIndex === place.blockIndex,
  )?.text;
}

const polled = conversation({ maxTurns: 8, size: 40, echoes: 3 });

describe('references to earlier results', () => {
  test('what they refer to stands word for word before them in the same messages, and without a store they lead back', async () => {
    let references = 0;
    await fc.assert(
      fc.asyncProperty(polled, async (messages) => {
        const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'none' });
        const before = resultsOf(messages);
        const after = resultsOf(optimized);
        for (const [index, decision] of decisions.entries()) {
          expect(sameText(before[index]?.text ?? '', await restore(after[index]?.text ?? '', decision))).toBe(true);
          const { reference } = decision.rewriting ?? {};
          if (reference === undefined) continue;
          references++;
          expect(reference.messageIndex).toBeLessThan(decision.messageIndex);
          expect(textThere(optimized, reference)).toBe(reference.text);
        }
      }),
      propertyRuns(300),
    );
    expect(references).toBeGreaterThan(20);
  });

  test('L2: a prefix becomes a prefix, whatever refers to what', async () => {
    await fc.assert(
      fc.asyncProperty(polled, async (messages) => {
        const whole = await optimizeMessages(messages);
        for (let length = 0; length <= messages.length; length++) {
          const { messages: optimized } = await optimizeMessages(messages.slice(0, length));
          expect(JSON.stringify(optimized)).toBe(JSON.stringify(whole.messages.slice(0, length)));
        }
      }),
      propertyRuns(100),
    );
  });

  test('L4: in a window over a conversation nothing refers to what slid out of it', async () => {
    await fc.assert(
      fc.asyncProperty(polled, fc.nat(12), async (messages, start) => {
        const window = messages.slice(start);
        const { messages: optimized, decisions } = await optimizeMessages(window);
        const before = resultsOf(window);
        const after = resultsOf(optimized);
        for (const [index, decision] of decisions.entries()) {
          const { reference } = decision.rewriting ?? {};
          if (reference !== undefined) expect(textThere(optimized, reference)).toBe(reference.text);
          expect(sameText(before[index]?.text ?? '', await restore(after[index]?.text ?? '', decision))).toBe(true);
        }
      }),
      propertyRuns(300),
    );
  });

  test('with references off every result is sent as if it were the only one', async () => {
    await fc.assert(
      fc.asyncProperty(polled, async (messages) => {
        const { decisions } = await optimizeMessages(messages, { references: false });
        expect(decisions.every(({ rewriting }) => rewriting?.reference === undefined)).toBe(true);
      }),
      propertyRuns(100),
    );
  });
});
