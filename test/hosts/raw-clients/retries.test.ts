import { describe, expect, it } from 'vitest';
import { assertPaired } from '../../../src/testing.ts';
import { requestRows } from '../service-log.ts';
import type { WireStep } from '../wire/scenario.ts';
import { CLIENT_AGENTS } from './client-agents.ts';
import { closeServersAfterEach, connect, serve, waysOf } from './wire-rig.ts';

closeServersAfterEach();

const BUSY: WireStep = { errorStatus: 503, message: 'Busy.' };
const ANSWER: WireStep = { text: 'All is well.' };
const ROWS = JSON.stringify(requestRows(80), undefined, 2);

for (const agent of CLIENT_AGENTS) {
  for (const as of waysOf(agent.version)) {
    const driver = `${agent.name} with our ${as}`;
    describe(`Retries of ${driver}`, () => {
      for (const how of ['generate', 'stream'] as const) {
        it(`${how}: what a client tries again is told each time and counted once`, async () => {
          const server = await serve([BUSY, BUSY, ANSWER, ANSWER]);
          const { client, compressing, events } = connect(agent.version, as, { baseURL: server.url, maxRetries: 2 });
          const conversation: unknown[] = [
            { role: 'user', content: 'What is there?' },
            ...callOf(agent.api),
            ...agent.results([{ id: 'call_1', content: ROWS }]),
          ];
          const { text } = await agent.ask(client, [...conversation], { how, tools: [] });
          expect(text).toBe('All is well.');

          expect(server.requests).toHaveLength(3);
          expect(new Set(server.requests.map((request) => request.text)).size).toBe(1);
          const compressions = events.filter((event) => event.type === 'compression.end');
          expect(compressions.map(({ isRetry }) => isRetry)).toEqual([false, true, true]);
          const [first] = compressions;
          expect(first?.tokensSaved).toBeGreaterThan(0);
          expect(compressing.totalTokensSaved).toBe(first?.tokensSaved);
          expect(compressing.getSavingsSummary().totalRequests).toBe(1);
          const ends = events.filter((event) => event.type === 'model.end');
          expect(ends.map(({ outcome, errorType }) => [outcome, errorType])).toEqual([
            ['error', '503'],
            ['error', '503'],
            ['ok', undefined],
          ]);
          assertPaired(events);

          // The same once more after a success is another call.
          await agent.ask(client, [...conversation], { how, tools: [] });
          expect(compressing.totalTokensSaved).toBe(2 * (first?.tokensSaved ?? 0));
        });
      }

      it('a client that gave up waiting for an answer tries again, and is counted once', async () => {
        const server = await serve([{ silent: true }, ANSWER]);
        const { client, compressing, events } = connect(agent.version, as, {
          baseURL: server.url,
          maxRetries: 1,
          timeout: 150,
        });
        const conversation = [
          { role: 'user', content: 'What is there?' },
          ...callOf(agent.api),
          ...agent.results([{ id: 'call_1', content: ROWS }]),
        ];
        await agent.ask(client, conversation, { how: 'generate', tools: [] });
        const ends = events.filter((event) => event.type === 'model.end');
        expect(ends.map(({ outcome }) => outcome)).toEqual(['aborted', 'ok']);
        expect(compressing.getSavingsSummary().totalRequests).toBe(1);
        assertPaired(events);
      });
    });
  }
}

/** What the model said before the result. */
function callOf(api: 'chat' | 'responses' | 'messages'): readonly unknown[] {
  if (api === 'responses') return [{ type: 'function_call', call_id: 'call_1', name: 'list', arguments: '{}' }];
  if (api === 'messages') {
    return [{ role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'list', input: {} }] }];
  }
  const call = { id: 'call_1', type: 'function', function: { name: 'list', arguments: '{}' } };
  return [{ role: 'assistant', content: null, tool_calls: [call] }];
}
