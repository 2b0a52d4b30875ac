import { describe, expect, it } from 'vitest';
import { createHeadroomAgentHooks } from '../../../src/adapters/voltagent.ts';
import { assertPaired } from '../../../src/testing.ts';
import type { Script } from '../scripted-provider.ts';
import { handleRejections } from './handle-rejections.ts';
import { callsOnce, createRig, emptyTool, readsLog, resultTexts, type RigOptions } from './voltagent-rig.ts';
import { VOLTAGENT_VERSIONS, type VoltAgentAgent, type VoltAgentVersion } from './voltagent-version.ts';

const HOOKS = [
  'onStart',
  'onEnd',
  'onHandoff',
  'onHandoffComplete',
  'onToolStart',
  'onToolEnd',
  'onToolError',
  'onPrepareMessages',
  'onPrepareModelMessages',
  'onError',
  'onStepFinish',
  'onRetry',
  'onFallback',
] as const;

const SCRIPTS: Readonly<Record<string, Script>> = {
  'a run that succeeds': readsLog({}),
  'a tool that throws': callsOnce('break'),
  'a provider that fails at once': () => ({ rejection: new Error('Down.') }),
  'a provider that fails later': (turn) =>
    turn.answerCount === 0 ? readsLog({})(turn) : { text: 'I', rejection: new Error('Down.') },
  'an error in the middle': () => ({ text: 'I ', errorPart: new Error('Broken.') }),
};

for (const version of VOLTAGENT_VERSIONS) {
  const { host: testedHost, name } = version;
  const driver = `HeadroomModel and createHeadroomAgentHooks() in ${name}`;
  describe(`An agent of ${name} with hooks of its own`, { meta: { testedHost, driver } }, () => {
    for (const [about, script] of Object.entries(SCRIPTS)) {
      it(`tells its own hooks the same in the same order as without us: ${about}`, async () => {
        for (const how of ['generate', 'stream'] as const) {
          const [told, toldAlone]: [string[], string[]] = [[], []];
          const rig = ownRig(version, script, { own: recording(told) });
          const alone = ownRig(version, script, { own: recording(toldAlone), isAlone: true });
          expect(await answerOf(rig.agent, how)).toEqual(await answerOf(alone.agent, how));
          expect(told).toEqual(toldAlone);
          expect(told.length).toBeGreaterThan(2);
        }
      });
    }

    it('lets its own hooks change what a tool gave', async () => {
      const own = { onToolEnd: () => ({ output: 'Nothing to see.' }) };
      const rig = ownRig(version, readsLog({}), { own, compression: { mode: 'off' } });
      const alone = ownRig(version, readsLog({}), { own, isAlone: true });
      await answerOf(rig.agent, 'generate');
      await answerOf(alone.agent, 'generate');
      expect(resultTexts(rig.provider.calls[1])).toEqual(resultTexts(alone.provider.calls[1]));
    });

    for (const hook of ['onStart', 'onToolStart', 'onToolEnd', 'onStepFinish', 'onEnd'] as const) {
      it(`fails or goes on as without us when its own ${hook} throws, and the run ends once`, async () => {
        const own = {
          [hook]: () => {
            throw new TypeError('My own mistake.');
          },
        };
        const rig = ownRig(version, readsLog({}), { own });
        const alone = ownRig(version, readsLog({}), { own, isAlone: true });
        const answer = await answerOf(rig.agent, 'generate');
        expect(answer).toEqual(await answerOf(alone.agent, 'generate'));
        const outcome = 'failure' in answer ? 'error' : 'ok';
        expect(rig.ends()).toMatchObject([{ outcome, errorType: outcome === 'error' ? 'TypeError' : undefined }]);
        assertPaired(rig.events);
      });
    }

    it('has one run when hooks of a call that are made in the same way join its own', async () => {
      const told: string[] = [];
      const rig = ownRig(version, readsLog({}), { own: { onEnd: () => void told.push('of the agent') } });
      const { preHook, postHook } = rig.hooks;
      const hooks = createHeadroomAgentHooks(
        { preHooks: [preHook], postHooks: [postHook] },
        { onEnd: () => void told.push('of the call') },
      );
      await Promise.all(['1', '2'].map((prompt) => rig.agent.generateText(prompt, { hooks })));
      expect(told.toSorted()).toEqual(['of the agent', 'of the agent', 'of the call', 'of the call']);
      expect(rig.ends()).toMatchObject([1, 2].map(() => ({ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 })));
      expect(rig.faults()).toEqual([]);
      assertPaired(rig.events);
    });

    it('has model calls of no run when a call has other hooks, which a fault says', async () => {
      const rig = ownRig(version, readsLog({}));
      await rig.agent.generateText('Why?', { hooks: { onEnd: () => {} } });
      expect(rig.ends()).toMatchObject([
        { outcome: 'ok', modelCallCount: 0, toolCallCount: 1, stepCount: 2, usage: { inputTokens: 200 } },
      ]);
      expect(rig.faults()).toEqual([expect.stringContaining('createHeadroomAgentHooks()')]);
    });
  });
}

function ownRig(version: VoltAgentVersion, script: Script, options: RigOptions = {}) {
  const breaks = emptyTool(version, 'break', async () => {
    throw new RangeError('The service is down.');
  });
  return createRig(version, script, { tools: [breaks], ...options });
}

/** Hooks that write down what they are told, and that they are called as methods of the object they are in. */
function recording(told: string[]): object {
  const hook =
    (name: string) =>
    (args: Readonly<Record<string, unknown>>): void => {
      const { tool, error, output, step, context } = args;
      const { finishReason } = (step ?? output ?? {}) as { readonly finishReason?: unknown };
      const hasContext = typeof (context as { operationId?: unknown } | undefined)?.operationId === 'string';
      const toolName = (tool as { name?: string } | undefined)?.name;
      told.push([name, Object.keys(args), toolName, String(error), finishReason, hasContext].join(' '));
    };
  return Object.fromEntries(HOOKS.map((name) => [name, hook(name)]));
}

async function answerOf(agent: VoltAgentAgent, how: 'generate' | 'stream'): Promise<object> {
  try {
    if (how === 'generate') return { text: (await agent.generateText('Why?')).text };
    const stream = await agent.streamText('Why?');
    handleRejections(stream);
    const types: string[] = [];
    for await (const { type } of stream.fullStream) types.push(type);
    return { types };
  } catch (error) {
    const { name, message } = error as Error;
    return { failure: { name, message } };
  }
}
