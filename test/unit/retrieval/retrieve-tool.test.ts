import * as ai7 from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import * as ai6 from 'ai6';
import { MockLanguageModelV3 } from 'ai6/test';
import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';
import {
  createRetrieveTool,
  RETRIEVE_TOOL_DESCRIPTION,
  RETRIEVE_TOOL_NAME,
  retrieveToolJsonSchema,
} from '../../../src/retrieval/retrieve-tool.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { recordEvents } from '../../../src/testing/record-events.ts';

async function toolOverStore() {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const store = createMemoryStore();
  await store.put('id1', 'one\ntwo\nthree', 'tenant');
  const run = () => ({ runId: 'r1', sessionId: 's1' });
  const tool = createRetrieveTool({ store, scope: 'tenant', events, clock, run });
  return { tool, recorded: recordEvents(events), store, events };
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/** Asks for the second line, then answers. */
function askingThenDone(prompts: unknown[]) {
  return async ({ prompt }: { readonly prompt: readonly unknown[] }) => {
    prompts.push(prompt);
    const asks = prompts.length === 1;
    return {
      content: asks
        ? [
            {
              type: 'tool-call' as const,
              toolCallId: 'c1',
              toolName: RETRIEVE_TOOL_NAME,
              input: '{"id":"id1","lines":2}',
            },
          ]
        : [{ type: 'text' as const, text: 'done' }],
      finishReason: { unified: asks ? ('tool-calls' as const) : ('stop' as const), raw: undefined },
      usage,
      warnings: [],
    };
  };
}

describe('createRetrieveTool', () => {
  it('answers from its scope of the store and says so in an event, without content', async () => {
    const { tool, recorded, store } = await toolOverStore();
    await store.put('id2', 'secret', 'another tenant');
    expect(await tool.execute({ id: 'id1' })).toBe('one\ntwo\nthree');
    await tool.execute({ id: 'id2' });
    expect(recorded).toMatchObject([
      { type: 'retrieval.end', outcome: 'found', tokens: 4, durationMs: 0, runId: 'r1', sessionId: 's1' },
      { type: 'retrieval.end', outcome: 'unknown', runId: 'r1' },
    ]);
    expect(JSON.stringify(recorded)).not.toMatch(/secret|three/);
  });

  it('reports a store that fails as a fault, and answers all the same', async () => {
    const events = new EventBus();
    const recorded = recordEvents(events);
    const store = { ...createMemoryStore(), get: () => Promise.reject(new TypeError('down')) };
    const tool = createRetrieveTool({ store, scope: 's', events });
    expect(await tool.execute({ id: 'id1' })).toContain('could not be read');
    expect(recorded).toMatchObject([
      { type: 'fault', where: 'store', errorName: 'TypeError' },
      { type: 'retrieval.end', outcome: 'failed' },
    ]);
  });

  it('works in a tool loop of ai 7', async () => {
    const { tool, recorded } = await toolOverStore();
    const prompts: unknown[] = [];
    const model = new MockLanguageModelV4({ doGenerate: askingThenDone(prompts) });
    const tools = { [RETRIEVE_TOOL_NAME]: tool };
    await ai7.generateText({ model, prompt: 'x', tools, stopWhen: ai7.isStepCount(3) });
    expect(JSON.stringify(prompts[1])).toContain(JSON.stringify('[lines 2 of 3]\ntwo').slice(1, -1));
    expect(model.doGenerateCalls[0]?.tools).toMatchObject([
      {
        type: 'function',
        name: RETRIEVE_TOOL_NAME,
        description: RETRIEVE_TOOL_DESCRIPTION,
        inputSchema: retrieveToolJsonSchema(),
      },
    ]);
    expect(recorded).toMatchObject([{ outcome: 'found' }]);
  });

  it('works in a tool loop of ai 6', async () => {
    const { tool, recorded } = await toolOverStore();
    const prompts: unknown[] = [];
    const model = new MockLanguageModelV3({ doGenerate: askingThenDone(prompts) });
    const tools = { [RETRIEVE_TOOL_NAME]: tool };
    await ai6.generateText({ model, prompt: 'x', tools, stopWhen: ai6.stepCountIs(3) });
    expect(JSON.stringify(prompts[1])).toContain(JSON.stringify('[lines 2 of 3]\ntwo').slice(1, -1));
    expect(model.doGenerateCalls[0]?.tools).toMatchObject([
      {
        type: 'function',
        name: RETRIEVE_TOOL_NAME,
        description: RETRIEVE_TOOL_DESCRIPTION,
        inputSchema: retrieveToolJsonSchema(),
      },
    ]);
    expect(recorded).toMatchObject([{ outcome: 'found' }]);
  });

  it('has a schema that both versions of ai read, new each time it is read', async () => {
    const { tool } = await toolOverStore();
    const input = { id: 'id1', lines: 3, extra: true };
    for (const { asSchema } of [ai7, ai6]) {
      const schema = asSchema(tool.inputSchema);
      const json = await schema.jsonSchema;
      expect(json).toMatchObject({ type: 'object', required: ['id'], additionalProperties: false });
      expect(Object.keys(json.properties ?? {})).toEqual(['id', 'rows', 'lines', 'path', 'query']);
      expect(await schema.validate?.(input)).toEqual({ success: true, value: input });
    }
    expect(retrieveToolJsonSchema()).not.toBe(retrieveToolJsonSchema());
  });
});
