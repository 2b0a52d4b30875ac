import * as ai7 from 'ai';
import * as ai6 from 'ai6';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HeadroomModel } from '../../src/index.ts';
import { assertPaired, recordEvents, scriptedModel } from '../../src/testing.ts';

const orders = Array.from({ length: 60 }, (_, id) => ({ id, status: 'paid', country: 'DE' }));
const steps = [{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'All are paid.' }];
const flatUsage = { inputTokens: 100, outputTokens: 10, totalTokens: 110 };

/** A model of an older spec: v3 is spelled as v4 is, v2 has flat usage and plain finish reasons. */
function modelOf(version: 'v2' | 'v3' | 'v4') {
  const model = scriptedModel(steps);
  return {
    ...model,
    specificationVersion: version,
    async doGenerate(call: Parameters<typeof model.doGenerate>[0]) {
      const result = await model.doGenerate(call);
      if (version !== 'v2') return result;
      return { ...result, usage: flatUsage, finishReason: result.finishReason.unified };
    },
    async doStream(call: Parameters<typeof model.doStream>[0]) {
      const { stream } = await model.doStream(call);
      if (version !== 'v2') return { stream };
      const flatten = new TransformStream({
        transform(part, controller) {
          if (part.type !== 'finish') controller.enqueue(part);
          else controller.enqueue({ ...part, usage: flatUsage, finishReason: part.finishReason.unified });
        },
      });
      return { stream: stream.pipeThrough(flatten) };
    },
  };
}

const hosts = [
  ['ai 7', ai7 as unknown as typeof ai6, ['v2', 'v3', 'v4']],
  ['ai 6', ai6, ['v2', 'v3']],
] as const;

describe.each(hosts)('%s', (_name, ai, versions) => {
  const tools = { list_orders: ai.tool({ inputSchema: z.object({}), execute: async () => orders }) };
  const stopWhen = ai.stepCountIs(3);

  test.each(versions)('takes a wrapped model of spec %s, generating and streaming', async (version) => {
    const model = new HeadroomModel(modelOf(version));
    const recorded = recordEvents(model.events);
    const settings = { model: model as never, tools, stopWhen, prompt: 'Are all paid?' };
    expect((await ai.generateText(settings)).text).toBe('All are paid.');
    const streamed = new HeadroomModel(modelOf(version), { events: model.events });
    expect(await ai.streamText({ ...settings, model: streamed as never }).text).toBe('All are paid.');
    expect(model.specificationVersion).toBe(version);
    expect(model.totalTokensSaved).toBeGreaterThan(0);
    expect(streamed.totalTokensSaved).toBe(model.totalTokensSaved);
    const ends = recorded.filter((event) => event.type === 'model.end');
    expect(ends.every(({ usage }) => usage?.inputTokens === 100 && usage.outputTokens === 10)).toBe(true);
    expect(ends.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop', 'tool-calls', 'stop']);
    assertPaired(recorded);
  });
});
