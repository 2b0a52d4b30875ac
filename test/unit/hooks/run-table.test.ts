import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import type { EventFacts, RunEnd } from '../../../src/events/event.ts';
import { createIds } from '../../../src/events/ids.ts';
import { withinRun } from '../../../src/hooks/run-scope.ts';
import { createRunTable } from '../../../src/hooks/run-table.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';
import { compressionEnd, modelEnd, modelStart, usageOf } from './model-events.ts';

function openTable({ runLimit = 10, runTimeToLiveMs = 60_000 } = {}) {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const runs = createRunTable({ events, clock, ids: createIds('t'), runLimit, runTimeToLiveMs });
  const recorded = recordEvents(events);
  const ends = (): RunEnd[] => recorded.filter((event) => event.type === 'run.end');
  return { clock, events, runs, recorded, ends };
}

describe('createRunTable', () => {
  it('tells of a run once at its start and once at its end, however often it is called', () => {
    const { runs, recorded, clock } = openTable();
    const runId = runs.start({ agent: 'support', sessionId: 's1', provider: 'openai', model: 'gpt-5' });
    runs.start({ runId });
    clock.advance(250);
    expect(runs.end({ runId, outcome: 'ok', finishReason: 'stop' })).toBe(true);
    expect(runs.end({ runId, outcome: 'error', error: new Error('late') })).toBe(false);
    expect(recorded).toMatchObject([
      { type: 'run.start', runId, agent: 'support', sessionId: 's1', provider: 'openai', model: 'gpt-5' },
      {
        type: 'run.end',
        runId,
        agent: 'support',
        outcome: 'ok',
        endedBy: 'host',
        finishReason: 'stop',
        durationMs: 250,
      },
    ]);
    expect(recorded).toHaveLength(2);
  });

  it('ignores the end of a run that it does not know', () => {
    const { runs, recorded } = openTable();
    expect(runs.end({ runId: 'nobody', outcome: 'ok' })).toBe(false);
    expect(recorded).toEqual([]);
  });

  it('does not open again what has ended, whatever comes late', () => {
    const { runs, recorded, events } = openTable();
    const runId = runs.start({});
    runs.end({ runId, outcome: 'ok' });
    const count = recorded.length;
    runs.start({ runId });
    runs.step(runId);
    runs.startTool({ runId, toolCallId: 'c1', toolName: 'search' });
    runs.endTool({ runId, toolCallId: 'c1', toolName: 'search', outcome: 'ok' });
    events.emit('model.end', () => modelEnd(runId));
    expect(recorded.filter(({ type }) => type !== 'model.end')).toHaveLength(count);
    expect(runs.openRunCount).toBe(0);
  });

  it('sums what the model calls of a run used', () => {
    const { runs, events, ends } = openTable();
    const first = runs.start({});
    const second = runs.start({});
    for (const [runId, inputTokens] of [
      [first, 100],
      [second, 7],
      [first, 20],
      [undefined, 1_000],
    ] as const) {
      events.emit('model.start', () => modelStart(runId));
      events.emit('model.end', () => modelEnd(runId, usageOf({ inputTokens, outputTokens: 1 })));
    }
    runs.end({ runId: first, outcome: 'ok', usage: usageOf({ inputTokens: 1, outputTokens: 1 }) });
    runs.end({ runId: second, outcome: 'ok' });
    expect(ends()).toMatchObject([
      { runId: first, modelCallCount: 2, usage: { inputTokens: 120, outputTokens: 2 }, provider: 'p', model: 'm' },
      { runId: second, modelCallCount: 1, usage: { inputTokens: 7, outputTokens: 1 } },
    ]);
  });

  it('takes the usage of the host where no model call told its own, and leaves the unknown unknown', () => {
    const { runs, events, ends } = openTable();
    const told = runs.start({});
    events.emit('model.start', () => modelStart(told));
    events.emit('model.end', () => modelEnd(told, undefined));
    runs.end({ runId: told, outcome: 'ok', usage: usageOf({ inputTokens: 3 }) });
    const untold = runs.start({});
    runs.end({ runId: untold, outcome: 'ok' });
    expect(ends()[0]?.usage).toEqual(usageOf({ inputTokens: 3 }));
    expect(ends()[1]?.usage).toBeUndefined();
  });

  it('sums what compression saved, and counts neither an audit nor a second attempt', () => {
    const { runs, events, ends } = openTable();
    const runId = runs.start({});
    const emit = (facts: Partial<EventFacts<'compression.end'>>): void =>
      events.emit('compression.end', () => compressionEnd({ runId, ...facts }));
    emit({ tokensBefore: 100, tokensAfter: 40 });
    emit({ tokensBefore: 100, tokensAfter: 40, isRetry: true });
    emit({ tokensBefore: 500, tokensAfter: 5, mode: 'audit' });
    emit({ tokensBefore: 10, tokensAfter: 9 });
    emit({ tokensBefore: 1_000, tokensAfter: 1, runId: undefined });
    runs.end({ runId, outcome: 'ok' });
    expect(ends()[0]?.savings).toEqual({ tokensBefore: 110, tokensAfter: 49, tokensSaved: 61 });
  });

  it('counts steps as the host does, else as it was told of them, else by model calls', () => {
    const { runs, events, ends } = openTable();
    for (const stepCount of [7, undefined]) {
      const runId = runs.start({});
      runs.step(runId);
      runs.step(runId);
      runs.end({ runId, outcome: 'ok', stepCount });
    }
    const runId = runs.start({});
    events.emit('model.start', () => modelStart(runId));
    runs.end({ runId, outcome: 'ok' });
    expect(ends().map(({ stepCount }) => stepCount)).toEqual([7, 2, 1]);
  });

  it('says what kind of error ended a run, and nothing of its message', () => {
    const { runs, recorded, ends } = openTable();
    const runId = runs.start({});
    runs.end({ runId, outcome: 'error', error: new TypeError('the canary is in the coal mine') });
    expect(ends()[0]).toMatchObject({ outcome: 'error', errorType: 'TypeError' });
    const silent = runs.start({});
    runs.end({ runId: silent, outcome: 'error' });
    expect(ends()[1]?.errorType).toBeUndefined();
    expect(JSON.stringify(recorded)).not.toContain('canary');
  });

  describe('tools', () => {
    it('are told of with their run, their outcome and how long they took', () => {
      const { runs, recorded, clock, ends } = openTable();
      const runId = runs.start({ agent: 'support' });
      const call = { runId, toolCallId: 'c1', toolName: 'search' };
      runs.startTool(call);
      runs.startTool(call);
      clock.advance(30);
      runs.endTool({ ...call, outcome: 'error', error: new RangeError('no') });
      runs.endTool({ ...call, outcome: 'ok' });
      runs.end({ runId, outcome: 'ok' });
      expect(recorded.slice(1, 3)).toMatchObject([
        { type: 'tool.start', ...call, agent: 'support' },
        { type: 'tool.end', ...call, outcome: 'error', errorType: 'RangeError', durationMs: 30, endedBy: 'host' },
      ]);
      expect(ends()[0]?.toolCallCount).toBe(1);
      assertPaired(recorded);
    });

    it('that are still open end before their run does', () => {
      const { runs, recorded } = openTable();
      const runId = runs.start({});
      runs.startTool({ runId, toolCallId: 'c1', toolName: 'search' });
      runs.end({ runId, outcome: 'ok' });
      expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'tool.start', 'tool.end', 'run.end']);
      expect(recorded[2]).toMatchObject({ outcome: 'aborted', endedBy: 'host' });
    });

    it('get ids of their own where a provider counts its calls anew in every step', () => {
      const { runs, recorded } = openTable();
      const runId = runs.start({});
      for (const toolCallId of ['call_0', 'call_0', 'call_0~2', 'call_0']) {
        runs.startTool({ runId, toolCallId, toolName: 'search' });
        runs.endTool({ runId, toolCallId, toolName: 'search', outcome: 'ok' });
      }
      runs.end({ runId, outcome: 'ok' });
      const started = recorded.filter((event) => event.type === 'tool.start').map(({ toolCallId }) => toolCallId);
      expect(started).toEqual(['call_0', 'call_0~2', 'call_0~2~2', 'call_0~3']);
      assertPaired(recorded);
    });

    it('belong to the run around them where none is named', () => {
      const { runs, recorded } = openTable();
      const runId = runs.start({});
      withinRun({ runId }, () => runs.startTool({ runId: undefined, toolCallId: 'c1', toolName: 'search' }));
      runs.startTool({ runId: undefined, toolCallId: 'c2', toolName: 'search' });
      runs.end({ runId, outcome: 'ok' });
      expect(recorded.filter(({ type }) => type === 'tool.start')).toMatchObject([{ runId, toolCallId: 'c1' }]);
    });

    it('of one run are bounded when nobody ends them', () => {
      const { runs, recorded } = openTable();
      const runId = runs.start({});
      for (let index = 0; index < 1_001; index += 1) runs.startTool({ runId, toolCallId: `c${index}`, toolName: 't' });
      expect(recorded.at(-2)).toMatchObject({ type: 'tool.end', toolCallId: 'c0', endedBy: 'capacity' });
      runs.end({ runId, outcome: 'ok' });
      assertPaired(recorded);
    });
  });

  describe('runs that nobody ends', () => {
    it('end as abandoned after their time to live', () => {
      const { runs, recorded, clock } = openTable({ runTimeToLiveMs: 1_000 });
      const runId = runs.start({});
      clock.advance(999);
      expect(runs.openRunCount).toBe(1);
      clock.advance(1);
      expect(recorded.at(-1)).toMatchObject({
        type: 'run.end',
        runId,
        outcome: 'aborted',
        endedBy: 'time-to-live',
        durationMs: 1_000,
      });
      expect(runs.openRunCount).toBe(0);
    });

    it('are kept alive by their steps, tools, model calls and retrievals', () => {
      const { runs, events, clock } = openTable({ runTimeToLiveMs: 1_000 });
      const runId = runs.start({});
      const signs = [
        () => runs.step(runId),
        () => runs.startTool({ runId, toolCallId: 'c', toolName: 't' }),
        () => runs.endTool({ runId, toolCallId: 'c', toolName: 't', outcome: 'ok' }),
        () => events.emit('model.start', () => modelStart(runId)),
        () => events.emit('model.end', () => modelEnd(runId)),
        () => events.emit('compression.end', () => compressionEnd({ runId })),
        () => events.emit('retrieval.end', () => ({ runId, outcome: 'found' as const, tokens: 1, durationMs: 1 })),
        () => runs.start({ runId }),
      ];
      for (const giveSign of signs) {
        clock.advance(999);
        giveSign();
      }
      clock.advance(999);
      expect(runs.openRunCount).toBe(1);
      clock.advance(1);
      expect(runs.openRunCount).toBe(0);
    });

    it('are kept alive by the runs inside them, in a ring of parents too', () => {
      const { runs, clock } = openTable({ runTimeToLiveMs: 1_000 });
      runs.start({ runId: 'a', parentRunId: 'c' });
      runs.start({ runId: 'b', parentRunId: 'a' });
      runs.start({ runId: 'c', parentRunId: 'b' });
      clock.advance(900);
      runs.step('c');
      clock.advance(900);
      expect(runs.openRunCount).toBe(3);
    });

    it('make room for one more: the one that was silent longest ends', () => {
      const { runs, recorded } = openTable({ runLimit: 2 });
      runs.start({ runId: 'first' });
      runs.start({ runId: 'second' });
      runs.step('first');
      runs.start({ runId: 'third' });
      expect(recorded.at(-2)).toMatchObject({
        type: 'run.end',
        runId: 'second',
        outcome: 'aborted',
        endedBy: 'capacity',
      });
      expect(runs.openRunCount).toBe(2);
    });

    it('leave no timer behind when nothing is open', () => {
      const clock = fixedClock();
      let timers = 0;
      const counting = {
        ...clock,
        schedule: (callback: () => void, delayMs: number) => {
          timers += 1;
          const cancel = clock.schedule(() => {
            timers -= 1;
            callback();
          }, delayMs);
          return () => {
            timers -= 1;
            cancel();
          };
        },
      };
      const events = new EventBus({ clock });
      const runs = createRunTable({
        events,
        clock: counting,
        ids: createIds('t'),
        runLimit: 9,
        runTimeToLiveMs: 1_000,
      });
      expect(timers).toBe(0);
      for (const runId of ['a', 'b', 'c']) runs.start({ runId });
      expect(timers).toBe(1);
      for (const runId of ['a', 'b', 'c']) runs.end({ runId, outcome: 'ok' });
      expect(timers).toBe(0);
      runs.start({ runId: 'd' });
      clock.advance(5_000);
      expect(timers).toBe(0);
    });

    it('are swept no sooner than asked when the time to live is longer than a timer can be', () => {
      const { runs, clock } = openTable({ runTimeToLiveMs: 2 ** 40 });
      runs.start({});
      clock.advance(2 ** 32);
      expect(runs.openRunCount).toBe(1);
      clock.advance(2 ** 40);
      expect(runs.openRunCount).toBe(0);
    });
  });

  describe('runs inside runs', () => {
    it('know the run around them as their parent and take over its session', () => {
      const { runs, recorded } = openTable();
      runs.start({ runId: 'outer', sessionId: 's1' });
      withinRun({ runId: 'outer', sessionId: 's1' }, () => runs.start({ runId: 'inner' }));
      runs.start({ runId: 'other', parentRunId: 'outer' });
      withinRun({ runId: 'self' }, () => runs.start({ runId: 'self' }));
      expect(recorded).toMatchObject([
        { runId: 'outer', sessionId: 's1' },
        { runId: 'inner', parentRunId: 'outer', sessionId: 's1' },
        { runId: 'other', parentRunId: 'outer', sessionId: 's1' },
        { runId: 'self' },
      ]);
      expect(recorded[3]?.parentRunId).toBeUndefined();
    });
  });

  describe('close()', () => {
    it('ends all that is open and opens nothing after it', () => {
      const { runs, recorded, clock } = openTable();
      runs.start({ runId: 'a' });
      runs.startTool({ runId: 'a', toolCallId: 'c', toolName: 't' });
      runs.start({ runId: 'b' });
      runs.close();
      runs.close();
      runs.start({ runId: 'c' });
      expect(recorded.filter(({ type }) => type === 'run.end')).toMatchObject([
        { runId: 'a', outcome: 'aborted', endedBy: 'close' },
        { runId: 'b', outcome: 'aborted', endedBy: 'close' },
      ]);
      expect(runs.openRunCount).toBe(0);
      clock.advance(1_000_000);
      assertPaired(recorded);
    });
  });

  it('survives a listener that opens and ends runs while it is told of an end', () => {
    const { runs, events, recorded } = openTable({ runLimit: 2 });
    events.on('run.end', ({ runId }) => {
      runs.end({ runId: runId ?? '', outcome: 'error' });
      if (runId === 'a') runs.start({ runId: 'again' });
    });
    for (const runId of ['a', 'b', 'c', 'd']) runs.start({ runId });
    runs.close();
    assertPaired(recorded);
    expect(runs.openRunCount).toBe(0);
  });
});
