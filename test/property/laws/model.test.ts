import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EventBus,
  HeadroomModel,
  optimizeMessages,
  type HeadroomEvent,
  type RetrievalStore,
} from '../../../src/index.ts';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { readToolResults } from '../../../src/compression/read-tool-results.ts';
import { assertPaired, fixedClock, recordEvents, restore, scriptedModel } from '../../../src/testing.ts';
import { conversation } from '../arbitraries/conversation.ts';
import { propertyRuns } from '../property-runs.ts';

const brokenStore: RetrievalStore = {
  put: () => Promise.reject(new Error('the store is down')),
  get: () => Promise.reject(new Error('the store is down')),
  delete: () => Promise.reject(new Error('the store is down')),
};

const isSameResult = (one: string, other: string): boolean =>
  one === other || minifiedSource(one) === minifiedSource(other);

const retrieveTool = { type: 'function', name: 'headroom_retrieve', inputSchema: {} };

type Exit = 'finished' | 'failed' | 'failed midway' | 'aborted' | 'cancelled' | 'never read';

const call = fc.record({
  exit: fc.constantFrom<Exit>('finished', 'failed', 'failed midway', 'aborted', 'cancelled', 'never read'),
  streams: fc.boolean(),
  prompt: conversation({ maxTurns: 2, size: 10 }),
});

describe('the laws of HeadroomModel', () => {
  test('L5: listeners that throw and a store that is down change neither the answer nor what the agent sees', async () => {
    await fc.assert(
      fc.asyncProperty(conversation({ maxTurns: 3, size: 30 }), async (prompt) => {
        const faults: HeadroomEvent[] = [];
        const events = new EventBus();
        events.on('fault', (fault) => {
          faults.push(fault);
          throw new Error('a listener of faults that fails');
        });
        events.on('compression.end', () => {
          throw new Error('a listener that throws');
        });
        events.on('model.end', () => Promise.reject(new Error('a listener that rejects')));
        const underlying = scriptedModel([{ text: 'Done.' }]);
        const model = new HeadroomModel(underlying, { events, store: brokenStore });
        const { content } = await model.doGenerate({ prompt, tools: [retrieveTool] });
        await Promise.resolve();
        expect(content).toEqual([{ type: 'text', text: 'Done.' }]);
        expect(faults.filter(({ type }) => type === 'fault').length).toBeGreaterThanOrEqual(2);
        const sent = underlying.calls[0]?.prompt ?? [];
        const without = await optimizeMessages(prompt, { loss: 'recoverable', store: brokenStore });
        expect(sent).toEqual(without.messages);
        const originals = readToolResults(prompt).map(({ text }) => text);
        const texts = readToolResults(sent).map(({ text }) => text);
        for (const [index, decision] of without.decisions.entries()) {
          expect(decision.rewriting?.leftOut).toBeUndefined();
          const restored = await restore(texts[index] ?? '', decision);
          expect(isSameResult(restored, originals[index] ?? '')).toBe(true);
        }
      }),
      propertyRuns(),
    );
  });

  test('L6: every model call that starts has exactly one end, whichever way it goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 6, size: 'max' }), async (calls) => {
        const clock = fixedClock();
        const events = new EventBus({ clock });
        const recorded = recordEvents(events);
        await Promise.all(calls.map((each) => make(each, new HeadroomModel(modelFor(each.exit), { events, clock }))));
        clock.advance(60 * 60_000);
        assertPaired(recorded);
        const outcomes = recorded.filter((event) => event.type === 'model.end').map(({ outcome }) => outcome);
        expect(outcomes.sort()).toEqual(calls.map(expectedOutcome).sort());
      }),
      propertyRuns(),
    );
  });

  test('L7: what the model says it saved is the sum of what its events say, and never goes down', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(conversation({ maxTurns: 2, size: 20 }), { minLength: 1, maxLength: 4 }),
        async (prompts) => {
          const model = new HeadroomModel(scriptedModel([{ text: 'Done.' }]));
          const recorded = recordEvents(model.events);
          let last = 0;
          for (const prompt of prompts) {
            await model.doGenerate({ prompt, tools: [retrieveTool] });
            expect(model.totalTokensSaved).toBeGreaterThanOrEqual(last);
            last = model.totalTokensSaved;
          }
          const ends = recorded.filter((event) => event.type === 'compression.end');
          expect(ends.reduce((sum, { tokensSaved }) => sum + tokensSaved, 0)).toBe(model.totalTokensSaved);
          for (const { tokensBefore, tokensAfter, decisions } of ends) {
            expect(decisions.reduce((sum, each) => sum + each.tokensBefore, 0)).toBe(tokensBefore);
            expect(decisions.reduce((sum, each) => sum + each.tokensAfter, 0)).toBe(tokensAfter);
          }
          expect(model.getSavingsSummary().totalRequests).toBe(prompts.length);
        },
      ),
      propertyRuns(),
    );
  });
});

interface Call {
  readonly exit: Exit;
  readonly streams: boolean;
  readonly prompt: readonly unknown[];
}

function modelFor(exit: Exit) {
  if (exit === 'failed') return scriptedModel([{ error: new Error('overloaded') }]);
  if (exit === 'failed midway') return scriptedModel([{ text: 'Half of an', error: new Error('broken pipe') }]);
  return scriptedModel([{ text: 'All of an answer.' }]);
}

async function make(
  { exit, streams, prompt }: Call,
  model: HeadroomModel<ReturnType<typeof scriptedModel>>,
): Promise<void> {
  const abortSignal = exit === 'aborted' ? AbortSignal.abort() : undefined;
  try {
    if (!streams) {
      await model.doGenerate({ prompt, abortSignal });
      return;
    }
    const { stream } = await model.doStream({ prompt, abortSignal });
    if (exit === 'never read') return;
    const reader = stream.getReader();
    if (exit === 'cancelled') {
      await reader.read();
      await reader.cancel();
      return;
    }
    while (!(await reader.read()).done);
  } catch {
    // The agent sees what the model threw; here it is the events that count.
  }
}

function expectedOutcome({ exit, streams }: Call): string {
  if (exit === 'aborted') return 'aborted';
  if (exit === 'failed' || exit === 'failed midway') return 'error';
  if (!streams) return 'ok';
  return exit === 'finished' ? 'ok' : 'aborted';
}
