import './quiet-voltagent.ts';
import { Agent, createHooks, type AgentHooks, type OperationContext, type Toolkit } from '@voltagent/core';
import { createOpenAI } from '@ai-sdk/openai';
import { createHeadroomHooks, HeadroomModel } from 'headroom-hooks';
import { createHeadroomAgentHooks, headroomToolkit, type HeadroomAgentHooks } from 'headroom-hooks/voltagent';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  Agent as OldestAgent,
  createHooks as createOldestHooks,
  type AgentHooks as OldestAgentHooks,
  type Toolkit as OldestToolkit,
} from 'voltagent-oldest';

describe('The types of headroom-hooks/voltagent', () => {
  it('fit the hooks and the toolkits of VoltAgent, the newest and the oldest', () => {
    expectTypeOf<HeadroomAgentHooks>().toExtend<AgentHooks>();
    expectTypeOf<HeadroomAgentHooks>().toExtend<OldestAgentHooks>();
    expectTypeOf(headroomToolkit).returns.toExtend<Toolkit>();
    expectTypeOf(headroomToolkit).returns.toExtend<OldestToolkit>();
  });

  it('fit the configuration of an agent, with a wrapped model and hooks of its own', () => {
    const { preHook, postHook, events } = createHeadroomHooks();
    const options = { preHooks: [preHook], postHooks: [postHook] };
    const model = new HeadroomModel(createOpenAI({ apiKey: 'key' })('gpt-5'), { events });
    const common = { name: 'a', instructions: 'Help.', model, toolkits: [headroomToolkit(model)] };
    const agents = [
      new Agent({ ...common, hooks: createHeadroomAgentHooks(options) }),
      new Agent({ ...common, tools: [headroomToolkit(model)], hooks: createHooks(createHeadroomAgentHooks(options)) }),
      new OldestAgent({ ...common, hooks: createOldestHooks(createHeadroomAgentHooks(options)) }),
      new Agent({
        ...common,
        hooks: createHeadroomAgentHooks(
          options,
          createHooks({
            onEnd: ({ context }) => {
              expectTypeOf(context).toEqualTypeOf<OperationContext>();
            },
          }),
        ),
      }),
    ];
    expect(agents.map(({ name }) => name)).toEqual(['a', 'a', 'a', 'a']);
  });

  it('know what hooks of an agent are given that are written down within', () => {
    const hooks: AgentHooks = createHeadroomAgentHooks(
      {},
      {
        onStart: ({ context }) => {
          expectTypeOf(context).toEqualTypeOf<OperationContext>();
        },
        onHandoff: ({ sourceAgent }) => {
          expectTypeOf(sourceAgent).toEqualTypeOf<Agent>();
        },
      },
    );
    expect(Object.keys(hooks)).toContain('onHandoff');
    // @ts-expect-error An option that does not exist is a type error.
    expect(() => createHeadroomAgentHooks({ hooks: [] })).toThrow('hooks');
  });
});
