import * as newest from 'ai';
import * as newest6 from 'ai-6-newest';
import * as oldest6 from 'ai-6-oldest';
import * as oldest7 from 'ai-7-oldest';
import { createHeadroomHooks } from 'headroom-hooks';
import { createAgentClass, headroomMiddleware, type HeadroomMiddleware } from 'headroom-hooks/ai-sdk';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';

const inputSchema = z.object({ at: z.string() });
const execute = async (): Promise<string> => 'open';
const instructions = 'Be brief.';

describe('The types of headroom-hooks/ai-sdk', () => {
  it('fit middleware of the AI SDK, the newest and the oldest', () => {
    expectTypeOf<HeadroomMiddleware>().toExtend<newest.LanguageModelMiddleware>();
    expectTypeOf<HeadroomMiddleware>().toExtend<oldest7.LanguageModelMiddleware>();
    expectTypeOf<HeadroomMiddleware>().toExtend<newest6.LanguageModelMiddleware>();
    expectTypeOf<HeadroomMiddleware>().toExtend<oldest6.LanguageModelMiddleware>();
    expect(headroomMiddleware().specificationVersion).toBe('v3');
  });

  it('keep the types of agents, and those of their tools', () => {
    const { settings, preHook } = createHeadroomHooks();
    const hooked = { preHooks: [preHook] };
    const model = 'openai/gpt-5';

    const look7 = newest.tool({ inputSchema, execute });
    const agent7 = new newest.ToolLoopAgent(settings({ model, instructions, tools: { look: look7 } }));
    const own7 = new (createAgentClass(newest.ToolLoopAgent))({ model, tools: { look: look7 }, ...hooked });
    expectTypeOf(agent7.tools).toEqualTypeOf<{ look: typeof look7 }>();
    expectTypeOf(own7.tools).toEqualTypeOf<{ look: typeof look7 }>();

    const look70 = oldest7.tool({ inputSchema, execute });
    const agent70 = new oldest7.ToolLoopAgent(settings({ model, instructions, tools: { look: look70 } }));
    const own70 = new (createAgentClass(oldest7.ToolLoopAgent))({ model, tools: { look: look70 }, ...hooked });
    expectTypeOf(agent70.tools).toEqualTypeOf<{ look: typeof look70 }>();
    expectTypeOf(own70.tools).toEqualTypeOf<{ look: typeof look70 }>();

    const look6 = newest6.tool({ inputSchema, execute });
    const agent6 = new newest6.ToolLoopAgent(settings({ model, instructions, tools: { look: look6 } }));
    const own6 = new (createAgentClass(newest6.ToolLoopAgent))({ model, tools: { look: look6 }, ...hooked });
    expectTypeOf(agent6.tools).toEqualTypeOf<{ look: typeof look6 }>();
    expectTypeOf(own6.tools).toEqualTypeOf<{ look: typeof look6 }>();

    const look60 = oldest6.tool({ inputSchema, execute });
    const agent60 = new oldest6.ToolLoopAgent(settings({ model, instructions, tools: { look: look60 } }));
    expectTypeOf(agent60.tools).toEqualTypeOf<{ look: typeof look60 }>();

    for (const { tools } of [agent7, own7, agent70, own70, agent6, own6, agent60]) {
      expect(Object.keys(tools)).toEqual(['look']);
    }
  });

  it('take the tool of the hooks among those of an agent', () => {
    const { tools } = createHeadroomHooks();
    expectTypeOf(tools).toExtend<newest.ToolSet>();
    expectTypeOf(tools).toExtend<oldest7.ToolSet>();
    expectTypeOf(tools).toExtend<newest6.ToolSet>();
    expectTypeOf(tools).toExtend<oldest6.ToolSet>();
    expect(Object.keys(tools)).toEqual(['headroom_retrieve']);
  });
});
