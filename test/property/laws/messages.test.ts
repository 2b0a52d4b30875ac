import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, optimizeMessages, type Decision } from '../../../src/index.ts';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { restore } from '../../../src/testing.ts';
import { conversation, deepFreeze } from '../arbitraries/conversation.ts';
import { toolOutput } from '../arbitraries/tool-output.ts';
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

const sameText = (a: string, b: string): boolean => a === b || (isJson(a) && minifiedSource(a) === minifiedSource(b));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

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
      propertyRuns(300),
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
