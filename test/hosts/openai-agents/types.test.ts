import { Agent, OpenAIProvider, Runner, type FunctionTool, type Model, type ModelProvider } from '@openai/agents';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import {
  Agent as OldestAgent,
  type Runner as OldestRunner,
  type FunctionTool as OldestFunctionTool,
  type Model as OldestModel,
  type ModelProvider as OldestModelProvider,
} from 'openai-agents-oldest';
import { createOpenAI } from '@ai-sdk/openai';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import {
  createHeadroomExtension,
  headroomTools,
  type AgentsModel,
  type AgentsModelProvider,
  type AgentsRunner,
  type FunctionRetrieveTool,
} from 'headroom-hooks/openai-agents';
import { describe, expect, expectTypeOf, it } from 'vitest';

describe('The types of headroom-hooks/openai-agents', () => {
  it('fit what the SDK has, the newest and the oldest', () => {
    expectTypeOf<Model>().toExtend<AgentsModel>();
    expectTypeOf<OldestModel>().toExtend<AgentsModel>();
    expectTypeOf<ModelProvider>().toExtend<AgentsModelProvider>();
    expectTypeOf<OldestModelProvider>().toExtend<AgentsModelProvider>();
    expectTypeOf<Runner>().toExtend<AgentsRunner>();
    expectTypeOf<OldestRunner>().toExtend<AgentsRunner>();
    expectTypeOf<FunctionRetrieveTool>().toExtend<FunctionTool>();
    expectTypeOf<FunctionRetrieveTool>().toExtend<OldestFunctionTool>();
  });

  it('keep those of a runner, its models and its agents', () => {
    const hooks = createHeadroomHooks();
    const { preHook, postHook, events } = hooks;
    const headroom = createHeadroomExtension({ preHooks: [preHook], postHooks: [postHook] });
    const modelProvider = headroom.modelProvider(new OpenAIProvider({ apiKey: 'key' }));
    expectTypeOf(modelProvider).toEqualTypeOf<OpenAIProvider>();
    const runner = headroom.attach(new Runner({ modelProvider }));
    expectTypeOf(runner).toEqualTypeOf<Runner>();
    const openai = createOpenAI({ apiKey: 'key' });
    // With `exactOptionalPropertyTypes` the SDK's own types do not fit each other.
    const agent = new Agent({
      name: 'A',
      model: headroom.model(aisdk(openai('gpt-5')) as Model, { provider: 'openai', modelId: 'gpt-5' }),
      tools: [...headroom.tools],
    });
    const wrapped = new Agent({
      name: 'B',
      model: aisdk(new HeadroomModel(openai('gpt-5'), { events })) as Model,
      tools: headroomTools(hooks),
      handoffs: [agent],
    });
    const oldest = new OldestAgent({ name: 'C', tools: [...headroom.tools, ...headroomTools(hooks)] });
    expect([agent.name, wrapped.name, oldest.name]).toEqual(['A', 'B', 'C']);
    // @ts-expect-error An option that does not exist is a type error.
    expect(() => createHeadroomExtension({ hooks: [] })).toThrow('hooks');
  });
});
