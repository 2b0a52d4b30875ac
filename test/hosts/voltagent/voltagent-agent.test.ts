import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHeadroomAgentHooks, headroomToolkit } from '../../../src/adapters/voltagent.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import type { RunInput, RunOutput } from '../../../src/hooks/hook.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../../src/model/headroom-model.ts';
import { assertPaired } from '../../../src/testing.ts';
import { acceptedOptions } from '../accepted-options.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { logLines, requestRows } from '../service-log.ts';
import { until } from '../until.ts';
import { handleRejections } from './handle-rejections.ts';
import { createMemory, createRig, emptyTool, LOG, OWNER, readsLog, resultTexts, storedIn } from './voltagent-rig.ts';
import { NEWEST, VOLTAGENT_VERSIONS, type VoltAgentAgent, type VoltAgentObjectStream } from './voltagent-version.ts';

const QUESTION = 'Why did the checkout fail?';

for (const version of VOLTAGENT_VERSIONS) {
  const { host: testedHost, name } = version;
  const driver = `HeadroomModel and createHeadroomAgentHooks() in ${name}`;
  // The newest locks this stream itself, with us and without, and makes the object of it all the same.
  const objectOf = async (stream: VoltAgentObjectStream): Promise<unknown> => {
    if (version !== NEWEST) for await (const _part of stream.partialObjectStream);
    return stream.object;
  };
  describe(`An agent of ${name}`, { meta: { testedHost, driver } }, () => {
    it('can ask for what was left out of a tool result', async () => {
      const rig = createRig(version, readsLog({ asksForAll: true }));
      await rig.agent.generateText(QUESTION);
      const [first, second, third] = rig.provider.calls;
      expect(first?.tools?.map((tool) => tool.name).toSorted()).toEqual(['headroom_retrieve', 'read_log']);
      expect(first?.tools?.find((tool) => tool.name === 'headroom_retrieve')).toMatchObject({
        inputSchema: { type: 'object', properties: { id: { type: 'string' }, query: {} }, required: ['id'] },
      });
      const [shown = ''] = resultTexts(second);
      expect(shown.length).toBeLessThan(LOG.length / 3);
      expect(shown).toContain('upstream payment gateway timed out');
      expect(resultTexts(third)[1]).toContain(logLines(400)[200]);
      const [end] = rig.ends();
      expect(end).toMatchObject({ outcome: 'ok', modelCallCount: 3, toolCallCount: 2 });
      const asked = rig.events.filter(({ type }) => type === 'retrieval.end');
      expect(asked).toMatchObject([{ outcome: 'found', runId: end?.runId }]);
      expect(rig.faults()).toEqual([]);
      assertPaired(rig.events);
    });

    it('has no tool of ours, and reads all of a result, where nothing may be left out', async () => {
      for (const compression of [{ loss: 'none' }, { mode: 'audit' }] as const) {
        const rig = createRig(version, readsLog({}), { compression });
        await rig.agent.generateText(QUESTION);
        expect(rig.provider.calls[0]?.tools?.map((tool) => tool.name)).toEqual(['read_log']);
        expect(resultTexts(rig.provider.calls[1])[0]?.split('\n').length).toBeGreaterThan(300);
      }
    });

    it('stores every tool result as the tool gave it, and the rest as without us', async () => {
      const [memory, memoryAlone] = [createMemory(version), createMemory(version)];
      const rig = createRig(version, readsLog({}), { config: { memory } });
      const alone = createRig(version, readsLog({}), { config: { memory: memoryAlone }, isAlone: true });
      for (const { agent } of [rig, alone]) {
        await agent.generateText(QUESTION, OWNER);
        for await (const _part of (await agent.streamText('Since when?', OWNER)).fullStream);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      const stored = await storedIn(memory);
      expect(stored).toBe(await storedIn(memoryAlone));
      expect(stored.split(JSON.stringify(LOG).slice(1, -1))).toHaveLength(3);
    });

    it('is sent in a later run what it was sent in an earlier one', async () => {
      const rig = createRig(version, readsLog({}), { config: { memory: createMemory(version) } });
      // VoltAgent gives a stored result another shape than it had in its own run, and that one from then on.
      for (const prompt of [QUESTION, 'Since when?', 'Who knows?']) await rig.agent.generateText(prompt, OWNER);
      const [, , , second, , third] = rig.provider.calls;
      const [shown = ''] = resultTexts(second);
      expect(shown.length).toBeLessThan(LOG.length / 3);
      expect(resultTexts(third)[0]).toBe(shown);
    });

    it('is named, and its runs belong to the conversation', async () => {
      const rig = createRig(version, readsLog({}));
      const named = createRig(version, readsLog({}), { agentHooks: { agent: 'shopkeeper' } });
      await rig.agent.generateText(QUESTION, OWNER);
      await named.agent.generateText(QUESTION);
      const conversation = { sessionId: 'conversation-1', provider: 'scripted.chat', model: 'scripted-model' };
      expect(rig.ends()).toMatchObject([{ agent: 'agent', ...conversation }]);
      expect(named.ends()).toMatchObject([{ agent: 'shopkeeper' }]);
    });

    it('whose model is not wrapped has the usage of all its steps', async () => {
      const rig = createRig(version, readsLog({}), { compression: false, config: { toolkits: [] } });
      await rig.agent.generateText(QUESTION);
      for await (const _part of (await rig.agent.streamText(QUESTION)).fullStream);
      expect(rig.ends()).toMatchObject(
        [1, 2].map(() => ({ outcome: 'ok', stepCount: 2, usage: { inputTokens: 200, outputTokens: 20 } })),
      );
    });

    it('whose provider complains in the middle of a stream, and goes on to its end, has a run that is ok', async () => {
      const hooks = createHeadroomHooks();
      const provider = scriptedProvider('v3', () => ({ text: 'All is well.', errorPart: new Error('Slow.') }));
      const goesOn = new TransformStream<Readonly<Record<string, unknown>>, unknown>({
        transform: (part, controller) =>
          controller.enqueue(
            part['type'] === 'finish' ? { ...part, finishReason: { unified: 'stop', raw: 'stop' } } : part,
          ),
      });
      const complaining = {
        ...provider,
        doStream: async (call: never) => ({
          stream: (await provider.doStream(call)).stream.pipeThrough(goesOn),
        }),
      };
      const model = new HeadroomModel(complaining, { events: hooks.events });
      const rig = createRig(version, readsLog({}), { hooks, config: { model } });
      for await (const _part of (await rig.agent.streamText(QUESTION)).fullStream);
      expect(rig.ends()).toMatchObject([{ outcome: 'ok', finishReason: 'stop', modelCallCount: 1 }]);
      assertPaired(rig.events);
    });

    it('that gives an object has a run, however it ends', async () => {
      const schema = z.object({ order: z.number() });
      const rig = createRig(version, ({ userText }) =>
        userText === 'fail' ? { rejection: new Error('No.') } : { text: userText === 'odd' ? 'odd' : '{"order":37}' },
      );
      expect((await rig.agent.generateObject('ask', schema)).object).toEqual({ order: 37 });
      const stream = await rig.agent.streamObject('ask', schema);
      expect(await objectOf(stream)).toEqual({ order: 37 });
      await until(() => rig.ends().length === 2);
      await expect(rig.agent.generateObject('fail', schema)).rejects.toThrow('No.');
      await expect(rig.agent.generateObject('odd', schema)).rejects.toThrow('No object generated');
      const usage = { inputTokens: 100, outputTokens: 10 };
      expect(rig.ends()).toMatchObject([
        { outcome: 'ok', finishReason: 'stop', modelCallCount: 1, usage },
        { outcome: 'ok', modelCallCount: 1, usage },
        { outcome: 'error', errorType: 'Error' },
        { outcome: 'error', errorType: 'AI_NoObjectGeneratedError' },
      ]);
      expect(new Set(rig.events.map(({ runId }) => runId)).size).toBe(4);
      assertPaired(rig.events);
    });

    it('that streams an object, and fails or is aborted, has a run', async () => {
      const schema = z.object({ order: z.number() });
      const rig = createRig(version, ({ userText }) =>
        userText === 'hang' ? { text: '{"or', hangs: true } : { text: '{"or', errorPart: new Error('No.') },
      );
      const ask = async (prompt: string, abortSignal?: AbortSignal): Promise<void> => {
        const stream = await rig.agent.streamObject(prompt, schema, { abortSignal });
        handleRejections(stream);
        await objectOf(stream);
      };
      await ask('fail').catch(() => {});
      await until(() => rig.ends().length === 1);
      const controller = new AbortController();
      const aborted = ask('hang', controller.signal).catch(() => {});
      await until(() => rig.provider.calls.length === 2);
      controller.abort();
      await aborted;
      await until(() => rig.ends().length === 2);
      expect(rig.ends()).toMatchObject([{ outcome: 'error' }, { outcome: 'aborted' }]);
      assertPaired(rig.events);
    });

    it('tells its hooks what it was asked and what it answered', async () => {
      const told: (RunInput | RunOutput)[] = [];
      const hear = (of: RunInput | RunOutput): void => void told.push(of);
      const rig = createRig(version, readsLog({}), { agentHooks: { preHooks: [hear], postHooks: [hear] } });
      await rig.agent.generateText(QUESTION);
      expect(told).toMatchObject([
        { input: QUESTION, model: 'scripted-model' },
        { outcome: 'ok', output: 'It was the gateway.', finishReason: 'stop', runId: told[0]?.runId },
      ]);
    });

    it('does not start when a pre hook stops it, and the run ends as aborted', async () => {
      const stop = (): void => {
        throw new HeadroomStopError('Closed.');
      };
      for (const how of ['generateText', 'streamText'] as const) {
        const first = createRig(version, readsLog({}));
        const rig = createRig(version, readsLog({}), {
          hooks: first.hooks,
          agentHooks: { preHooks: [first.hooks.preHook, stop] },
        });
        const refusal: unknown = await rig.agent[how](QUESTION).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(refusal).toBeInstanceOf(HeadroomStopError);
        expect(rig.provider.calls).toEqual([]);
        expect(rig.ends()).toMatchObject([{ outcome: 'aborted' }]);
        assertPaired(rig.events);
      }
    });

    it('compresses results that are no text', async () => {
      const rows = { rows: requestRows(200) };
      const rig = createRig(
        version,
        ({ answerCount }) => (answerCount === 0 ? { toolCalls: [{ toolName: 'list', input: {} }] } : { text: 'Done.' }),
        { tools: [emptyTool(version, 'list', async () => rows)], compression: { loss: 'none' } },
      );
      await rig.agent.generateText('Which requests failed?');
      const [shown = ''] = resultTexts(rig.provider.calls[1]);
      expect(shown.length).toBeLessThan(JSON.stringify(rows).length * 0.7);
      expect(rig.ends()[0]?.savings.tokensSaved).toBeGreaterThan(0);
    });
  });
}

const newest = { testedHost: NEWEST.host, driver: `HeadroomModel and createHeadroomAgentHooks() in ${NEWEST.name}` };

describe('An agent of the newest VoltAgent that tries again', { meta: newest }, () => {
  const failsOnce = (script: Script): Script => {
    let failures = 0;
    return (turn) => {
      if (turn.answerCount !== 1 || failures > 0) return script(turn);
      failures += 1;
      return { rejection: new Error('Busy.') };
    };
  };
  const ask = {
    generate: async (agent: VoltAgentAgent) => void (await agent.generateText(QUESTION)),
    stream: async (agent: VoltAgentAgent) => {
      for await (const _part of (await agent.streamText(QUESTION)).fullStream);
    },
  };

  it('has one run when a call is tried again', async () => {
    const rig = createRig(NEWEST, failsOnce(readsLog({})), { config: { maxRetries: 1 } });
    await ask.generate(rig.agent);
    expect(rig.ends()).toMatchObject([{ outcome: 'ok', modelCallCount: 4, usage: { inputTokens: 300 } }]);
    assertPaired(rig.events);
  });

  for (const how of ['generate', 'stream'] as const) {
    it(`${how}: has one run when another model takes over`, async () => {
      const error = new Error('Down.');
      for (const failure of [{ rejection: error }, { brokenStream: error }]) {
        const rig = createRig(NEWEST, readsLog({}));
        const models = [scriptedProvider('v3', () => failure), rig.provider].map((model) => ({
          model: new HeadroomModel(model, { events: rig.hooks.events }),
          maxRetries: 0,
        }));
        const { hooks } = rig;
        const fallback = createRig(NEWEST, readsLog({}), { hooks, config: { model: models } });
        await ask[how](fallback.agent);
        expect({ failure, ends: rig.ends() }).toMatchObject({ failure, ends: [{ outcome: 'ok', modelCallCount: 3 }] });
        assertPaired(rig.events);
      }
    });
  }

  it('has one run when a middleware asks for another answer', async () => {
    const again = ({ retryCount, abort }: { retryCount: number; abort: (reason: string, how: object) => never }) =>
      retryCount === 0 ? abort('Say it again.', { retry: true }) : undefined;
    const rig = createRig(NEWEST, readsLog({}), { config: { outputMiddlewares: [again], maxMiddlewareRetries: 1 } });
    await ask.generate(rig.agent);
    expect(rig.ends()).toMatchObject([{ outcome: 'ok', modelCallCount: 4 }]);
    expect(rig.events.filter(({ type }) => type === 'run.start')).toHaveLength(1);
    expect(new Set(rig.events.map(({ runId }) => runId)).size).toBe(1);
    assertPaired(rig.events);
  });
});

describe('headroom-hooks/voltagent', () => {
  it('throws for what can not work', () => {
    expect(acceptedOptions(createHeadroomAgentHooks, [[]])).toEqual([]);
  });

  it('has a toolkit that is empty where nothing may be left out', () => {
    const toolNames = (options?: HeadroomModelOptions): readonly string[] =>
      headroomToolkit(new HeadroomModel(scriptedProvider('v3', readsLog({})), options)).tools.map((tool) => tool.name);
    expect(toolNames()).toEqual(['headroom_retrieve']);
    expect(toolNames({ loss: 'none' })).toEqual([]);
    expect(toolNames({ mode: 'off' })).toEqual([]);
  });
});
