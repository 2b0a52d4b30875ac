import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngineMemo } from '../../../src/compression/engine-memo.ts';
import { optimizeWith } from '../../../src/compression/optimize-messages.ts';
import { resolveOptions, type OptimizeOptions } from '../../../src/compression/options.ts';
import { createMemoryStore } from '../../../src/index.ts';
import { conversation } from '../arbitraries/conversation.ts';
import { propertyRuns } from '../property-runs.ts';

const polled = conversation({ maxTurns: 6, size: 30, echoes: 2 });

/** Parts of conversations in any order, some of them cut, some from the middle, under different settings. */
const calls = fc.tuple(polled, polled).chain((conversations) =>
  fc.array(
    fc.record({
      messages: fc
        .tuple(fc.nat(1), fc.nat(3), fc.nat(20))
        .map(([which, start, length]) =>
          (conversations[which] ?? []).slice(start % 3 === 0 ? 0 : start, start + length),
        ),
      options: fc.constantFrom<OptimizeOptions>(
        { loss: 'none' },
        { loss: 'recoverable' },
        { loss: 'recoverable', maxTokens: 300 },
        { loss: 'none', tools: { read_file: 'off' } },
        { loss: 'none', references: false },
        { loss: 'recoverable', mode: 'audit' },
      ),
    }),
    { minLength: 2, maxLength: 8, size: 'max' },
  ),
);

type Memo = ReturnType<typeof createEngineMemo>;

async function optimize({ messages, options }: { messages: readonly unknown[]; options: OptimizeOptions }, memo: Memo) {
  const settings = resolveOptions({ ...options, store: createMemoryStore() });
  const optimized = await optimizeWith(messages, { settings, family: 'o200k', memo, onFault: () => {} });
  return JSON.stringify([optimized.messages, optimized.decisions]);
}

describe('what is remembered of earlier turns', () => {
  test('changes nothing: one after another, every call ends as if it were the first', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (all) => {
        const memo = createEngineMemo();
        for (const each of all) expect(await optimize(each, memo)).toBe(await optimize(each, createEngineMemo()));
      }),
      propertyRuns(150),
    );
  });

  test('changes nothing: at the same time, every call ends as if it were the only one', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (all) => {
        const memo = createEngineMemo();
        const [first] = all;
        if (first !== undefined) await optimize(first, memo);
        const together = await Promise.all(all.map((each) => optimize(each, memo)));
        for (const [index, each] of all.entries()) {
          expect(together[index]).toBe(await optimize(each, createEngineMemo()));
        }
      }),
      propertyRuns(150),
    );
  });

  test('an original is put into the store in every turn, and what can not be put is sent in full', async () => {
    const text = Array.from({ length: 900 }, (_, index) => `2024-05-01T10:00:00Z INFO worker ${index} done`).join('\n');
    const messages = [{ role: 'tool', tool_call_id: 'a', content: text }];
    const memo = createEngineMemo();
    const puts: string[] = [];
    const store = createMemoryStore();
    let isDown = false;
    const watched = Object.assign(Object.create(store) as typeof store, {
      put: async (id: string, original: string, scope: string) => {
        if (isDown) throw new Error('down');
        puts.push(id);
        await store.put(id, original, scope);
      },
    });
    const settings = resolveOptions({ loss: 'recoverable', store: watched });
    const turn = () => optimizeWith(messages, { settings, family: 'o200k', memo, onFault: () => {} });
    const first = await turn();
    expect((await turn()).messages).toEqual(first.messages);
    expect(puts).toHaveLength(2);
    isDown = true;
    expect((await turn()).decisions[0]).toMatchObject({ reason: 'store-failed' });
    isDown = false;
    expect((await turn()).messages).toEqual(first.messages);
  });
});
