import { describe, expect, it } from 'vitest';
import {
  createHeadroomAgentHooks,
  type EndArguments,
  type HeadroomAgentHooks,
  type StartArguments,
} from '../../../src/adapters/voltagent.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { recordEvents } from '../../../src/testing.ts';

describe('createHeadroomAgentHooks', () => {
  it('goes on with the hooks of the agent when it is given what it does not understand', async () => {
    const { preHook, postHook, events } = createHeadroomHooks();
    const heard = recordEvents(events);
    const told: unknown[] = [];
    const own = { onStart: (args: unknown) => void told.push(args), onEnd: (args: unknown) => void told.push(args) };
    const hooks: HeadroomAgentHooks = createHeadroomAgentHooks({ preHooks: [preHook], postHooks: [postHook] }, own);
    const args = { agent: { name: 'agent' }, context: {} } as StartArguments;
    await hooks.onStart(args);
    await hooks.onEnd(args);
    expect(told).toEqual([args, args]);
    expect(heard).toMatchObject([{ type: 'fault', where: 'hook', errorName: 'TypeError' }]);
  });

  it('tells of nothing that it was not told the start of', async () => {
    const { preHook, postHook, events } = createHeadroomHooks();
    const heard = recordEvents(events);
    const hooks = createHeadroomAgentHooks({ preHooks: [preHook], postHooks: [postHook] });
    const args = { context: {}, tool: { name: 'look' }, error: undefined } as unknown as EndArguments & {
      tool: { name: string };
      error: unknown;
    };
    await hooks.onToolStart(args);
    await hooks.onToolEnd(args);
    await hooks.onStepFinish(args);
    await hooks.onError(args);
    await hooks.onEnd(args);
    expect(heard).toEqual([]);
  });

  it('keeps what else the agent has, and calls its hooks as methods of the object that they are in', async () => {
    class Own {
      readonly told: string[] = [];
      readonly onHandoff = (): void => {};
      onStepFinish(): void {
        this.told.push('step');
      }
    }
    const own = new Own();
    const hooks = createHeadroomAgentHooks({}, own);
    const { onStepFinish } = hooks as { onStepFinish: (args: unknown) => Promise<void> };
    await onStepFinish({ context: {} });
    expect(own.told).toEqual(['step']);
    expect(hooks.onHandoff).toBe(own.onHandoff);
  });
});
