import {
  createAgentUIStream,
  registerTelemetry,
  tool,
  ToolLoopAgent,
  type Agent as AiAgent,
  type LanguageModel,
} from 'ai';
import * as ai6 from 'ai6';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { Agent, createAgentClass } from '../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { assertPaired, recordEvents } from '../../src/testing.ts';
import { createAgentRig, lookThenAnswer } from './agent-rig.ts';
import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { scriptedProvider } from './scripted-provider.ts';

type AnswerOf<AnAgent extends { generate(...call: never): unknown }> = Awaited<ReturnType<AnAgent['generate']>>;

for (const version of [AI_7, AI_6]) {
  describe(`The wiring of Agent on ${version.name}`, () => {
    it('offers headroom_retrieve where something may be left out, and nowhere else', async () => {
      const { specificationVersion } = version;
      const provider = scriptedProvider(specificationVersion, lookThenAnswer);
      const own = version.sdk.tool({ inputSchema: version.sdk.jsonSchema({ type: 'object' }), execute: async () => 1 });
      const toolsOf = (settings: Readonly<Record<string, unknown>>): readonly string[] =>
        Object.keys(createAgentRig(version, settings).agent.tools ?? {});

      expect(toolsOf({ model: provider })).toEqual(['look']);
      expect(toolsOf({ model: new HeadroomModel(provider) })).toEqual(['look', 'headroom_retrieve']);
      expect(toolsOf({ model: new HeadroomModel(provider, { loss: 'recoverable' }) })).toContain('headroom_retrieve');
      expect(toolsOf({ model: new HeadroomModel(provider, { loss: 'none' }) })).toEqual(['look']);
      expect(toolsOf({ model: new HeadroomModel(provider, { mode: 'audit' }) })).toEqual(['look']);
      expect(toolsOf({ model: new HeadroomModel(provider, { mode: 'off' }) })).toEqual(['look']);
      expect(toolsOf({ model: new HeadroomModel(provider), tools: undefined })).toEqual(['headroom_retrieve']);

      const kept = createAgentRig(version, {
        model: new HeadroomModel(provider),
        tools: { headroom_retrieve: own },
      }).agent;
      expect(kept.tools?.['headroom_retrieve']?.inputSchema).toBe(own.inputSchema);
    });

    it('throws for what is not a hook', () => {
      for (const preHooks of [[undefined], [{}], [{ postRun() {} }], ['log'], () => {}, 'log']) {
        expect(() => createAgentRig(version, { preHooks })).toThrow(
          expect.objectContaining({ code: 'invalid-option' }),
        );
      }
      for (const postHooks of [[undefined], [createHeadroomHooks().preHook], [42], {}]) {
        expect(() => createAgentRig(version, { postHooks })).toThrow(
          expect.objectContaining({ code: 'invalid-option' }),
        );
      }
    });
  });
}

describe('Agent of ai-sdk', () => {
  const globals = globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown };
  afterEach(() => {
    delete globals.AI_SDK_TELEMETRY_INTEGRATIONS;
  });

  it('leaves telemetry of the user, and what is registered for the process, as it is', async () => {
    const heard: string[] = [];
    registerTelemetry({ onEnd: () => void heard.push('registered') });
    const hooks = createHeadroomHooks();
    const settings = { preHooks: [hooks.preHook], postHooks: [hooks.postHook] };
    await createAgentRig(AI_7, settings).agent.generate({ prompt: 'How is the shop?' });
    const integrations = [{ onEnd: () => void heard.push('own') }];
    await createAgentRig(AI_7, { ...settings, telemetry: { integrations } }).agent.generate({
      prompt: 'How is the shop?',
    });
    await createAgentRig(AI_7, { ...settings, telemetry: { isEnabled: false } }).agent.generate({
      prompt: 'How is it?',
    });
    expect(heard).toEqual(['registered', 'own']);
    expect(hooks.postHook.getSummary().totalRequests).toBe(3);
  });

  it('throws when its hooks would be told of every run twice', () => {
    const hooks = createHeadroomHooks();
    const settings = { telemetry: hooks.telemetry() };
    expect(() => createAgentRig(AI_7, { ...settings, preHooks: [hooks.preHook] })).toThrow('telemetry');
    expect(() => createAgentRig(AI_7, { ...settings, postHooks: [hooks.postHook] })).toThrow('telemetry');
    expect(() => createAgentRig(AI_7, { ...settings, preHooks: [createHeadroomHooks().preHook] })).not.toThrow();
  });

  it('is an agent for all of ai that takes one', async () => {
    const hooks = createHeadroomHooks();
    const events = recordEvents(hooks.events);
    const { agent } = createAgentRig(AI_7, { preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
    const stream = await createAgentUIStream({
      agent: agent as unknown as AiAgent,
      uiMessages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'How is the shop?' }] }],
    });
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types.at(-1)).toBe('finish');
    expect(events.filter(({ type }) => type === 'run.end')).toMatchObject([{ outcome: 'ok', stepCount: 2 }]);
    assertPaired(events);
  });

  it('infers its tools as ToolLoopAgent does', () => {
    const model = scriptedProvider('v4', lookThenAnswer) as unknown as LanguageModel;
    const count = tool({ inputSchema: z.object({ of: z.string() }), execute: async () => ({ count: 3 }) });
    const agent = new Agent({
      model,
      tools: { count },
      preHooks: [() => {}],
      postHooks: [createHeadroomHooks().postHook],
    });
    const bare = new Agent({ model });
    expectTypeOf(agent.tools).toEqualTypeOf<{ count: typeof count }>();
    const stock = new ToolLoopAgent({ model, tools: { count } });
    expectTypeOf<AnswerOf<typeof agent>>().toEqualTypeOf<AnswerOf<typeof stock>>();
    expectTypeOf<AnswerOf<typeof agent>['toolResults']>().not.toEqualTypeOf<AnswerOf<typeof bare>['toolResults']>();
    // @ts-expect-error A hook is a function or an object with the method.
    expect(() => new Agent({ model, preHooks: ['log'] })).toThrow('preHooks[0]');
    expect(agent).toBeInstanceOf(ToolLoopAgent);
  });

  it('is made of the ToolLoopAgent of ai 6 with the types of ai 6', () => {
    const model = scriptedProvider('v3', lookThenAnswer) as unknown as ai6.LanguageModel;
    const count = ai6.tool({ inputSchema: z.object({ of: z.string() }), execute: async () => ({ count: 3 }) });
    const Agent6 = createAgentClass(ai6.ToolLoopAgent);
    const agent = new Agent6({ model, tools: { count }, preHooks: [() => {}] });
    const stock = new ai6.ToolLoopAgent({ model, tools: { count } });
    expectTypeOf<AnswerOf<typeof agent>>().toEqualTypeOf<AnswerOf<typeof stock>>();
    expectTypeOf(agent.tools).toEqualTypeOf<{ count: typeof count }>();
    expect(agent).toBeInstanceOf(ai6.ToolLoopAgent);
  });
});
