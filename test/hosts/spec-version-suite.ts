import { describe, expect, test } from 'vitest';
import { HeadroomModel } from '../../src/index.ts';
import { assertPaired, recordEvents, scriptedModel } from '../../src/testing.ts';
import type { AiSdk } from './ai-sdk-version.ts';
import type { TestedHost } from './compatibility/tested-host.ts';

export type SpecVersion = 'v2' | 'v3' | 'v4';

const orders = Array.from({ length: 60 }, (_, id) => ({ id, status: 'paid', country: 'DE' }));
const steps = [{ toolCalls: [{ toolName: 'list_orders', input: {} }] }, { text: 'All are paid.' }];
const flatUsage = { inputTokens: 100, outputTokens: 10, totalTokens: 110 };

/** A model of an older spec: v3 is spelled as v4 is, v2 has flat usage and plain finish reasons. */
function modelOf(version: SpecVersion) {
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

/** The part of the SDK that every version from 5 on has. */
type AnyAiSdk = Pick<AiSdk, 'generateText' | 'streamText' | 'tool' | 'jsonSchema' | 'stepCountIs'>;

/** Wrapped models in one version of the SDK, which may put them behind objects of its own. */
export function testSpecVersions(host: TestedHost, ai: AnyAiSdk, versions: readonly SpecVersion[]): void {
  describe(`HeadroomModel in ai ${host.version}`, { meta: { testedHost: host, driver: 'HeadroomModel' } }, () => {
    const inputSchema = ai.jsonSchema({ type: 'object', properties: {} });
    const tools = { list_orders: ai.tool({ inputSchema, execute: async () => orders }) };
    const stopWhen = ai.stepCountIs(3);

    test.each(versions)('HeadroomModel: a wrapped model of specification %s generates and streams', async (version) => {
      const model = new HeadroomModel(modelOf(version));
      const recorded = recordEvents(model.events);
      const settings = { model, tools, stopWhen, prompt: 'Are all paid?' };
      expect((await ai.generateText(settings)).text).toBe('All are paid.');
      const streamed = new HeadroomModel(modelOf(version), { events: model.events });
      expect(await ai.streamText({ ...settings, model: streamed }).text).toBe('All are paid.');
      expect(model.specificationVersion).toBe(version);
      expect(model.totalTokensSaved).toBeGreaterThan(0);
      expect(streamed.totalTokensSaved).toBe(model.totalTokensSaved);
      const ends = recorded.filter((event) => event.type === 'model.end');
      expect(ends.every(({ usage }) => usage?.inputTokens === 100 && usage.outputTokens === 10)).toBe(true);
      expect(ends.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop', 'tool-calls', 'stop']);
      assertPaired(recorded);
    });
  });
}
