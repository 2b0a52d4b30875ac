import * as ai7 from 'ai';
import type * as ai6 from 'ai6';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { headroomMiddleware } from '../../src/adapters/ai-sdk.ts';
import type { EventOf, EventType } from '../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../src/model/headroom-model.ts';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import { assertPaired, recordEvents } from '../../src/testing.ts';
import { AI_6, AI_7, type AiSdkVersion, type TextStream } from './ai-sdk-version.ts';
import { scriptedProvider, type PromptMessage, type ScriptedProvider } from './scripted-provider.ts';
import { requestRows } from './service-log.ts';

const ROWS = JSON.stringify(requestRows(400), undefined, 2);

interface Desk {
  readonly hooks: HeadroomHooks;
  readonly provider: ScriptedProvider;
  readonly wrap: (model: LanguageModelLike, ...middleware: readonly unknown[]) => LanguageModelLike;
  readonly ours: (options?: HeadroomModelOptions) => ReturnType<typeof headroomMiddleware>;
  readonly all: <Type extends EventType>(type: Type) => EventOf<Type>[];
  /** Asks a model that looks once, and returns what it was sent the second time. */
  readonly ask: (
    model: LanguageModelLike,
    tools?: object,
    options?: { readonly how?: 'generate' | 'stream'; readonly prompt?: string },
  ) => Promise<string>;
}

function createDesk({ sdk, specificationVersion }: AiSdkVersion, spec = specificationVersion): Desk {
  const hooks = createHeadroomHooks();
  const { events } = hooks;
  const recorded = recordEvents(events);
  const provider = scriptedProvider(spec, ({ answerCount }) =>
    answerCount === 0 ? { toolCalls: [{ toolName: 'look', input: {} }] } : { text: 'All is well.' },
  );
  const look = sdk.tool({ inputSchema: sdk.jsonSchema({ type: 'object' }), execute: async () => ROWS });
  return {
    hooks,
    provider,
    wrap: (model, ...middleware) => sdk.wrapLanguageModel({ model, middleware }),
    ours: (options) => headroomMiddleware({ events, ...options }),
    all: <Type extends EventType>(type: Type) =>
      recorded.filter((event): event is EventOf<Type> => event.type === type),
    async ask(model, tools = {}, { how = 'generate', prompt = 'Look.' } = {}) {
      const agent = new sdk.ToolLoopAgent(hooks.settings({ model, tools: { look, ...tools }, maxRetries: 0 }));
      if (how === 'generate') await agent.generate({ prompt });
      else await readAll(await agent.stream({ prompt }));
      assertPaired(recorded);
      return resultOf(provider.calls.at(-1)?.prompt);
    },
  };
}

async function readAll({ fullStream }: TextStream): Promise<void> {
  for await (const part of fullStream) void part;
}

function resultOf(prompt: readonly PromptMessage[] = []): string {
  const { content = '' } = prompt.at(-1) ?? {};
  return typeof content === 'string' ? content : String(content[0]?.output?.value);
}

for (const version of [AI_7, AI_6]) {
  describe(`headroomMiddleware() on ${version.name}`, () => {
    const defaults = version.sdk.defaultSettingsMiddleware({ settings: { temperature: 0.5 } });

    for (const how of ['generate', 'stream'] as const) {
      const ways: Readonly<Record<string, (desk: Desk) => LanguageModelLike>> = {
        'behind a HeadroomModel': ({ hooks: { events }, wrap, provider, ours }) =>
          new HeadroomModel(wrap(provider, ours()), { events }),
        'behind a HeadroomModel and default settings': ({ hooks: { events }, wrap, provider, ours }) =>
          new HeadroomModel(wrap(provider, defaults, ours()), { events }),
        'before a HeadroomModel': ({ hooks: { events }, wrap, provider, ours }) =>
          wrap(new HeadroomModel(provider, { events }), ours()),
        'before default settings and a HeadroomModel': ({ hooks: { events }, wrap, provider, ours }) =>
          wrap(new HeadroomModel(provider, { events }), ours(), defaults),
        'twice in a row': ({ wrap, provider, ours }) => wrap(provider, ours(), defaults, ours()),
        'twice, one around the other': ({ wrap, provider, ours }) => wrap(wrap(provider, ours()), ours()),
      };
      for (const [name, modelOf] of Object.entries(ways)) {
        it(`${how}: compresses, and tells of it, once when it is met ${name}`, async () => {
          // A model of v3 is converted on its way in ai 7, each message anew.
          const desk = createDesk(version, 'v3');
          const sent = await desk.ask(modelOf(desk), desk.hooks.tools, { how });
          const alone = createDesk(version, 'v3');
          const { events } = alone.hooks;
          expect(sent).toBe(await alone.ask(new HeadroomModel(alone.provider, { events }), {}, { how }));
          expect(sent.length).toBeLessThan(ROWS.length / 2);
          for (const type of ['compression.end', 'model.start', 'model.end'] as const) {
            expect(desk.all(type)).toHaveLength(2);
          }
          const [end] = desk.all('run.end');
          expect(end?.savings).toEqual(alone.all('run.end')[0]?.savings);
          expect(end?.usage).toEqual(alone.all('run.end')[0]?.usage);
        });
      }
    }

    it('leaves out what can be asked for where the agent was given the tool', async () => {
      const desk = createDesk(version);
      const model = desk.wrap(desk.provider, desk.ours());
      const [lossless, recoverable] = [await desk.ask(model), await desk.ask(model, desk.hooks.tools)];
      expect(recoverable.length).toBeLessThan(lossless.length / 2);
      expect(recoverable).toContain('headroom_retrieve');
    });

    it('is told of its options by the call too, which the provider does not see', async () => {
      const desk = createDesk(version);
      const { sdk } = version;
      const model = desk.wrap(desk.provider, desk.ours());
      const messages = [
        { role: 'user', content: 'Look.' },
        { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} }] },
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'look', output: { type: 'text', value: ROWS } }],
        },
      ];
      await sdk.generateText({
        model,
        messages,
        providerOptions: { headroom: { mode: 'off', runId: 'mine' }, x: { y: 1 } },
      });
      expect(resultOf(desk.provider.calls[0]?.prompt)).toBe(ROWS);
      expect(desk.provider.calls[0]).toMatchObject({ providerOptions: { x: { y: 1 } } });
      expect(desk.provider.calls[0]).not.toHaveProperty('providerOptions.headroom');
      expect(desk.all('model.end')).toMatchObject([{ runId: 'mine' }]);
    });

    it('compresses for a model that asks another agent before it answers', async () => {
      const desk = createDesk(version);
      const { hooks, provider, ours, wrap, ask } = desk;
      const inner = createDesk(version);
      const asking = {
        ...provider,
        doGenerate: async (call: { readonly prompt: readonly unknown[] }) => {
          await inner.ask(inner.wrap(inner.provider, inner.ours()), {}, { prompt: 'What do you see?' });
          return provider.doGenerate(call as never);
        },
      };
      await ask(wrap(asking, ours()));
      expect(inner.all('compression.end').filter(({ tokensSaved }) => tokensSaved > 0)).toHaveLength(2);
      expect(inner.all('model.end')).toHaveLength(4);
      expect(hooks.postHook.requests.map(({ tokensSaved }) => tokensSaved > 0)).toEqual([true]);
    });

    it('throws for options that can not work', () => {
      expect(() => headroomMiddleware({ loss: 'some' as never })).toThrow(
        expect.objectContaining({ code: 'invalid-option' }),
      );
      expect(() => headroomMiddleware({ lossy: true } as never)).toThrow('lossy');
    });
  });
}

describe('The types of headroomMiddleware()', () => {
  it('are those of a middleware in ai 6 and in ai 7', () => {
    expectTypeOf(headroomMiddleware).returns.toExtend<ai7.LanguageModelMiddleware>();
    expectTypeOf(headroomMiddleware).returns.toExtend<ai6.LanguageModelMiddleware>();
    const model = scriptedProvider('v4', () => ({ text: 'Hello.' }));
    const wrapped = ai7.wrapLanguageModel({ model: model as never, middleware: headroomMiddleware() });
    expect(wrapped.modelId).toBe('scripted-model');
  });
});
