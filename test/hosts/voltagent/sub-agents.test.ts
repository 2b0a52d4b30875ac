import { describe, expect, it } from 'vitest';
import { currentRun } from '../../../src/hooks/run-scope.ts';
import { assertPaired } from '../../../src/testing.ts';
import type { Script } from '../scripted-provider.ts';
import { until } from '../until.ts';
import { callsOnce, createRig, emptyTool, readsLog } from './voltagent-rig.ts';
import { VOLTAGENT_VERSIONS } from './voltagent-version.ts';

for (const version of VOLTAGENT_VERSIONS) {
  const { host: testedHost, name } = version;
  const driver = `HeadroomModel and createHeadroomAgentHooks() in ${name}`;
  describe(`An agent of ${name} and those that work for it`, { meta: { testedHost, driver } }, () => {
    for (const how of ['generate', 'stream'] as const) {
      it(`${how}: gives each agent that it delegates to a run under its own, side by side`, async () => {
        const readers = createRig(version, readsLog({}), { agentHooks: { agent: 'reader' } });
        const { hooks } = readers;
        const other = createRig(version, readsLog({}), { hooks, config: { name: 'writer' } });
        const supervisor = createRig(version, delegates('agent', 'writer'), {
          hooks,
          config: { name: 'supervisor', subAgents: [readers.agent, other.agent] },
        });
        // Two runs of the same agents at once.
        await Promise.all(
          ['Why?', 'When?'].map(async (prompt) => {
            if (how === 'generate') await supervisor.agent.generateText(prompt);
            else for await (const _text of (await supervisor.agent.streamText(prompt)).textStream);
          }),
        );
        await until(() => readers.ends().length === 6);
        const ends = readers.ends();
        const outer = ends.filter(({ agent }) => agent === 'supervisor');
        expect(outer).toMatchObject([1, 2].map(() => ({ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 })));
        for (const { runId, parentRunId } of outer) {
          expect(parentRunId).toBeUndefined();
          const inner = ends.filter((end) => end.parentRunId === runId);
          expect(inner).toHaveLength(2);
          expect(new Set(inner.map(({ agent }) => agent))).toEqual(new Set(['reader', 'writer']));
          for (const end of inner) {
            expect(end).toMatchObject({ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 });
            expect(end.savings.tokensSaved).toBeGreaterThan(0);
          }
        }
        expect(readers.faults()).toEqual([]);
        assertPaired(readers.events);
      });

      it(`${how}: ends its run when it lets another agent answer`, async () => {
        const reader = createRig(version, readsLog({}), { agentHooks: { agent: 'reader' } });
        const supervisor = createRig(version, delegates('agent'), {
          hooks: reader.hooks,
          config: { name: 'supervisor', subAgents: [reader.agent] },
          own: { onHandoffComplete: ({ bail }: { bail: () => void }) => bail() },
        });
        if (how === 'generate') await supervisor.agent.generateText('Why?');
        else for await (const _text of (await supervisor.agent.streamText('Why?')).textStream);
        await until(() => reader.ends().length === 2);
        expect(reader.ends()).toMatchObject([
          { agent: 'reader', outcome: 'ok' },
          { agent: 'supervisor', outcome: 'ok', endedBy: 'host', finishReason: 'bail' },
        ]);
        assertPaired(reader.events);
      });
    }

    it('has a run under that of the agent that calls it as a tool', async () => {
      const reader = createRig(version, readsLog({}), { agentHooks: { agent: 'reader' } });
      const { hooks } = reader;
      const asks = reader.agent.toTool({ name: 'ask_reader' });
      const rig = createRig(version, callsOnce('ask_reader', { prompt: 'Why?' }), { hooks, tools: [asks] });
      await rig.agent.generateText('Why?', { conversationId: 'conversation-1', userId: 'user-1' });
      const [inner, outer] = reader.ends();
      expect(inner).toMatchObject({ agent: 'reader', parentRunId: outer?.runId, modelCallCount: 2 });
      expect(outer).toMatchObject({ agent: 'agent', sessionId: 'conversation-1', modelCallCount: 2, toolCallCount: 1 });
      assertPaired(reader.events);
    });

    it('leaves what follows in the code around it as it was', async () => {
      const seen: (string | undefined)[] = [];
      const look = emptyTool(version, 'look', async () => {
        seen.push(currentRun()?.runId);
        return 'Seen.';
      });
      const rig = createRig(version, callsOnce('look'), { tools: [look] });
      await rig.hooks.run(async () => {
        const around = currentRun()?.runId;
        await rig.agent.generateText('Look.');
        for await (const _part of (await rig.agent.streamText('Look.')).fullStream);
        expect(currentRun()?.runId).toBe(around);
      });
      expect(currentRun()).toBeUndefined();
      const [first, second, around] = rig.ends();
      expect(seen).toEqual([first?.runId, second?.runId]);
      expect([first?.parentRunId, second?.parentRunId]).toEqual([around?.runId, around?.runId]);
    });
  });
}

/** Asks other agents once, then answers. */
function delegates(...targetAgents: readonly string[]): Script {
  return callsOnce('delegate_task', { task: 'Read the log.', targetAgents });
}
