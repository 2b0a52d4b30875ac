import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, optimizeMessages, type Decision } from '../../../src/index.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { conversation, deepFreeze } from '../arbitraries/conversation.ts';
import { propertyRuns } from '../property-runs.ts';

const loss = fc.constantFrom('none' as const, 'recoverable' as const, 'allowed' as const);
const count = await loadTokenCounter('o200k');

/** A conversation with the text of every result that may change blanked out, so that what is left can be compared. */
function withoutResultTexts(messages: readonly unknown[], changed: readonly Decision[]): unknown {
  const copy = structuredClone(messages) as { content: unknown }[];
  for (const { messageIndex, partIndex, blockIndex } of changed) {
    const message = copy[messageIndex];
    if (message === undefined) continue;
    if (partIndex === undefined) {
      message.content = 'blank';
      continue;
    }
    const part = (message.content as Record<string, unknown>[])[partIndex] ?? {};
    const holder = part['type'] === 'tool_result' ? part : (part['output'] as Record<string, unknown> | undefined);
    if (holder === undefined) part['text'] = 'blank';
    else if (blockIndex !== undefined) {
      const blocks = (holder['value'] ?? holder['content']) as { text: string }[];
      const block = blocks[blockIndex];
      if (block !== undefined) block.text = 'blank';
    } else if (part['type'] === 'tool_result') holder['content'] = 'blank';
    else part['output'] = 'blank';
  }
  return copy;
}

const textsOf = (messages: readonly unknown[]): (string | undefined)[] =>
  readToolResults(messages).map(({ text }) => text);

describe('the laws of optimizeMessages', () => {
  test('L1: only the text of tool results changes, and nothing of the caller is written to', async () => {
    await fc.assert(
      fc.asyncProperty(conversation(), loss, async (messages, loss) => {
        deepFreeze(messages);
        const { messages: optimized, decisions } = await optimizeMessages(messages, {
          loss,
          store: createMemoryStore(),
        });
        const changed = decisions.filter(({ reason }) => reason === 'compressed');
        expect(optimized).toHaveLength(messages.length);
        expect(JSON.stringify(withoutResultTexts(optimized, changed))).toBe(
          JSON.stringify(withoutResultTexts(messages, changed)),
        );
        const touched = new Set(changed.map(({ messageIndex }) => messageIndex));
        for (const [index, message] of optimized.entries()) {
          if (!touched.has(index)) expect(message).toBe(messages[index]);
        }
        if (touched.size === 0) expect(optimized).toBe(messages);
      }),
      propertyRuns(),
    );
  });

  test('L2: what a prefix becomes is a prefix of what the conversation becomes', async () => {
    await fc.assert(
      fc.asyncProperty(conversation({ maxTurns: 5, size: 30 }), loss, async (messages, loss) => {
        const whole = await optimizeMessages(messages, { loss, store: createMemoryStore() });
        for (let length = 0; length <= messages.length; length++) {
          const prefix = messages.slice(0, length);
          const { messages: optimized } = await optimizeMessages(prefix, { loss, store: createMemoryStore() });
          expect(JSON.stringify(optimized)).toBe(JSON.stringify(whole.messages.slice(0, length)));
        }
      }),
      propertyRuns(),
    );
  });

  test('L3: a rewrite has fewer tokens than what it replaces, and what is not smaller is the very same text', async () => {
    await fc.assert(
      fc.asyncProperty(conversation(), loss, async (messages, loss) => {
        const { messages: optimized, decisions } = await optimizeMessages(messages, {
          loss,
          store: createMemoryStore(),
        });
        const before = textsOf(messages);
        const after = textsOf(optimized);
        for (const [index, decision] of decisions.entries()) {
          expect(count(before[index] ?? '')).toBe(decision.tokensBefore);
          expect(count(after[index] ?? '')).toBe(decision.tokensAfter);
          if (decision.reason === 'compressed') expect(decision.tokensAfter).toBeLessThan(decision.tokensBefore);
          else expect(after[index]).toBe(before[index]);
        }
      }),
      propertyRuns(),
    );
  });
});
