import { describe, expect, test } from 'vitest';
import {
  createMemoryStore,
  EventBus,
  HeadroomError,
  HeadroomModel,
  isHeadroomModel,
  withinRun,
} from '../../../src/index.ts';
import { assertPaired, fixedClock, recordEvents, scriptedModel } from '../../../src/testing.ts';

const rows = Array.from({ length: 400 }, (_, id) => ({
  id,
  status: 'ok',
  region: 'eu-west-1',
  latencyMs: 10 + (id % 7),
}));
const prompt = [
  { role: 'user', content: [{ type: 'text', text: 'List the orders.' }] },
  { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'list_orders', input: {} }] },
  {
    role: 'tool',
    content: [
      { type: 'tool-result', toolCallId: 'c1', toolName: 'list_orders', output: { type: 'json', value: rows } },
    ],
  },
];
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const retrieveTool = { type: 'function', name: 'headroom_retrieve', inputSchema: {} };
const answer = () => scriptedModel([{ text: 'All is well.', usage: { inputTokens: 50, outputTokens: 5 } }]);
const sentText = (model: ReturnType<typeof answer>, call = 0): string => JSON.stringify(model.calls[call]?.prompt);

describe('HeadroomModel', () => {
  test('is the model that it wraps, in all that hosts read of it', () => {
    const underlying = Object.assign(answer(), { supportsStructuredOutputs: true, own: () => 'own' });
    const model = new HeadroomModel(underlying);
    expect(model.specificationVersion).toBe('v4');
    expect(model.provider).toBe('scripted.chat');
    expect(model.modelId).toBe('scripted-model');
    expect(model.supportedUrls).toBe(underlying.supportedUrls);
    expect(model.underlyingModel).toBe(underlying);
    expect(model.supportsStructuredOutputs).toBe(true);
    expect('supportsStructuredOutputs' in model).toBe(true);
    expect(model.own()).toBe('own');
    expect(isHeadroomModel(model)).toBe(true);
    expect(isHeadroomModel(underlying)).toBe(false);
  });

  test('hides no member of the model that it wraps but those that it says it has', () => {
    const names = ['call', 'end', 'wiring', 'options', 'clock', 'ledger', 'run'];
    const members = Object.fromEntries(names.map((name) => [name, () => `the model's ${name}`]));
    const model = new HeadroomModel({ ...answer(), ...members }) as unknown as Readonly<Record<string, () => string>>;
    expect(names.map((name) => model[name]?.())).toEqual(names.map((name) => `the model's ${name}`));
  });

  test('works behind a proxy that calls its methods as its own', async () => {
    const model = new Proxy(new HeadroomModel(answer()), {});
    await model.doGenerate({ prompt });
    expect(model.getSavingsSummary().totalRequests).toBe(1);
    expect(model.totalTokensSaved).toBeGreaterThan(0);
  });

  test('sends a smaller prompt, and leaves out only what the model can ask for in that very call', async () => {
    const underlying = answer();
    const model = new HeadroomModel(underlying);
    await model.doGenerate({ prompt });
    await model.doGenerate({ prompt, tools: [retrieveTool] });
    await model.doGenerate({ prompt, tools: [retrieveTool], toolChoice: { type: 'none' } } as never);
    expect(sentText(underlying, 0)).not.toContain('left out');
    expect(sentText(underlying, 1)).toContain('left out');
    expect(sentText(underlying, 2)).toBe(sentText(underlying, 1));
    const id = /headroom_retrieve with id \\"([0-9a-f]{24})\\"/.exec(sentText(underlying, 1))?.[1] ?? '';
    expect(await model.store.get(id, model.scope)).toEqual({ status: 'found', text: JSON.stringify(rows) });
  });

  test("keeps to loss: 'none' even where the model could ask", async () => {
    const underlying = answer();
    await new HeadroomModel(underlying, { loss: 'none' }).doGenerate({ prompt, tools: [retrieveTool] });
    expect(sentText(underlying)).not.toContain('left out');
  });

  test('takes options for one call, which never reach the provider', async () => {
    const underlying = answer();
    const model = new HeadroomModel(underlying);
    const recorded = recordEvents(model.events);
    const providerOptions = { headroom: { mode: 'off', runId: 'run_7' }, openai: { store: false } };
    await model.doGenerate({ prompt, providerOptions } as never);
    await model.doGenerate({ prompt, providerOptions: { headroom: { mode: 'audit' } } } as never);
    expect(underlying.calls[0]).toEqual({ prompt, providerOptions: { openai: { store: false } } });
    expect(underlying.calls[0]?.prompt).toBe(prompt);
    expect(underlying.calls[1]).toEqual({ prompt });
    expect(recorded.map(({ type, runId }) => [type, runId])).toEqual([
      ['model.start', 'run_7'],
      ['model.end', 'run_7'],
      ['compression.end', undefined],
      ['model.start', undefined],
      ['model.end', undefined],
    ]);
    expect(model.totalTokensSaved).toBe(0);
  });

  test('goes on without options for one call that it does not understand, and reports them', async () => {
    const model = new HeadroomModel(answer());
    const recorded = recordEvents(model.events);
    await model.doGenerate({ prompt, providerOptions: { headroom: { lose: 'all' } } } as never);
    expect(recorded.find(({ type }) => type === 'fault')).toMatchObject({ where: 'call-options' });
    expect(model.totalTokensSaved).toBeGreaterThan(0);
  });

  test('tells what a call used, and how it ended', async () => {
    const model = new HeadroomModel(answer());
    const recorded = recordEvents(model.events);
    const { stream } = await model.doStream({ prompt });
    for await (const _part of stream);
    expect(recorded.map(({ type }) => type)).toEqual(['compression.end', 'model.start', 'model.end']);
    expect(recorded[2]).toMatchObject({
      type: 'model.end',
      streaming: true,
      outcome: 'ok',
      finishReason: 'stop',
      usage: { inputTokens: 50, outputTokens: 5 },
      timeToFirstChunkMs: expect.any(Number),
    });
    assertPaired(recorded);
  });

  test('counts the savings of a prompt once, however often the host has to try', async () => {
    const failing = scriptedModel([{ error: new Error('overloaded') }, { text: 'Now.' }]);
    const model = new HeadroomModel(failing);
    const recorded = recordEvents(model.events);
    await expect(model.doGenerate({ prompt })).rejects.toThrow('overloaded');
    await model.doGenerate({ prompt });
    await model.doGenerate({ prompt });
    const ends = recorded.filter((event) => event.type === 'compression.end');
    expect(ends.map(({ isRetry }) => isRetry)).toEqual([false, true, false]);
    expect(model.getSavingsSummary().totalRequests).toBe(2);
    expect(failing.calls[0]?.prompt).toEqual(failing.calls[1]?.prompt);
  });

  test('attributes each call to the run that makes it, while runs interleave', async () => {
    const model = new HeadroomModel(answer());
    const recorded = recordEvents(model.events);
    await Promise.all(
      ['run_a', 'run_b'].map((runId) =>
        withinRun({ runId }, async () => {
          await model.doGenerate({ prompt });
          await model.doGenerate({ prompt });
        }),
      ),
    );
    const runs = recorded.filter(({ type }) => type === 'model.end').map(({ runId }) => String(runId));
    expect(runs.toSorted(byText)).toEqual(['run_a', 'run_a', 'run_b', 'run_b']);
    expect(model.metricsHistory.map(({ runId }) => String(runId)).toSorted(byText)).toEqual([
      'run_a',
      'run_a',
      'run_b',
      'run_b',
    ]);
  });

  test('compresses once when it is wrapped twice', async () => {
    const underlying = answer();
    const inner = new HeadroomModel(underlying);
    const outer = new HeadroomModel(inner);
    await outer.doGenerate({ prompt });
    expect(outer.underlyingModel).toBe(underlying);
    expect(outer.getSavingsSummary().totalRequests).toBe(1);
    expect(inner.getSavingsSummary().totalRequests).toBe(0);
  });

  test('keeps totals right beyond the hundred calls that it remembers', async () => {
    const model = new HeadroomModel(answer());
    for (let call = 0; call < 130; call++) await model.doGenerate({ prompt });
    const summary = model.getSavingsSummary();
    expect(model.metricsHistory).toHaveLength(100);
    expect(summary.totalRequests).toBe(130);
    expect(summary.totalTokensSaved).toBe(model.totalTokensSaved);
    expect(summary.totalTokensSaved).toBe(130 * (model.metricsHistory[0]?.tokensSaved ?? 0));
    expect(summary.averageSavingsPercent).toBeCloseTo(summary.savingsPercent, 6);
    model.reset();
    expect(model.getSavingsSummary()).toMatchObject({
      totalRequests: 0,
      totalTokensSaved: 0,
      averageSavingsPercent: 0,
    });
    expect(model.metricsHistory).toEqual([]);
  });

  test('ends a stream that nobody reads when its time is up', async () => {
    const clock = fixedClock();
    const events = new EventBus({ clock });
    const recorded = recordEvents(events);
    const model = new HeadroomModel(answer(), { events, clock, callTimeToLiveMs: 1_000 });
    const { stream } = await model.doStream({ prompt });
    clock.advance(1_001);
    expect(recorded.at(-1)).toMatchObject({ type: 'model.end', outcome: 'aborted', endedBy: 'time-to-live' });
    for await (const _part of stream);
    assertPaired(recorded);
  });

  test('passes on a prompt that is none', async () => {
    const underlying = answer();
    await new HeadroomModel(underlying).doGenerate({ prompt: undefined } as never);
    expect(underlying.calls[0]?.prompt).toBeUndefined();
  });

  test.each<[string, unknown, unknown, string]>([
    ['a name in place of a model', 'gpt-4o', {}, 'invalid-model'],
    ['nothing in place of a model', undefined, {}, 'invalid-model'],
    ['an unknown option', answer(), { thresh: 1 }, 'unknown-option'],
    ['a bus that is none', answer(), { events: {} }, 'invalid-option'],
    ['a loss that does not exist', answer(), { loss: 'some' }, 'invalid-option'],
  ])('throws while wiring for %s', (_title, model, options, code) => {
    const wire = () => new HeadroomModel(model as never, options as never);
    expect(wire).toThrow(HeadroomError);
    expect(wire).toThrow(expect.objectContaining({ code }));
  });

  describe('results that come again', () => {
    const secret = 'swordfish';
    const page = Array.from({ length: 80 }, (_, index) => `${index * 7_919} ${secret} on line ${index}`).join('\n');
    const read = (id: string, value: string) => [
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: id, toolName: 'read', input: {} }] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: id, toolName: 'read', output: { type: 'text', value } }],
      },
    ];
    const twice = [...read('c1', page), ...read('c2', `${page}\nand one more`)];

    test('refer to the earlier one, and no event tells what either says', async () => {
      const underlying = answer();
      const model = new HeadroomModel(underlying);
      const recorded = recordEvents(model.events);
      await model.doGenerate({ prompt: twice });
      expect(sentText(underlying)).toContain('the result of read, 1 tool result earlier');
      expect(recorded.find(({ type }) => type === 'compression.end')).toMatchObject({
        decisions: [{}, { strategy: 'earlier-result' }],
      });
      expect(JSON.stringify(recorded)).not.toContain(secret);
      expect(JSON.stringify([model.metricsHistory, model.getSavingsSummary()])).not.toContain(secret);
    });

    test.each<[string, object]>([
      ["Anthropic's context editing", { anthropic: { contextManagement: { edits: [{ type: 'clear_tool_uses' }] } } }],
      ["OpenAI's truncation", { openai: { truncation: 'auto' } }],
      ['the call', { headroom: { references: false } }],
    ])('are sent in full where %s may drop the earlier one', async (_title, providerOptions) => {
      const underlying = answer();
      const model = new HeadroomModel(underlying);
      await model.doGenerate({ prompt: twice, providerOptions } as never);
      expect(sentText(underlying)).not.toContain('earlier');
    });

    test('refer all the same where the provider is told not to drop anything', async () => {
      const underlying = answer();
      const providerOptions = { openai: { truncation: 'disabled' }, anthropic: { contextManagement: null } };
      await new HeadroomModel(underlying).doGenerate({ prompt: twice, providerOptions } as never);
      expect(sentText(underlying)).toContain('1 tool result earlier');
    });
  });

  test('holds results to the limits of the model, and of the call', async () => {
    const underlying = answer();
    const model = new HeadroomModel(underlying, { maxTokens: 600, tools: { other: { maxTokens: 50, minTokens: 0 } } });
    const recorded = recordEvents(model.events);
    await model.doGenerate({ prompt, tools: [retrieveTool] });
    const own = { headroom: { maxTokens: 250 } };
    await model.doGenerate({ prompt, tools: [retrieveTool], providerOptions: own } as never);
    await model.doGenerate({ prompt });
    const decisions = recorded.flatMap((event) => (event.type === 'compression.end' ? event.decisions : []));
    expect(decisions.map(({ tokensAfter }) => tokensAfter <= 600)).toEqual([true, true, false]);
    expect(decisions[1]?.tokensAfter).toBeLessThanOrEqual(250);
    expect(decisions.map(({ isOverMax }) => isOverMax)).toEqual([undefined, undefined, true]);
  });

  test('puts originals where it was told to', async () => {
    const store = createMemoryStore();
    const model = new HeadroomModel(answer(), { store, scope: 'tenant-1' });
    await model.doGenerate({ prompt, tools: [retrieveTool] });
    expect(model.store).toBe(store);
    expect(model.scope).toBe('tenant-1');
  });
});
