import { expect, test } from 'vitest';
import { withinCompressedCall } from '../../../src/hooks/call-scope.ts';
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

test('a call that is made within a compressed one is passed on, and no other', async () => {
  const doGenerate = async (_options: { readonly prompt: unknown }): Promise<object> => ({});
  const identity = { specificationVersion: 'v4', provider: 'mine', modelId: 'mine-1', supportedUrls: {} };
  const model = new HeadroomModel({ ...identity, doGenerate, doStream: doGenerate });
  const events = recordEvents(model.events);
  const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }];
  await withinCompressedCall(async () => {
    await Promise.resolve();
    await model.doGenerate({ prompt });
  });
  expect(events).toEqual([]);
  await model.doGenerate({ prompt });
  expect(events.map(({ type }) => type)).toEqual(['compression.end', 'model.start', 'model.end']);
});
