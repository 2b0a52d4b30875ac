import { smoothStream } from 'ai';
import { describe, expect, it } from 'vitest';
import { createHeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import type { PostHook, PreHook, RunInput, RunOutput } from '../../src/hooks/hook.ts';
import { HeadroomStopError } from '../../src/hooks/stop-error.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { assertPaired, fixedClock, recordEvents } from '../../src/testing.ts';
import { createAgentRig, lookThenAnswer } from './agent-rig.ts';
import { AI_6, AI_7, type LoopAgent } from './ai-sdk-version.ts';
import { scriptedProvider } from './scripted-provider.ts';

for (const version of [AI_7, AI_6]) {
  describe(`Agent on ${version.name}`, () => {
    for (const how of ['generate', 'stream'] as const) {
      const run = async (agent: LoopAgent, call: object = { prompt: 'How is the shop?' }): Promise<string> =>
        how === 'generate' ? (await agent.generate(call)).text : readText(agent, call);

      it(`${how}: tells pre hooks before the model is called and post hooks when the answer is there`, async () => {
        const told: unknown[] = [];
        const preHooks: PreHook[] = [
          async (input) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            told.push(['first', input, provider.calls.length]);
          },
          { preRun: (input) => void told.push(['second', input, provider.calls.length]) },
        ];
        const postHooks: PostHook[] = [
          async (output) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            told.push(['third', output, provider.calls.length]);
          },
          { postRun: (output) => void told.push(['fourth', output, provider.calls.length]) },
        ];
        const { agent, provider } = createAgentRig(version, { preHooks, postHooks });
        expect(await run(agent)).toBe('All is well.');

        const [[, first]] = told as [[string, RunInput]];
        const input = {
          runId: first.runId,
          agent: 'shopkeeper',
          provider: 'scripted.chat',
          model: 'scripted-model',
          input: 'How is the shop?',
        };
        const output = {
          runId: first.runId,
          agent: 'shopkeeper',
          outcome: 'ok',
          finishReason: 'stop',
          stepCount: 2,
          output: 'All is well.',
          usage: { inputTokens: 300, outputTokens: 30 },
        };
        expect(told).toMatchObject([
          ['first', input, 0],
          ['second', input, 0],
          ['third', output, 2],
          ['fourth', output, 2],
        ]);
        expect(first.runId).toMatch(/^run_/);
      });

      it(`${how}: a pre hook that throws a HeadroomStopError keeps the run from starting`, async () => {
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const stop = new HeadroomStopError('Nothing is left of the budget.');
        const guard: PreHook = () => {
          throw stop;
        };
        for (const preHooks of [[hooks.preHook, guard], [guard, hooks.preHook], [() => Promise.reject(stop)]]) {
          const outputs: RunOutput[] = [];
          const postHooks = [hooks.postHook, (output: RunOutput) => void outputs.push(output)];
          const { agent, provider } = createAgentRig(version, { preHooks, postHooks });
          await expect(run(agent)).rejects.toBe(stop);
          expect(provider.calls).toEqual([]);
          expect(outputs).toMatchObject([{ outcome: 'aborted', error: stop }]);
        }
        const aborted = { outcome: 'aborted', modelCallCount: 0 };
        expect(events.filter(({ type }) => type === 'run.end')).toMatchObject([aborted, aborted, aborted]);
        expect(events.filter(({ type }) => type === 'fault')).toEqual([]);
        assertPaired(events);
      });

      it(`${how}: a hook that fails in any other way is reported, and the run goes on`, async () => {
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const told: RunOutput[] = [];
        const { agent } = createAgentRig(version, {
          preHooks: [
            () => {
              throw new TypeError('A pre hook failed.');
            },
            hooks.preHook,
          ],
          postHooks: [
            () => Promise.reject(new RangeError('A post hook failed.')),
            hooks.postHook,
            (output: RunOutput) => void told.push(output),
          ],
        });
        expect(await run(agent)).toBe('All is well.');
        expect(told).toHaveLength(1);
        expect(events.filter(({ type }) => type === 'fault')).toMatchObject([
          { where: 'hook', errorName: 'TypeError', runId: told[0]?.runId },
          { where: 'hook', errorName: 'RangeError', runId: told[0]?.runId },
        ]);
        assertPaired(events);
      });

      it(`${how}: calls every callback of the user's, of the settings and of the call`, async () => {
        const called: string[] = [];
        const note = (name: string) => () => void called.push(name);
        const hooks = createHeadroomHooks();
        const settings = {
          onStepFinish: note('step of the settings'),
          onFinish: note('finish of the settings'),
          ...(version === AI_7 ? { onToolExecutionStart: note('tool of the settings') } : {}),
        };
        const call = {
          prompt: 'How is the shop?',
          onStepFinish: note('step of the call'),
          ...(version === AI_7
            ? { onToolExecutionStart: note('tool of the call'), onToolExecutionEnd: note('tool end of the call') }
            : { experimental_onToolCallStart: note('tool of the call') }),
        };
        const bare = createAgentRig(version, settings);
        await run(bare.agent, call);
        const calledWithoutHooks = called.splice(0);
        const hooked = createAgentRig(version, { ...settings, preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
        await run(hooked.agent, call);
        expect(called).toEqual(calledWithoutHooks);
        const versionCalls = version === AI_7 ? ['tool of the settings', 'tool end of the call'] : [];
        expect(new Set(called)).toEqual(
          new Set([
            'step of the settings',
            'step of the call',
            'finish of the settings',
            'tool of the call',
            ...versionCalls,
          ]),
        );
      });
    }

    it('tells the hooks of an agent inside a tool whose run it works for', async () => {
      const told: RunInput[] = [];
      const hookSettings = { preHooks: [(input: RunInput) => void told.push(input)] };
      const { sdk } = version;
      const look = sdk.tool({
        inputSchema: sdk.jsonSchema({ type: 'object', properties: {} }),
        execute: () => readText(createAgentRig(version, { ...hookSettings, id: 'helper' }).agent, { prompt: 'Look.' }),
      });
      const { agent } = createAgentRig(version, { ...hookSettings, tools: { look } });
      await agent.generate({ prompt: 'How is the shop?' });
      const [outer, inner] = told;
      expect(told).toMatchObject([{ agent: 'shopkeeper' }, { agent: 'helper', parentRunId: outer?.runId }]);
      expect(outer?.parentRunId).toBeUndefined();
      expect(inner?.runId).not.toBe(outer?.runId);
    });

    it('stream: keeps the transforms of the call, and sees what they let through', async () => {
      const outputs: RunOutput[] = [];
      const { agent } = createAgentRig(version, { postHooks: [(output: RunOutput) => void outputs.push(output)] });
      const shout = (): TransformStream =>
        new TransformStream({
          transform(part: { readonly type: string; readonly text?: string }, controller) {
            controller.enqueue(part.type === 'text-delta' ? { ...part, text: part.text?.toUpperCase() } : part);
          },
        });
      for (const transform of [shout, [shout, smoothStream({ delayInMs: null })]]) {
        const { text } = await agent.stream({ prompt: 'How is the shop?', experimental_transform: transform });
        expect(await text).toBe('ALL IS WELL.');
      }
      expect(outputs).toMatchObject([{ output: 'ALL IS WELL.' }, { output: 'ALL IS WELL.' }]);
    });

    it('stream: an error in the last step ends the run as an error, unless the model came to an end all the same', async () => {
      const outputs: RunOutput[] = [];
      const provider = scriptedProvider(version.specificationVersion, lookThenAnswer);
      const failing = { at: 1, finishReason: 'other' };
      const model = {
        ...provider,
        async doStream(call: never) {
          const { stream } = await provider.doStream(call);
          const fails = provider.calls.length - 1 === failing.at;
          return { stream: fails ? stream.pipeThrough(errorBeforeFinish(failing.finishReason)) : stream };
        },
      };
      const { agent } = createAgentRig(version, {
        model,
        postHooks: [(output: RunOutput) => void outputs.push(output)],
      });
      await readText(agent, { prompt: 'How is the shop?' });
      Object.assign(failing, { at: 3, finishReason: 'stop' });
      await readText(agent, { prompt: 'How is the shop?' });
      expect(outputs).toMatchObject([
        { outcome: 'error', finishReason: 'other', stepCount: 2 },
        { outcome: 'ok', finishReason: 'stop', stepCount: 2 },
      ]);
    });

    it('stream: an abort ends the run even when its reader has left', async () => {
      const hooks = createHeadroomHooks();
      const events = recordEvents(hooks.events);
      const provider = scriptedProvider(version.specificationVersion, lookThenAnswer);
      const model = new HeadroomModel(provider, { events: hooks.events });
      const { agent } = createAgentRig(version, { model, preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
      const controller = new AbortController();
      const { fullStream } = await agent.stream({ prompt: 'How is the shop?', abortSignal: controller.signal });
      for await (const part of fullStream) if (part.type === 'text-delta') break;
      controller.abort();
      expect(events.filter(({ type }) => type === 'run.end')).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(events.filter(({ type }) => type === 'run.end')).toMatchObject([{ outcome: 'aborted', endedBy: 'host' }]);
      assertPaired(events);
    });

    it('ends a run that its reader abandoned when its time to live is over', async () => {
      const clock = fixedClock();
      const hooks = createHeadroomHooks({ clock, runTimeToLiveMs: 60_000 });
      const events = recordEvents(hooks.events);
      const { agent } = createAgentRig(version, { preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
      const { fullStream } = await agent.stream({ prompt: 'How is the shop?' });
      for await (const part of fullStream) if (part.type === 'text-delta') break;
      clock.advance(59_999);
      expect(events.some(({ type }) => type === 'run.end')).toBe(false);
      clock.advance(1);
      expect(events.filter(({ type }) => type === 'run.end')).toMatchObject([
        { outcome: 'aborted', endedBy: 'time-to-live' },
      ]);
    });
  });
}

async function readText(agent: LoopAgent, call: object): Promise<string> {
  const result = await agent.stream(call);
  return await result.text;
}

/** Some packages report an error of the provider, and then an end of the stream that does not say so. */
function errorBeforeFinish(finishReason: string): TransformStream {
  return new TransformStream({
    transform(part: { readonly type: string }, controller) {
      if (part.type !== 'finish') {
        controller.enqueue(part);
        return;
      }
      controller.enqueue({ type: 'error', error: new Error('overloaded') });
      controller.enqueue({ ...part, finishReason: { unified: finishReason, raw: finishReason } });
    },
  });
}
