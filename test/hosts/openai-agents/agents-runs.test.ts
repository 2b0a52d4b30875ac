import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RunInput, RunOutput } from '../../../src/hooks/hook.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { assertPaired } from '../../../src/testing.ts';
import type { Script } from '../scripted-provider.ts';
import { requestRows } from '../service-log.ts';
import { until } from '../until.ts';
import { namedModelDriver } from './agents-drivers.ts';
import { AGENTS_VERSIONS, NEWEST, type SdkRunner } from './agents-version.ts';
import { answers, callsOnce, createAgentsRig, readAll, toolOf } from './agents-rig.ts';

const ROWS = JSON.stringify(requestRows(80), undefined, 2);

for (const version of AGENTS_VERSIONS) {
  const { host: testedHost, name } = version;
  const meta = { testedHost, driver: namedModelDriver(version).name };
  describe(`Runs of ${name}`, { meta }, () => {
    for (const stream of [false, true]) {
      const how = stream ? 'stream' : 'generate';

      it(`${how}: agents in tools have runs of their own, at once and within each other`, async () => {
        const asksBoth: Script = ({ answerCount }) =>
          answerCount === 0
            ? {
                toolCalls: [
                  { toolName: 'ask_reader', input: { input: 'Why?' } },
                  { toolName: 'ask_clerk', input: { input: 'When?' } },
                ],
              }
            : { text: 'Done.' };
        const rig = createAgentsRig(version, {
          scripts: {
            shop: asksBoth,
            reader: callsOnce('look'),
            clerk: callsOnce('ask_boy', { input: 'Where?' }),
            boy: callsOnce('look'),
          },
        });
        const look = toolOf(version, 'look', () => ROWS);
        const boy = rig.agent({ name: 'Boy', model: 'boy', tools: [look] });
        const clerk = rig.agent({
          name: 'Clerk',
          model: 'clerk',
          tools: [boy.asTool({ toolName: 'ask_boy', toolDescription: 'Asks.' })],
        });
        const reader = rig.agent({ name: 'Reader', model: 'reader', tools: [look] });
        const agent = rig.agent({
          tools: [
            reader.asTool({ toolName: 'ask_reader', toolDescription: 'Asks.' }),
            clerk.asTool({ toolName: 'ask_clerk', toolDescription: 'Asks.' }),
          ],
        });
        const result = await rig.runner.run(agent, 'What happened?', { stream });
        if (stream) await readAll(result);
        expect(result.finalOutput).toBe('Done.');
        const ends = new Map(rig.all('run.end').map((end) => [end.agent, end]));
        const idOf = (agentName: string): string | undefined => ends.get(agentName)?.runId;
        expect(ends.size).toBe(4);
        expect(ends.get('Shopkeeper')).toMatchObject({ parentRunId: undefined, modelCallCount: 2, toolCallCount: 2 });
        expect(ends.get('Reader')).toMatchObject({
          parentRunId: idOf('Shopkeeper'),
          modelCallCount: 2,
          toolCallCount: 1,
        });
        expect(ends.get('Clerk')).toMatchObject({
          parentRunId: idOf('Shopkeeper'),
          modelCallCount: 2,
          toolCallCount: 1,
        });
        expect(ends.get('Boy')).toMatchObject({ parentRunId: idOf('Clerk'), modelCallCount: 2, toolCallCount: 1 });
        for (const agentName of ['Reader', 'Boy']) {
          expect(ends.get(agentName)?.savings.tokensSaved).toBeGreaterThan(0);
        }
        assertPaired(rig.events);
      });

      it(`${how}: an agent in a tool that fails ends its own run as an error, and an abort ends both`, async () => {
        const failed = [{ rejection: new Error('Busy.') }, ['error', 'ok']] as const;
        const aborted = [{ hangs: true }, ['aborted', 'aborted']] as const;
        // The oldest does not hand an abort on to an agent in a tool.
        for (const [ending, outcomes] of version === NEWEST ? [failed, aborted] : [failed]) {
          const controller = new AbortController();
          const reads: Script = () => {
            if ('hangs' in ending) setTimeout(() => controller.abort(), 5);
            return ending;
          };
          const rig = createAgentsRig(version, {
            scripts: { shop: callsOnce('ask', { input: 'Why?' }), reader: reads },
          });
          const reader = rig.agent({ name: 'Reader', model: 'reader' });
          const agent = rig.agent({ tools: [reader.asTool({ toolName: 'ask', toolDescription: 'Asks.' })] });
          await rig.runner
            .run(agent, 'What happened?', { stream, signal: controller.signal })
            .then((result) => (stream ? readAll(result) : result))
            .catch(() => {});
          await until(() => rig.all('run.end').length === 2);
          const ends = rig.all('run.end').toSorted((a, b) => String(a.agent).localeCompare(String(b.agent)));
          expect(ends.map(({ agent: agentName, outcome }) => [agentName, outcome])).toEqual([
            ['Reader', outcomes[0]],
            ['Shopkeeper', outcomes[1]],
          ]);
          expect(ends[0]?.parentRunId).toBe(ends[1]?.runId);
          expect(rig.all('tool.end')).toMatchObject([{ outcome: outcomes[0] }]);
          assertPaired(rig.events);
        }
      });

      it(`${how}: an agent that a tool runs by itself has a run under it, by whichever runner`, async () => {
        const rig = createAgentsRig(version, { scripts: { shop: callsOnce('ask'), reader: answers } });
        const reader = rig.agent({ name: 'Reader', model: 'reader' });
        const ask = toolOf(version, 'ask', async () => {
          const result = await rig.alone.run(reader, 'Why?', { stream });
          return stream ? (await readAll(result)).finalOutput : result.finalOutput;
        });
        await rig.runner.run(rig.agent({ tools: [ask] }), 'What happened?');
        const [inner, outer] = rig.all('run.end');
        // Its model is not one of ours.
        expect(inner).toMatchObject({ agent: 'Reader', parentRunId: outer?.runId, outcome: 'ok', modelCallCount: 0 });
        expect(inner?.usage).toMatchObject({ inputTokens: 100, outputTokens: 10 });
        assertPaired(rig.events);
      });

      it(`${how}: an agent that a run is handed to has a run under it, and hands back to the first`, async () => {
        const triage: Script = ({ answerCount }) =>
          answerCount === 0 ? { toolCalls: [{ toolName: 'transfer_to_Billing', input: {} }] } : { text: 'Goodbye.' };
        const billing: Script = ({ answerCount }) =>
          answerCount === 1
            ? { toolCalls: [{ toolName: 'look', input: {} }] }
            : { toolCalls: [{ toolName: 'transfer_to_Triage', input: {} }] };
        const rig = createAgentsRig(version, { scripts: { triage, billing } });
        const handoffs: unknown[] = [];
        const look = toolOf(version, 'look', () => ROWS);
        const first = rig.agent({ name: 'Triage', model: 'triage', handoffs });
        handoffs.push(rig.agent({ name: 'Billing', model: 'billing', tools: [look], handoffs: [first] }));
        const result = await rig.runner.run(first, 'I want my money back.', { stream });
        if (stream) await readAll(result);
        expect(result.finalOutput).toBe('Goodbye.');
        expect(result.lastAgent).toBe(first);
        const [inner, outer] = rig.all('run.end');
        expect(rig.all('run.end')).toHaveLength(2);
        expect(inner).toMatchObject({ agent: 'Billing', outcome: 'ok', modelCallCount: 2, toolCallCount: 1 });
        expect(inner?.parentRunId).toBe(outer?.runId);
        expect(outer).toMatchObject({ agent: 'Triage', outcome: 'ok', finishReason: 'stop', modelCallCount: 2 });
        assertPaired(rig.events);
      });

      it(`${how}: a handoff that ends the run, by an answer or an error, ends both`, async () => {
        for (const [ending, outcome] of [
          [{ text: 'Done.' }, 'ok'],
          [{ rejection: new Error('Busy.') }, 'error'],
        ] as const) {
          const rig = createAgentsRig(version, {
            scripts: { shop: callsOnce('transfer_to_Billing'), billing: () => ending },
          });
          const agent = rig.agent({ handoffs: [rig.agent({ name: 'Billing', model: 'billing' })] });
          await rig.runner
            .run(agent, 'Hello', { stream })
            .then((result) => (stream ? readAll(result) : result))
            .catch(() => {});
          expect(rig.all('run.end')).toMatchObject([
            { agent: 'Billing', outcome, modelCallCount: 1 },
            { agent: 'Shopkeeper', outcome, modelCallCount: 1 },
          ]);
          assertPaired(rig.events);
        }
      });

      it(`${how}: a run that waits for an approval has ended, and what follows is a run of its own`, async () => {
        for (const isStored of [false, true]) {
          const rig = createAgentsRig(version, { scripts: { shop: callsOnce('pay') } });
          const agent = rig.agent({ tools: [toolOf(version, 'pay', () => 'Paid.', { needsApproval: true })] });
          let result = await rig.runner.run(agent, 'Pay.', { stream });
          if (stream) await readAll(result);
          expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'tool-calls', toolCallCount: 0 }]);
          const state = isStored ? await version.RunState.fromString(agent, result.state.toString()) : result.state;
          const [interruption] = (state as unknown as { getInterruptions(): readonly unknown[] }).getInterruptions();
          state.approve(interruption);
          result = await rig.runner.run(agent, state, { stream });
          if (stream) await readAll(result);
          expect(result.finalOutput).toBe('Done.');
          const [first, second] = rig.all('run.end');
          expect(rig.all('run.end')).toHaveLength(2);
          expect(second).toMatchObject({ outcome: 'ok', finishReason: 'stop', modelCallCount: 1, toolCallCount: 1 });
          expect(second?.runId).not.toBe(first?.runId);
          expect(second?.parentRunId).toBeUndefined();
          assertPaired(rig.events);
        }
      });

      it(`${how}: a run does not start when a pre hook stops it`, async () => {
        const told: RunOutput[] = [];
        const rig = createAgentsRig(version, {
          scripts: { shop: answers },
          options: {
            preHooks: [
              () => {
                throw new HeadroomStopError('Closed.');
              },
            ],
            postHooks: [(output) => void told.push(output)],
          },
        });
        await expect(rig.runner.run(rig.agent({}), 'Hello', { stream })).rejects.toThrow('Closed.');
        expect(rig.received('shop')).toEqual([]);
        expect(told).toMatchObject([{ outcome: 'aborted' }]);
      });

      it(`${how}: a run goes no further when a pre hook stops the agent that it is handed to`, async () => {
        const rig = createAgentsRig(version, {
          scripts: { shop: callsOnce('transfer_to_Billing'), billing: answers },
          options: {
            preHooks: [
              ({ agent }: RunInput) => {
                if (agent === 'Billing') throw new HeadroomStopError('Closed.');
              },
            ],
          },
        });
        const agent = rig.agent({ handoffs: [rig.agent({ name: 'Billing', model: 'billing' })] });
        const run = rig.runner.run(agent, 'Hello', { stream }).then((result) => (stream ? readAll(result) : result));
        await expect(run).rejects.toThrow('Closed.');
        expect(rig.received('billing')).toEqual([]);
      });

      it(`${how}: an agent in a tool that a pre hook stops is stopped alone`, async () => {
        const rig = createAgentsRig(version, {
          scripts: { shop: callsOnce('ask', { input: 'Why?' }), reader: answers },
          options: {
            preHooks: [
              ({ agent }: RunInput) => {
                if (agent === 'Reader') throw new HeadroomStopError('Closed.');
              },
            ],
          },
        });
        const reader = rig.agent({ name: 'Reader', model: 'reader' });
        const agent = rig.agent({ tools: [reader.asTool({ toolName: 'ask', toolDescription: 'Asks.' })] });
        const result = await rig.runner.run(agent, 'What happened?', { stream });
        if (stream) await readAll(result);
        expect(result.finalOutput).toBe('Done.');
        expect(rig.received('reader')).toEqual([]);
      });

      it(`${how}: a run that the SDK gives up ends as an error`, async () => {
        const rig = createAgentsRig(version, {
          scripts: { shop: () => ({ toolCalls: [{ toolName: 'look', input: {} }] }) },
        });
        const agent = rig.agent({ tools: [toolOf(version, 'look', () => ROWS)] });
        const run = rig.runner
          .run(agent, 'Hello', { stream, maxTurns: 2 })
          .then((result) => (stream ? readAll(result) : result));
        await expect(run).rejects.toThrow('turns');
        expect(rig.all('run.end')).toMatchObject([
          { outcome: 'error', errorType: 'MaxTurnsExceededError', modelCallCount: 2 },
        ]);
        assertPaired(rig.events);
      });

      it(`${how}: a run that a tool ends by its error ends as an error`, async () => {
        const rig = createAgentsRig(version, { scripts: { shop: callsOnce('look') } });
        const look = toolOf(version, 'look', () => Promise.reject(new Error('Down.')), { errorFunction: null });
        const run = rig.runner
          .run(rig.agent({ tools: [look] }), 'Hello', { stream })
          .then((result) => (stream ? readAll(result) : result));
        await expect(run).rejects.toThrow('Down.');
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'error', toolCallCount: 1 }]);
        assertPaired(rig.events);
      });
    }

    it('tells hooks what was asked and what was answered, and goes on when one throws', async () => {
      const told: (RunInput | RunOutput)[] = [];
      const broken = (): never => {
        throw new Error('A hook failed.');
      };
      const rig = createAgentsRig(version, {
        scripts: { shop: answers },
        options: {
          preHooks: [broken, (input) => void told.push(input)],
          postHooks: [broken, (output) => void told.push(output)],
        },
      });
      const { finalOutput } = await rig.runner.run(rig.agent({}), 'Hello');
      expect(finalOutput).toBe('Done.');
      expect(told).toMatchObject([
        { agent: 'Shopkeeper', model: 'shop', input: 'Hello' },
        { outcome: 'ok', finishReason: 'stop', output: 'Done.' },
      ]);
    });

    it('has no output checked once more', async () => {
      let checkCount = 0;
      const outputType = z.object({
        city: z.string().refine((city) => {
          checkCount += 1;
          return city !== '';
        }),
      });
      const told: unknown[] = [];
      const rig = createAgentsRig(version, {
        scripts: { shop: () => ({ text: '{"city":"Rome"}' }) },
        options: { postHooks: [({ output }) => void told.push(output)] },
      });
      const countIn = async (runner: SdkRunner): Promise<number> => {
        checkCount = 0;
        await runner.run(rig.agent({ outputType }), 'Where?');
        return checkCount;
      };
      expect(await countIn(rig.runner)).toBe(await countIn(rig.alone));
      expect(told).toEqual(['{"city":"Rome"}']);
    });

    it('sees the runs of a runner of a class of the user', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: answers } });
      class MyRunner extends version.Runner {}
      const runner = rig.headroom.attach(new MyRunner({ ...rig.runner.config }));
      await runner.run(rig.agent({}), 'Hello');
      expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', modelCallCount: 1 }]);
    });

    it('sees each run once however often its runner is attached, and none where it is not', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: answers } });
      const { modelProvider } = rig.runner.config;
      rig.headroom.attach(rig.runner);
      expect(rig.runner.config['modelProvider']).toBe(modelProvider);
      await rig.alone.run(rig.agent({}), 'Hello');
      expect(rig.events).toEqual([]);
      await rig.runner.run(rig.agent({}), 'Hello');
      expect(rig.all('run.end')).toHaveLength(1);
      expect(rig.all('model.end')).toHaveLength(1);
    });

    it('names runs by their session, else by their group', async () => {
      const rig = createAgentsRig(version, { scripts: { shop: answers }, config: { groupId: 'group-1' } });
      await rig.runner.run(rig.agent({}), 'Hello', { session: new version.MemorySession({ sessionId: 'session-1' }) });
      await rig.runner.run(rig.agent({}), 'Hello');
      expect(rig.all('run.end').map(({ sessionId }) => sessionId)).toEqual(['session-1', 'group-1']);
    });

    it('says what a run used where no model compresses', async () => {
      const usage = { inputTokens: 900, outputTokens: 40, cacheReadTokens: 600, reasoningTokens: 7 };
      const rig = createAgentsRig(version, {
        scripts: { shop: () => ({ text: 'Done.', usage }) },
        options: { compression: false },
      });
      expect(rig.headroom.tools).toEqual([]);
      await rig.runner.run(rig.agent({}), 'Hello');
      expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'stop', usage }]);
      expect(rig.all('model.end')).toEqual([]);
    });
  });
}
