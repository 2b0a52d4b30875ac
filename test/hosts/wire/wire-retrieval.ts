import { expect } from 'vitest';
import { createAgentClass } from '../../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import type { LanguageModelLike } from '../../../src/model/language-model.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import type { AiSdk } from '../ai-sdk-version.ts';
import { logLines } from '../service-log.ts';
import type { WireAnswer, WireRequest } from './scenario.ts';
import { toolResultTexts } from './tool-result-texts.ts';
import { serve } from './wire-comparison.ts';

export interface RetrievalSubject {
  readonly sdk: AiSdk;
  readonly model: (baseURL: string) => LanguageModelLike;
  readonly providerOptions: Readonly<Record<string, unknown>>;
}

/** Expects that a model that asks for what was left out of a tool's result gets it, and that it is told of. */
export async function retrieveOnTheWire(
  { sdk, model, providerOptions }: RetrievalSubject,
  how: 'generate' | 'stream',
): Promise<void> {
  const server = await serve(askForWhatWasLeftOut);
  const hooks = createHeadroomHooks();
  const events = recordEvents(hooks.events);
  const Agent = createAgentClass(sdk.ToolLoopAgent);
  const agent = new Agent({
    model: new HeadroomModel(model(server.url), { events: hooks.events }),
    tools: {
      read_log: sdk.tool({
        inputSchema: sdk.jsonSchema({ type: 'object', properties: { count: { type: 'number' } } }),
        execute: async ({ count }: { readonly count: number }) => logLines(count).join('\n'),
      }),
    },
    providerOptions,
    maxRetries: 0,
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
  });
  const call = { prompt: 'Which requests were slow?' };
  const { text } = how === 'generate' ? await agent.generate(call) : await agent.stream(call);
  expect(await text).toBe('I have read all that I need.');

  const [, second, third] = server.requests;
  if (second === undefined || third === undefined) throw new Error('Expected three requests.');
  expect(second.text).toContain('headroom_retrieve');
  const { first } = readNotice(second);
  const answer = toolResultTexts(third).at(-1) ?? '';
  for (const line of logLines(1_500).slice(first - 1, first + 4)) expect(answer).toContain(line);
  // What was sent once is sent the same again, and the answer itself goes through as it is.
  expect(toolResultTexts(third)[0]).toBe(toolResultTexts(second)[0]);

  const [end] = events.filter((event) => event.type === 'run.end');
  const retrievals = events.filter((event) => event.type === 'retrieval.end');
  expect(retrievals).toMatchObject([{ outcome: 'found', runId: end?.runId }]);
  expect(end).toMatchObject({ outcome: 'ok', toolCallCount: 2, modelCallCount: 3 });
  expect(end?.savings.tokensSaved).toBeGreaterThan(0);
  assertPaired(events);
  expect(events.filter((event) => event.type === 'fault')).toEqual([]);
}

/** A model that reads what a notice says and asks for the first five lines that were left out. */
function askForWhatWasLeftOut(request: WireRequest, requestIndex: number): WireAnswer {
  if (requestIndex === 0) return { toolCalls: [{ name: 'read_log', arguments: { count: 1_500 } }] };
  if (requestIndex > 1) return { text: 'I have read all that I need.' };
  const { id, first } = readNotice(request);
  return { toolCalls: [{ name: 'headroom_retrieve', arguments: { id, lines: `${first}-${first + 4}` } }] };
}

function readNotice(request: WireRequest): { readonly id: string; readonly first: number } {
  const text = toolResultTexts(request).join('\n');
  const [, id, first] = /headroom_retrieve with id \\?"([0-9a-f]+)\\?" and lines \\?"(\d+)/.exec(text) ?? [];
  if (id === undefined || first === undefined) throw new Error(`There is no notice in: ${text.slice(-400)}`);
  return { id, first: Number(first) };
}
