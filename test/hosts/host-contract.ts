import { describe, expect, it } from 'vitest';
import { listenToContent } from '../../src/events/contents.ts';
import type { HeadroomEvent } from '../../src/events/event.ts';
import { genAiInstructions, genAiMessages } from '../../src/sinks/otel/content/gen-ai-messages.ts';
import { assertPaired } from '../../src/testing.ts';
import './compatibility/tested-host.ts';
import { INSTRUCTIONS, type HostDriver } from './host-driver.ts';
import { brokenStore, createRig, RUN_TIME_TO_LIVE_MS } from './host-rig.ts';
import { until } from './until.ts';

/** By who notices that a connection broke. */
const ERRORS_IN_THE_MIDDLE = {
  host: 'an error in the middle ends the run as an error',
  'time-to-live': 'an error part ends the run as an error, and a connection that breaks when its time is over',
} as const;

/** The promises that hold in every host, as tests. */
export function testHostContract(driver: HostDriver): void {
  const reportsTools = driver.reportsTools ?? driver.reportsDetails;
  describe(`Hooks in ${driver.name}`, { meta: { testedHost: driver.host, driver: driver.name } }, () => {
    for (const how of ['generate', 'stream'] as const) {
      it(`${how}: a run that succeeds has one start and one end, with what its calls used and saved`, async () => {
        const rig = createRig(driver);
        const answer = await rig.host[how]({ prompt: 'list 60' });
        expect(answer.text).toBe('There are 60 requests.');
        const end = rig.onlyRunEnd();
        expect(end).toMatchObject({ outcome: 'ok', endedBy: 'host', modelCallCount: 2, stepCount: 2 });
        expect(end.finishReason).toBe(driver.reportsDetails ? 'stop' : undefined);
        expect(end.usage).toMatchObject({ inputTokens: 160, outputTokens: 20 });
        expect(end.savings.tokensSaved).toBeGreaterThan(0);
        expect(end.savings.tokensSaved).toBe(sumOf(rig.all('compression.end').map((event) => event.tokensSaved)));
        expect(end.toolCallCount).toBe(reportsTools ? 1 : 0);
        expect(runIdsOf(rig.events)).toEqual([end.runId]);
        assertPaired(rig.events);
      });

      it(`${how}: an error of the provider ends the run as an error, and reaches the caller as without us`, async () => {
        for (const prompt of ['reject at 0', 'reject at 1']) {
          const rig = createRig(driver);
          const failure = await failureOf(rig.host[how]({ prompt }));
          expect(failure).toEqual(await failureOf(rig.alone[how]({ prompt })));
          expect({ prompt, ...rig.onlyRunEnd() }).toMatchObject({ prompt, outcome: 'error', endedBy: 'host' });
          assertPaired(rig.events);
        }
      });

      it(`${how}: a tool that throws does not end the run`, async () => {
        const rig = createRig(driver);
        await rig.host[how]({ prompt: 'break the tool' });
        expect(rig.onlyRunEnd().outcome).toBe('ok');
        const outcomes = rig.all('tool.end').map((event) => event.outcome);
        expect(outcomes).toEqual(reportsTools ? ['error'] : []);
        assertPaired(rig.events);
      });

      it(`${how}: an abort ends the run as aborted`, async () => {
        for (const prompt of ['hang at 0', 'hang at 1']) {
          const rig = createRig(driver);
          const controller = new AbortController();
          const failure = failureOf(rig.host[how]({ prompt, abortSignal: controller.signal }));
          await until(() => rig.provider.calls.length === (prompt === 'hang at 0' ? 1 : 2));
          controller.abort();
          expect((await failure).name).toBe('AbortError');
          expect({ prompt, ...rig.onlyRunEnd() }).toMatchObject({ prompt, outcome: 'aborted', endedBy: 'host' });
          assertPaired(rig.events);
        }
      });

      it(`${how}: two runs at once on one model are told apart`, async () => {
        const rig = createRig(driver);
        await Promise.all([rig.host[how]({ prompt: 'list 40' }), rig.host[how]({ prompt: 'list 300' })]);
        const ends = rig.all('run.end').sort((a, b) => a.savings.tokensSaved - b.savings.tokensSaved);
        expect(ends.map((end) => end.usage?.inputTokens)).toEqual([140, 400]);
        for (const end of ends) {
          const own = rig.all('compression.end').filter((event) => event.runId === end.runId);
          expect(own).toHaveLength(2);
          expect(end.savings.tokensSaved).toBe(sumOf(own.map((event) => event.tokensSaved)));
        }
        expect(ends[1]?.savings.tokensSaved).toBeGreaterThan(ends[0]?.savings.tokensSaved ?? Infinity);
        assertPaired(rig.events);
      });

      it(`${how}: an agent that works inside a tool has a run of its own, under its parent`, async () => {
        const rig = createRig(driver, { how });
        await rig.host[how]({ prompt: 'delegate list 40' });
        const [inner, outer] = rig.all('run.end');
        expect(inner?.parentRunId).toBe(outer?.runId);
        expect(outer?.parentRunId).toBeUndefined();
        expect(inner?.usage?.inputTokens).toBe(140);
        expect(outer?.usage?.inputTokens).toBe(200);
        expect(inner?.savings.tokensSaved).toBeGreaterThan(0);
        assertPaired(rig.events);
      });

      it(`${how}: the history of the host is what it is without us`, async () => {
        for (const prompt of ['list 60', 'break the tool', 'list 60 twice']) {
          const rig = createRig(driver);
          expect(await rig.host[how]({ prompt })).toEqual(await rig.alone[how]({ prompt }));
        }
      });

      it(`${how}: what is said is told to who asks for it, and to nobody else`, async () => {
        const rig = createRig(driver);
        const said = saidIn(rig.hooks.events);
        expect((await rig.host[how]({ prompt: 'list 60' })).text).toBe('There are 60 requests.');
        const call = { type: 'tool_call', name: 'list', arguments: { count: 60 } };
        const [asked, askedAgain] = said.prompt;
        expect(JSON.stringify([said.instructions, asked]).includes(INSTRUCTIONS)).toBe(driver.isInstructed === true);
        expect(asked?.at(-1)).toEqual({ role: 'user', parts: [{ type: 'text', content: 'list 60' }] });
        expect(askedAgain?.flatMap(({ parts }) => parts)).toContainEqual(expect.objectContaining(call));
        const [answer, ...results] = askedAgain?.at(-1)?.parts ?? [];
        expect(answer).toMatchObject({ type: 'tool_call_response', response: expect.stringContaining('catalogue') });
        expect(results).toEqual([]);
        const [called, told] = said.answer.map((messages) => messages.flatMap(({ parts }) => parts));
        expect(called).toEqual([
          expect.objectContaining({ type: 'text', content: 'I will look.' }),
          expect.objectContaining(call),
        ]);
        expect(told).toEqual([{ type: 'text', content: 'There are 60 requests.' }]);
        expect(said.arguments).toEqual(reportsTools ? [{ count: 60 }] : []);
        expect(said.result.map((value) => JSON.stringify(value).includes('catalogue'))).toEqual(
          reportsTools ? [true] : [],
        );
        expect(JSON.stringify(rig.events)).not.toMatch(/There are 60|I will look/);
      });

      it(`${how}: listeners that throw and a store that is down are nothing to the agent`, async () => {
        const rig = createRig(driver, { store: brokenStore });
        for (const type of [
          'run.start',
          'model.start',
          'compression.end',
          'model.end',
          'tool.end',
          'run.end',
        ] as const) {
          rig.hooks.on(type, () => {
            throw new Error('A listener failed.');
          });
          rig.hooks.on(type, () => Promise.reject(new Error('A listener failed later.')));
        }
        expect(await rig.host[how]({ prompt: 'list 200' })).toEqual(await rig.alone[how]({ prompt: 'list 200' }));
        expect(rig.onlyRunEnd().outcome).toBe('ok');
        expect(rig.all('fault').length).toBeGreaterThan(0);
        assertPaired(rig.events);
      });
    }

    const brokenStreamsEndBy = driver.brokenStreamsEndBy ?? 'host';
    it(`stream: ${ERRORS_IN_THE_MIDDLE[brokenStreamsEndBy]}`, async () => {
      for (const prompt of ['error part at 0', 'error part at 1', 'break stream at 0', 'break stream at 1']) {
        const rig = createRig(driver);
        const failure = await failureOf(rig.host.stream({ prompt }));
        expect(failure).toEqual(await failureOf(rig.alone.stream({ prompt })));
        const isSeen = brokenStreamsEndBy === 'host' || prompt.startsWith('error part');
        if (!isSeen) {
          expect(rig.all('run.end')).toEqual([]);
          rig.clock.advance(RUN_TIME_TO_LIVE_MS + 1);
        }
        const ending = isSeen ? { outcome: 'error', endedBy: 'host' } : { outcome: 'aborted', endedBy: 'time-to-live' };
        expect({ prompt, ...rig.onlyRunEnd() }).toMatchObject({ prompt, ...ending });
        assertPaired(rig.events);
      }
    });

    it('stream: a run whose reader has left ends all the same', async () => {
      const rig = createRig(driver);
      await rig.host.leave({ prompt: 'talk' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const expected = { endedBy: driver.abandonedRunsEndBy };
      if (driver.abandonedRunsEndBy === 'time-to-live') expect(rig.all('run.end')).toEqual([]);
      rig.clock.advance(RUN_TIME_TO_LIVE_MS + 1);
      expect(rig.onlyRunEnd()).toMatchObject(expected);
      assertPaired(rig.events);
    });
  });
}

/** What is said from now on, as the conventions write it; messages are read at once, for hosts go on with theirs. */
function saidIn(events: object) {
  const said: Record<'prompt' | 'answer', GenAiMessages[]> &
    Record<'instructions' | 'arguments' | 'result', unknown[]> = {
    instructions: [],
    prompt: [],
    answer: [],
    arguments: [],
    result: [],
  };
  listenToContent(events, (content) => {
    if (content.of === 'prompt') said.instructions.push(...genAiInstructions(content.instructions));
    if ('messages' in content) said[content.of].push(genAiMessages(content.messages));
    else said[content.of].push(content.value);
  });
  return said;
}

type GenAiMessages = ReturnType<typeof genAiMessages>;

async function failureOf(promise: Promise<unknown>): Promise<{ readonly name: string; readonly message: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('Expected a rejection.');
}

function runIdsOf(events: readonly HeadroomEvent[]): readonly (string | undefined)[] {
  return [...new Set(events.map(({ runId }) => runId))];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
