import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { describe, expect, it } from 'vitest';
import {
  createHeadroomExtension,
  headroomTools,
  type HeadroomExtensionOptions,
} from '../../../src/adapters/openai-agents.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { assertPaired } from '../../../src/testing.ts';
import { acceptedOptions, WRONG_COMPRESSION } from '../accepted-options.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { logLines, requestRows } from '../service-log.ts';
import { namedModelDriver } from './agents-drivers.ts';
import { AGENTS_VERSIONS, NEWEST, type SdkRunner } from './agents-version.ts';
import { answers, callsOnce, createAgentsRig, itemsOf, readAll, resultTexts, toolOf } from './agents-rig.ts';
import { ScriptedAgentsModel } from './scripted-agents-model.ts';

const ROWS = JSON.stringify(requestRows(80), undefined, 2);
const LOG = logLines(1_500);
const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';

for (const version of AGENTS_VERSIONS) {
  const { host: testedHost, name } = version;
  const meta = { testedHost, driver: namedModelDriver(version).name };
  describe(`Models of ${name}`, { meta }, () => {
    it('sends a model a tool result in fewer tokens, and keeps the raw one in the run', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: callsOnce('look') } });
      const agent = rig.agent({ tools: [toolOf(version, 'look', () => ROWS)] });
      const { history } = await rig.runner.run(agent, 'What failed?');
      const [shown = ''] = resultTexts(rig.received('shop')[1]);
      expect(shown.length).toBeLessThan(ROWS.length * 0.7);
      expect(JSON.stringify(history)).toContain(JSON.stringify(ROWS).slice(1, -1));
    });

    it('hands a model all else as it is: other items, other fields, frozen or not', async () => {
      const others = [
        { role: 'user', content: 'What failed?' },
        { type: 'reasoning', content: [], providerData: { encrypted_content: 'secret' } },
        { type: 'function_call', callId: 'c1', name: 'look', arguments: '{}', status: 'completed' },
        { type: 'shell_call_output', callId: 'c2', output: [{ stdout: ROWS, stderr: '', outcome: { type: 'exit' } }] },
      ];
      const image = { type: 'input_image', image: PICTURE };
      const results = [
        { type: 'function_call_result', callId: 'c1', name: 'look', status: 'completed', output: ROWS },
        { type: 'function_call_result', callId: 'c3', name: 'look', output: { type: 'text', text: ROWS, detail: 1 } },
        { type: 'function_call_result', callId: 'c4', output: [{ type: 'input_text', text: ROWS, cache: 1 }, image] },
        { type: 'function_call_result', callId: 'c5', output: { type: 'image', image: PICTURE } },
      ];
      const input = deepFreeze([...others, ...results]);
      const request = Object.freeze({
        input,
        tools: [],
        handoffs: [],
        modelSettings: { truncation: 'auto' },
        more: {},
      });
      const received: (typeof request)[] = [];
      const model = {
        getResponse: async (got: typeof request) => {
          received.push(got);
          return { usage: {}, output: [] };
        },
        getStreamedResponse: () => readAllOf([]),
      };
      const { model: wrap } = createHeadroomExtension();
      await wrap(model).getResponse(request);
      const [got] = received;
      expect({ ...got, input: undefined }).toEqual({ ...request, input: undefined });
      for (const key of ['tools', 'handoffs', 'modelSettings', 'more'] as const) expect(got?.[key]).toBe(request[key]);
      for (const [index, item] of others.entries()) expect(got?.input[index]).toBe(item);
      const [text, inText, inList, picture] = (got?.input.slice(others.length) ?? []) as unknown as readonly [
        { readonly output: string },
        { readonly output: { readonly text: string } },
        { readonly output: readonly [{ readonly text: string }, unknown] },
        unknown,
      ];
      for (const shown of [text.output, inText.output.text, inList.output[0].text]) {
        expect(shown.length).toBeLessThan(ROWS.length * 0.7);
      }
      expect(text).toEqual({ ...results[0], output: text.output });
      expect(inText).toEqual({ ...results[1], output: { type: 'text', detail: 1, text: inText.output.text } });
      expect(inList.output[0]).toEqual({ type: 'input_text', cache: 1, text: inList.output[0].text });
      expect(inList.output[1]).toBe(image);
      expect(picture).toBe(results[3]);
    });

    it('hands a model the very request where there is nothing to rewrite', async () => {
      const model = new ScriptedAgentsModel(version, scriptedProvider('v3', answers));
      const { model: wrap } = createHeadroomExtension();
      const wrapped = wrap(model);
      for (const input of ['Hello', [{ role: 'user', content: 'Hello' }]]) {
        const request = { input, tools: [], modelSettings: {} };
        await wrapped.getResponse(request);
        expect(model.received.at(-1)).toBe(request);
        await readAll(Object.assign(wrapped.getStreamedResponse(request as never), { completed: undefined }) as never);
        expect(model.received.at(-1)).toBe(request);
      }
    });

    it('leaves a model what it is: of its class, with the members that it has and no others', async () => {
      const { model: wrap } = createHeadroomExtension();
      const plain = wrap(new ScriptedAgentsModel(version, scriptedProvider('v3', answers)));
      expect(plain).toBeInstanceOf(ScriptedAgentsModel);
      expect('getRetryAdvice' in plain).toBe(false);
      const openai = new version.OpenAIResponsesModel({} as never, 'gpt-5');
      const wrapped = wrap(openai);
      expect(wrapped).toBeInstanceOf(version.OpenAIResponsesModel);
      for (const key of ['getRetryAdvice', 'supportsPromptModelSelection']) {
        expect(key in wrapped).toBe(key in openai);
        expect(typeof Reflect.get(wrapped, key)).toBe(typeof Reflect.get(openai, key));
      }
    });

    it('tells what a model used with its parts, why it stopped, and when the first words came', async () => {
      const usage = { inputTokens: 900, outputTokens: 40, cacheReadTokens: 600, reasoningTokens: 7 };
      const rig = createAgentsRig(version, { scripts: { shop: () => ({ text: 'Done.', usage }) } });
      await rig.runner.run(rig.agent({}), 'Hello');
      await readAll(await rig.runner.run(rig.agent({}), 'Hello', { stream: true }));
      const [once, streamed] = rig.all('model.end');
      expect(once).toMatchObject({ model: 'shop', streaming: false, finishReason: 'stop', usage });
      expect(once?.timeToFirstChunkMs).toBeUndefined();
      expect(streamed).toMatchObject({ model: 'shop', streaming: true, finishReason: 'stop', usage });
      expect(streamed?.timeToFirstChunkMs).toBeGreaterThanOrEqual(0);
      expect(streamed?.timeToFirstChunkMs).toBeLessThanOrEqual(streamed?.durationMs ?? 0);
    });

    it('compresses once for a model by name, by object, of the runner, or wrapped twice', async () => {
      const script = callsOnce('look');
      const rig = createAgentsRig(version, { scripts: { shop: script } });
      const { model: wrap, modelProvider, attach } = rig.headroom;
      const wrapped = (): unknown =>
        wrap(new ScriptedAgentsModel(version, scriptedProvider('v3', script)), { modelId: 'shop' });
      const tools = [toolOf(version, 'look', () => ROWS)];
      const named = rig.agent({ tools });
      const plain = new ScriptedAgentsModel(version, scriptedProvider('v3', script));
      const provider = { getModel: async () => plain };
      const runnerWith = (config: Readonly<Record<string, unknown>>): SdkRunner =>
        attach(new version.Runner({ tracingDisabled: true, ...config }));
      const unnamed = new version.Agent({ name: 'Shopkeeper', instructions: 'Help.', tools });
      await rig.runner.run(named, 'Hello');
      await rig.runner.run(rig.agent({ tools, model: wrapped() }), 'Hello');
      await rig.runner.run(rig.agent({ tools, model: wrap(wrapped() as never) }), 'Hello');
      await runnerWith({ model: plain }).run(unnamed, 'Hello');
      await runnerWith({ model: wrapped() }).run(unnamed, 'Hello');
      await runnerWith({ modelProvider: modelProvider(modelProvider(provider)) }).run(named, 'Hello');
      const ends = rig.all('run.end');
      expect(ends).toHaveLength(6);
      for (const { modelCallCount, savings } of ends) {
        expect(modelCallCount).toBe(2);
        expect(savings).toEqual(ends[0]?.savings);
      }
      expect(rig.all('compression.end')).toHaveLength(12);
      assertPaired(rig.events);
    });

    for (const stream of [false, true]) {
      it(`${stream ? 'stream' : 'generate'}: compresses once where a HeadroomModel is in aisdk()`, async () => {
        const hooks = createHeadroomHooks();
        const provider = scriptedProvider('v3', callsOnce('look'));
        const inner = new HeadroomModel(provider, { events: hooks.events });
        const rig = createAgentsRig(version, { scripts: {}, hooks });
        const tools = [toolOf(version, 'look', () => ROWS)];
        for (const model of [aisdk(inner as never), rig.headroom.model(aisdk(inner as never), { modelId: 'gpt-5' })]) {
          const result = await rig.runner.run(rig.agent({ model, tools }), 'What failed?', { stream });
          if (stream) await readAll(result);
        }
        const [first, second] = rig.all('run.end');
        expect(rig.all('model.end').map(({ model }) => model)).toEqual([
          'scripted-model',
          'scripted-model',
          'gpt-5',
          'gpt-5',
        ]);
        expect(rig.all('compression.end')).toHaveLength(4);
        for (const end of [first, second]) {
          expect(end).toMatchObject({
            outcome: 'ok',
            modelCallCount: 2,
            usage: { inputTokens: 200, outputTokens: 20 },
          });
          expect(end?.savings.tokensSaved).toBeGreaterThan(0);
        }
        expect(inner.totalTokensSaved).toBe(first?.savings.tokensSaved);
        assertPaired(rig.events);
      });
    }

    it('answers a model that asks for what was left out, by us or by a HeadroomModel in aisdk()', async () => {
      const hooks = createHeadroomHooks();
      const provider = scriptedProvider('v3', asksForAll);
      const inner = aisdk(new HeadroomModel(provider, { events: hooks.events }) as never);
      const rig = createAgentsRig(version, { scripts: { shop: asksForAll }, hooks });
      const look = toolOf(version, 'look', () => LOG.join('\n'));
      for (const agent of [
        rig.agent({ tools: [look, ...rig.headroom.tools] }),
        rig.agent({ tools: [look, ...headroomTools(hooks)], model: inner }),
      ]) {
        const { history } = await rig.runner.run(agent, 'Which requests were slow?');
        expect(history).toContainEqual(
          expect.objectContaining({ name: 'headroom_retrieve', type: 'function_call_result' }),
        );
      }
      const ends = rig.all('run.end');
      expect(ends).toMatchObject([
        { outcome: 'ok', modelCallCount: 3, toolCallCount: 2 },
        { outcome: 'ok', modelCallCount: 3, toolCallCount: 2 },
      ]);
      expect(rig.all('retrieval.end')).toMatchObject(ends.map(({ runId }) => ({ outcome: 'found', runId })));
      const [, second, third] = rig.received('shop');
      expect(resultTexts(second)[0]?.length).toBeLessThan(LOG.join('\n').length / 3);
      expect(resultTexts(third)[1]).toContain(LOG[700]);
      expect(rig.all('fault')).toEqual([]);
    });

    it('leaves nothing out where an agent has not the tool, or with loss none', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: callsOnce('look') } });
      const look = toolOf(version, 'look', () => LOG.join('\n'));
      await rig.runner.run(rig.agent({ tools: [look] }), 'What failed?');
      expect(resultTexts(rig.received('shop')[1])[0]?.split('\n').length).toBeGreaterThanOrEqual(LOG.length);
      expect(createHeadroomExtension({ compression: { loss: 'none' } }).tools).toEqual([]);
      expect(createHeadroomExtension({ compression: { mode: 'audit' } }).tools).toEqual([]);
      expect(rig.headroom.tools.map((tool) => tool.name)).toEqual(['headroom_retrieve']);
    });

    it('answers any request for what was left out', async () => {
      const [tool] = createHeadroomExtension().tools;
      for (const input of ['', '{', 'null', '[]', '{"id":1}', '{"id":"0123"}']) {
        await expect(tool?.invoke(undefined, input)).resolves.toEqual(expect.any(String));
      }
    });

    it('sends the answer of a tool that threw as it is', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: callsOnce('look') } });
      const isDown = (): never => {
        throw new Error(`Down. ${ROWS}`);
      };
      const { history } = await rig.runner.run(rig.agent({ tools: [toolOf(version, 'look', isDown)] }), 'Hello');
      const kept = history.find((item) => (item as { type?: string }).type === 'function_call_result');
      expect(itemsOf(rig.received('shop')[1]).at(-1)).toEqual(kept);
      expect(rig.all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'error' }]);
    });

    it('leaves what a session keeps as it is without us, over several runs', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: callsOnce('look') } });
      const [session, sessionAlone] = [new version.MemorySession(), new version.MemorySession()];
      for (const stream of [false, true]) {
        for (const [runner, kept] of [
          [rig.runner, session],
          [rig.alone, sessionAlone],
        ] as const) {
          const agent = rig.agent({ tools: [toolOf(version, 'look', () => ROWS), ...rig.headroom.tools] });
          const result = await runner.run(agent, 'What failed?', { session: kept, stream });
          if (stream) await readAll(result);
        }
      }
      const items = JSON.stringify(await session.getItems());
      expect(items).toBe(JSON.stringify(await sessionAlone.getItems()));
      expect(items).toContain(JSON.stringify(ROWS).slice(1, -1));
      // What was sent in one run is sent the same in the next.
      const [, second, third] = rig.received('shop');
      expect(resultTexts(third)[0]).toBe(resultTexts(second)[0]);
    });

    it('makes no call beyond a budget', async () => {
      const excess = { rule: 'tokens', scope: 'run', value: 2, threshold: 1, unit: 'tokens' } as const;
      const options: HeadroomExtensionOptions = { compression: { budget: { exceededBy: () => excess } } };
      const rig = createAgentsRig(version, { scripts: { shop: answers }, options });
      await expect(rig.runner.run(rig.agent({}), 'Hello')).rejects.toMatchObject({ name: 'HeadroomBudgetError' });
      expect(rig.received('shop')).toEqual([]);
      expect(rig.all('run.end')).toMatchObject([{ outcome: 'aborted', modelCallCount: 0 }]);
    });

    // Its runner does not try again in the oldest.
    it.runIf(version === NEWEST)('counts once what was saved in a call that is made again', async () => {
      let failures = 0;
      const script: Script = (turn) => {
        failures += turn.answerCount === 1 ? 1 : 0;
        return turn.answerCount === 1 && failures === 1 ? { rejection: new Error('Busy.') } : callsOnce('look')(turn);
      };
      const rig = createAgentsRig(version, { scripts: { shop: script } });
      const retry = { maxRetries: 1, policy: () => ({ retry: true, delayMs: 0, approveUnsafeReplay: true }) };
      const agent = rig.agent({ tools: [toolOf(version, 'look', () => ROWS)], modelSettings: { retry } });
      await rig.runner.run(agent, 'What failed?');
      expect(rig.all('model.end').map(({ outcome }) => outcome)).toEqual(['ok', 'error', 'ok']);
      expect(rig.all('compression.end').map(({ isRetry }) => isRetry)).toEqual([false, false, true]);
      assertPaired(rig.events);
    });
  });
}

describe('createHeadroomExtension', () => {
  it('throws for what can not work', () => {
    expect(acceptedOptions(createHeadroomExtension, WRONG_COMPRESSION)).toEqual([]);
    const { attach } = createHeadroomExtension();
    for (const runner of [undefined, {}, NEWEST.Runner]) {
      expect(() => attach(runner as never)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
    }
  });

  it('throws for a runner that tells others of its runs already', () => {
    const runner = new NEWEST.Runner();
    expect(createHeadroomExtension().attach(runner)).toBe(runner);
    expect(() => createHeadroomExtension().attach(runner)).toThrow('attached already');
  });

  it('leaves a runner alone with compression false', () => {
    const before = { getModel: () => {} };
    const attached = createHeadroomExtension({ compression: false }).attach(
      new NEWEST.Runner({ modelProvider: before }),
    );
    expect(attached.config['modelProvider']).toBe(before);
  });
});

/** Looks, reads a notice, asks for the whole, and answers. */
const asksForAll: Script = ({ answerCount, prompt }) => {
  if (answerCount === 0) return { toolCalls: [{ toolName: 'look', input: {} }] };
  if (answerCount > 1) return { text: 'I have read all that I need.' };
  const [, id = ''] = /headroom_retrieve with id \\*"([0-9a-f]+)/.exec(JSON.stringify(prompt)) ?? [];
  return { toolCalls: [{ toolName: 'headroom_retrieve', input: { id } }] };
};

async function* readAllOf(events: readonly object[]): AsyncGenerator<object> {
  yield* events;
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
