import { Agent, type AgentConfig } from '@mastra/core/agent';
import type { InputProcessor, OutputProcessor, Processor } from '@mastra/core/processors';
import { Agent as OldestAgent } from 'mastra-oldest/agent';
import type { InputProcessor as OldestInput, OutputProcessor as OldestOutput } from 'mastra-oldest/processors';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createHeadroomHooks, type HeadroomHooks } from 'headroom-hooks';
import { createHeadroomProcessor, headroomTools, type HeadroomProcessor } from 'headroom-hooks/mastra';
import { scriptedModel } from 'headroom-hooks/testing';

describe('The types of headroom-hooks/mastra', () => {
  it('fit the processors of Mastra, the newest and the oldest', () => {
    expectTypeOf<HeadroomProcessor>().toExtend<InputProcessor>();
    expectTypeOf<HeadroomProcessor>().toExtend<OutputProcessor>();
    expectTypeOf<HeadroomProcessor>().toExtend<Processor<'headroom'>>();
    expectTypeOf<HeadroomProcessor>().toExtend<OldestInput>();
    expectTypeOf<HeadroomProcessor>().toExtend<OldestOutput>();
  });

  it('fit the configuration of an agent, with the tools of the hooks among its own', () => {
    const hooks: HeadroomHooks = createHeadroomHooks();
    const { preHook, postHook } = hooks;
    const headroom = createHeadroomProcessor({ preHooks: [preHook], postHooks: [postHook] });
    const model = scriptedModel([]);
    const processors = { inputProcessors: [headroom], outputProcessors: [headroom] };
    const agent = new Agent({
      id: 'a',
      name: 'A',
      instructions: 'Help.',
      model,
      tools: headroomTools(hooks),
      ...processors,
    });
    const oldest = new OldestAgent({
      id: 'a',
      name: 'A',
      instructions: 'Help.',
      model: 'openai/gpt-5',
      tools: headroomTools(hooks),
      ...processors,
    });
    expect([agent.id, oldest.id]).toEqual(['a', 'a']);
    expectTypeOf<AgentConfig['inputProcessors']>().not.toBeNever();
    // @ts-expect-error An option that does not exist is a type error.
    expect(() => createHeadroomProcessor({ hooks: [] })).toThrow('hooks');
  });
});
