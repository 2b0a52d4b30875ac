import { describe, expect, it } from 'vitest';
import { createAgentClass } from '../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { createAlerts, type AlertRule } from '../../src/sinks/alerts/index.ts';
import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { scriptedProvider, type Script } from './scripted-provider.ts';

/** Looks three times for the same, and once for something else in between. */
const lookAgain: Script = ({ answerCount }) =>
  answerCount < 4
    ? { toolCalls: [{ toolName: 'look', input: { query: answerCount === 1 ? 'door' : 'window' } }] }
    : { text: 'All is well.' };

function rig(version: typeof AI_6, rule: AlertRule, how: 'agent' | 'telemetry' = 'agent') {
  const { sdk, specificationVersion } = version;
  const alerts = createAlerts({ rules: [rule] });
  const told: string[] = [];
  const hooks = createHeadroomHooks({
    sinks: [alerts],
    onAlert: ({ type, rule: name, value, labels }) =>
      void told.push(`${type} ${name} ${value} ${labels?.['tool'] ?? ''}`),
  });
  const provider = scriptedProvider(specificationVersion, lookAgain);
  const look = sdk.tool({
    inputSchema: sdk.jsonSchema({ type: 'object', properties: { query: { type: 'string' } } }),
    execute: async () => 'Nothing to be seen.',
  });
  const settings = {
    id: 'watchman',
    model: new HeadroomModel(provider, { events: hooks.events, budget: alerts }),
    tools: { look },
    maxRetries: 0,
    stopWhen: sdk.stepCountIs(10),
    onError: () => {},
  };
  const agent =
    how === 'agent'
      ? new (createAgentClass(sdk.ToolLoopAgent))({
          ...settings,
          preHooks: [hooks.preHook],
          postHooks: [hooks.postHook],
        })
      : new sdk.ToolLoopAgent({ ...settings, telemetry: hooks.telemetry() });
  return { hooks, agent, provider, told };
}

for (const version of [AI_7, AI_6]) {
  describe(`alerts on ${version.name}`, () => {
    it.each(version === AI_7 ? (['agent', 'telemetry'] as const) : (['agent'] as const))(
      'tell of an agent that does the same over and over, by its arguments: %s',
      async (how) => {
        const { agent, hooks, told } = rig(version, { name: 'loop', kind: 'loop', repeats: 3 }, how);
        expect((await agent.generate({ prompt: 'Watch.' })).text).toBe('All is well.');
        await hooks.close();
        expect(told).toEqual(['alert.firing loop 3 look', 'alert.resolved loop 3 look']);
      },
    );

    it('keep a run that costs too much from its next call, where that is asked for', async () => {
      const rule = { name: 'run', kind: 'run', measure: 'modelCalls', above: 1, enforce: true } as const;
      const { agent, hooks, provider, told } = rig(version, rule);
      await expect(agent.generate({ prompt: 'Watch.' })).rejects.toThrow(
        'The call was not made: run is at 2 of 1 calls',
      );
      await hooks.close();
      expect(provider.calls).toHaveLength(2);
      expect(told).toEqual(['alert.firing run 2 ', 'alert.resolved run 2 ']);
      expect(hooks.postHook.requests).toMatchObject([{ outcome: 'aborted' }]);
    });
  });
}
