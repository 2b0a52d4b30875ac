import { describe, expect, test } from 'vitest';
import type { EventOf, HeadroomEvent } from '../../../src/events/event.ts';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createHeadroomHooks, type HeadroomHooksOptions } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../../src/model/headroom-model.ts';
import { recordEvents, scriptedModel } from '../../../src/testing.ts';
import type { PricedCall } from '../../../src/tokens/prices.ts';

const ROWS = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, status: 'paid', country: 'DE' })));

/** A prompt with a result that the model has seen before, and one that it has not. */
const PROMPT = ['old', 'new'].flatMap((toolCallId) => [
  { role: 'assistant', content: [{ type: 'tool-call', toolCallId, toolName: toolCallId, input: '{}' }] },
  {
    role: 'tool',
    content: [
      { type: 'tool-result', toolCallId, toolName: toolCallId, output: { type: 'text', value: ROWS + toolCallId } },
    ],
  },
]);

async function callOnce(options: HeadroomHooksOptions, settings: HeadroomModelOptions = {}, script = SCRIPT()) {
  const hooks = createHeadroomHooks(options);
  const events = recordEvents(hooks.events);
  const model = new HeadroomModel(script, {
    events: hooks.events,
    references: false,
    ...settings,
  });
  await hooks.run(() => model.doGenerate({ prompt: PROMPT }), { agent: 'clerk' });
  const end = <Type extends HeadroomEvent['type']>(type: Type) =>
    events.find((event): event is EventOf<Type> => event.type === type);
  const faults = events.flatMap((event) => (event.type === 'fault' ? [event.message] : []));
  return { call: end('model.end'), prompt: end('compression.end'), run: end('run.end'), faults };
}

const SCRIPT = () => scriptedModel([{ text: 'Hello.' }]);

const PRICES = { 'scripted-*': { input: 1_000_000, output: 0, cacheRead: 10_000 } };

describe('the cost of a call', () => {
  test('is told by the prices that the hooks were given, and added up for the run', async () => {
    const { call, prompt, run, faults } = await callOnce({ prices: PRICES, contextWindows: { 'scripted-*': 1_000 } });
    expect(prompt?.tokensSaved).toBeGreaterThan(0);
    expect(call).toMatchObject({ costUsd: 100, costSavedUsd: prompt?.tokensSaved, contextWindowTokens: 1_000 });
    expect(run).toMatchObject({ costUsd: 100, costSavedUsd: prompt?.tokensSaved });
    expect(faults).toEqual([]);
  });

  test('saved the price of cache reads on what earlier calls had sent, where this one read from the cache', async () => {
    const script = SCRIPT();
    const inputTokens = { total: 100, noCache: 60, cacheRead: 40, cacheWrite: 0 };
    const cached = {
      ...script,
      async doGenerate(call: Parameters<typeof script.doGenerate>[0]) {
        const answer = await script.doGenerate(call);
        return { ...answer, usage: { ...answer.usage, inputTokens } };
      },
    };
    const { call, prompt } = await callOnce({ prices: PRICES }, {}, cached as unknown as typeof script);
    const savedOf = (isNew: boolean): number =>
      (prompt?.decisions ?? [])
        .filter((decision) => decision.isNew === isNew)
        .reduce((sum, { tokensBefore, tokensAfter }) => sum + tokensBefore - tokensAfter, 0);
    expect([savedOf(true) > 0, savedOf(false) > 0]).toEqual([true, true]);
    expect(call?.costUsd).toBeCloseTo(60 + 40 * 0.01, 9);
    expect(call?.costSavedUsd).toBeCloseTo(savedOf(true) + savedOf(false) * 0.01, 9);
  });

  test('is not known without prices, and neither is what was saved', async () => {
    const { call, run } = await callOnce({});
    expect([call?.costUsd, call?.costSavedUsd, call?.contextWindowTokens]).toEqual([undefined, undefined, undefined]);
    expect([run?.costUsd, run?.costSavedUsd]).toEqual([undefined, undefined]);
  });

  test('saved nothing where the prompt was only measured', async () => {
    const { call } = await callOnce({ prices: PRICES }, { mode: 'audit' });
    expect([call?.costUsd, call?.costSavedUsd]).toEqual([100, undefined]);
  });

  test('goes by a function of the user: with the call as it was, and as it would have been', async () => {
    const asked: PricedCall[] = [];
    const { call, prompt } = await callOnce({
      costOf(priced) {
        asked.push(priced);
        return priced.usage?.inputTokens;
      },
    });
    expect(call).toMatchObject({ costUsd: 100, costSavedUsd: prompt?.tokensSaved });
    expect(asked[0]).toEqual({
      provider: 'scripted.chat',
      model: 'scripted-model',
      usage: expect.objectContaining({ inputTokens: 100, outputTokens: 10 }),
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '5', null])(
    'is not known where the function says %s',
    async (cost) => {
      const { call, run, faults } = await callOnce({ costOf: () => cost as number });
      expect([call?.costUsd, call?.costSavedUsd, run?.costUsd, faults]).toEqual([undefined, undefined, undefined, []]);
    },
  );

  test('is a fault where the function throws, and the call goes on', async () => {
    const { call, faults } = await callOnce({
      costOf() {
        throw new Error('no such model');
      },
    });
    expect(call).toMatchObject({ outcome: 'ok' });
    expect(call?.costUsd).toBeUndefined();
    expect(faults).toEqual(['costOf failed; the cost of a call is unknown.']);
  });
});

test('what a run cost is known by what its host told, where nobody saw its calls', () => {
  const hooks = createHeadroomHooks({ prices: PRICES });
  const events = recordEvents(hooks.events);
  const usage = { cacheReadTokens: undefined, cacheWriteTokens: undefined, reasoningTokens: undefined };
  const runId = hooks.runs.start({ model: 'scripted-9' });
  hooks.runs.end({ runId, outcome: 'ok', usage: { inputTokens: 7, outputTokens: 1, ...usage } });
  expect(events.at(-1)).toMatchObject({ type: 'run.end', costUsd: 7, costSavedUsd: undefined });
});

test('hooks that share a bus share its prices', async () => {
  const first = createHeadroomHooks({ prices: PRICES });
  const second = createHeadroomHooks({ events: first.events });
  const events = recordEvents(second.events);
  const model = new HeadroomModel(scriptedModel([{ text: 'Hello.' }]), { events: second.events });
  await model.doGenerate({ prompt: [] });
  expect(events.at(-1)).toMatchObject({ type: 'model.end', costUsd: 100 });
});

test.each([
  [{ prices: { 'gpt-5': { input: 1 } } }, '"prices"'],
  [{ prices: {}, costOf: () => 1 }, 'prices or costOf, not both'],
  [{ costOf: 1 }, '"costOf"'],
  [{ contextWindows: { 'gpt-5': 0 } }, '"contextWindows"'],
])('wrong options are refused while wiring: %o', (options, message) => {
  const create = () => createHeadroomHooks(options as HeadroomHooksOptions);
  expect(create).toThrow(HeadroomError);
  expect(create).toThrow(message);
});
