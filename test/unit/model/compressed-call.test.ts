import { expect, test } from 'vitest';
import { markCompressed } from '../../../src/model/compressed-call.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { recordEvents } from '../../../src/testing.ts';

test('a call that is compressed further out is passed on, and told of by nobody else', async () => {
  const calls: { readonly prompt: unknown }[] = [];
  const model = new HeadroomModel({
    specificationVersion: 'v4',
    provider: 'mine',
    modelId: 'mine-1',
    supportedUrls: {},
    doGenerate: async (options: { readonly prompt: unknown }) => void calls.push(options),
    doStream: async (options: { readonly prompt: unknown }) => void calls.push(options),
  });
  const events = recordEvents(model.events);
  const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }];
  await model.doGenerate(markCompressed({ prompt }));
  await model.doStream(markCompressed({ prompt }));
  expect(calls.map((call) => call.prompt === prompt)).toEqual([true, true]);
  expect(events).toEqual([]);
  expect(Object.keys(markCompressed({ prompt }))).toEqual(['prompt']);
});
