import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import type { EventFacts } from '../../../src/events/event.ts';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { HeadroomPostHook } from '../../../src/hooks/post-hook.ts';
import { HeadroomPreHook, type HeadroomPreHookOptions } from '../../../src/hooks/pre-hook.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';
import { compressionEnd } from './model-events.ts';

function emitCompression(hook: HeadroomPreHook, facts: Partial<EventFacts<'compression.end'>>): void {
  hook.events.emit('compression.end', () => compressionEnd(facts));
}

describe('HeadroomPreHook', () => {
  it('starts with nothing: no history, nothing saved', () => {
    const hook = new HeadroomPreHook();
    expect(hook.metricsHistory).toEqual([]);
    expect(hook.totalTokensSaved).toBe(0);
    expect(hook.getSavingsSummary()).toEqual({
      totalRequests: 0,
      totalTokensBefore: 0,
      totalTokensAfter: 0,
      totalTokensSaved: 0,
      averageSavingsPercent: 0,
    });
  });

  it('opens the run on a bus of its own and leaves what the agent was given as it was', () => {
    const hook = new HeadroomPreHook();
    const recorded = recordEvents(hook.events);
    const input = Object.freeze({ runId: 'r1', agent: 'support', input: Object.freeze({ prompt: 'hello' }) });
    expect(hook.preRun(input)).toBeUndefined();
    expect(recorded).toMatchObject([{ type: 'run.start', runId: 'r1', agent: 'support' }]);
    expect(JSON.stringify(recorded)).not.toContain('hello');
  });

  it('records each run with an id, a time and what was saved in it', () => {
    const clock = fixedClock();
    const hook = new HeadroomPreHook({ clock });
    hook.preRun({ runId: 'r1', agent: 'a', sessionId: 's', model: 'm' });
    clock.advance(10);
    hook.preRun({ runId: 'r2' });
    emitCompression(hook, { runId: 'r1', tokensBefore: 100, tokensAfter: 80 });
    emitCompression(hook, { runId: 'r2', tokensBefore: 100, tokensAfter: 30 });
    emitCompression(hook, { runId: 'r1', tokensBefore: 50, tokensAfter: 50 });
    emitCompression(hook, { runId: undefined, tokensBefore: 1_000, tokensAfter: 900 });
    const [first, second] = hook.metricsHistory;
    expect(first).toMatchObject({ runId: 'r1', agent: 'a', sessionId: 's', model: 'm', timestamp: clock.now() - 10 });
    expect(first).toMatchObject({ tokensBefore: 150, tokensAfter: 130, tokensSaved: 20 });
    expect(second).toMatchObject({ runId: 'r2', timestamp: clock.now(), tokensSaved: 70 });
    expect(first?.requestId).not.toBe(second?.requestId);
    expect(hook.totalTokensSaved).toBe(190);
    expect(hook.getSavingsSummary()).toEqual({
      totalRequests: 2,
      totalTokensBefore: 1_250,
      totalTokensAfter: 1_060,
      totalTokensSaved: 190,
      averageSavingsPercent: 15.2,
    });
  });

  it('counts what an audit would have saved as nothing saved', () => {
    const hook = new HeadroomPreHook();
    hook.preRun({ runId: 'r1' });
    emitCompression(hook, { runId: 'r1', tokensBefore: 100, tokensAfter: 1, mode: 'audit' });
    expect(hook.totalTokensSaved).toBe(0);
    expect(hook.metricsHistory[0]?.tokensSaved).toBe(0);
  });

  it('keeps the last hundred runs and counts them all', () => {
    const hook = new HeadroomPreHook();
    for (let index = 1; index <= 1_001; index += 1) {
      hook.preRun({ runId: `r${index}` });
      emitCompression(hook, { runId: `r${index}`, tokensBefore: 3, tokensAfter: 1 });
    }
    const runIds = hook.metricsHistory.map(({ runId }) => runId);
    expect(runIds).toHaveLength(100);
    expect([runIds.at(0), runIds.at(-1)]).toEqual(['r902', 'r1001']);
    expect(hook.getSavingsSummary()).toMatchObject({ totalRequests: 1_001, totalTokensSaved: 2_002 });
  });

  it('hands out copies: a history that was read does not change', () => {
    const hook = new HeadroomPreHook();
    hook.preRun({ runId: 'r1' });
    const before = hook.metricsHistory;
    emitCompression(hook, { runId: 'r1', tokensBefore: 9, tokensAfter: 1 });
    hook.preRun({ runId: 'r2' });
    expect(before).toHaveLength(1);
    expect(before[0]?.tokensSaved).toBe(0);
  });

  it('counts from zero after reset(), and ends the runs that were open', () => {
    const hook = new HeadroomPreHook();
    const recorded = recordEvents(hook.events);
    hook.preRun({ runId: 'r1' });
    emitCompression(hook, { runId: 'r1', tokensBefore: 9, tokensAfter: 1 });
    hook.reset();
    expect(hook.metricsHistory).toEqual([]);
    expect(hook.getSavingsSummary()).toMatchObject({ totalRequests: 0, totalTokensSaved: 0 });
    emitCompression(hook, { runId: 'r1', tokensBefore: 5, tokensAfter: 1 });
    expect(hook.totalTokensSaved).toBe(4);
    hook.runs.end({ runId: 'r1', outcome: 'ok' });
    assertPaired(recorded.filter(({ type }) => type.startsWith('run.')));
  });

  it('shares the runs of its bus with a post hook on the same bus', () => {
    const events = new EventBus();
    const recorded = recordEvents(events);
    const preHook = new HeadroomPreHook({ events });
    const postHook = new HeadroomPostHook({ events });
    preHook.preRun({ runId: 'r1' });
    postHook.postRun({ runId: 'r1', outcome: 'ok' });
    expect(preHook.runs.openRunCount).toBe(0);
    expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'run.end']);
  });

  it('ends a run that no post hook ends after half an hour', () => {
    const clock = fixedClock();
    const hook = new HeadroomPreHook({ clock });
    const recorded = recordEvents(hook.events);
    hook.preRun({ runId: 'r1' });
    clock.advance(30 * 60_000);
    expect(recorded.at(-1)).toMatchObject({ type: 'run.end', endedBy: 'time-to-live' });
  });

  it('reports what it can not read as a fault, and does not throw', () => {
    const hook = new HeadroomPreHook();
    const recorded = recordEvents(hook.events);
    hook.preRun(undefined as never);
    expect(recorded).toMatchObject([{ type: 'fault', where: 'hook', errorName: 'TypeError' }]);
  });

  it('works through a Proxy, as hosts may hold it', () => {
    const hook = new Proxy(new HeadroomPreHook(), {});
    hook.preRun({ runId: 'r1' });
    expect(hook.metricsHistory).toHaveLength(1);
  });

  it('stops to listen when it is detached', () => {
    const hook = new HeadroomPreHook();
    hook.detach();
    emitCompression(hook, { tokensBefore: 9, tokensAfter: 1 });
    expect(hook.totalTokensSaved).toBe(0);
  });

  it('refuses options that it does not have', () => {
    expect(() => new HeadroomPreHook({ event: new EventBus() } as HeadroomPreHookOptions)).toThrow(HeadroomError);
    expect(() => new HeadroomPreHook({ events: {} as EventBus })).toThrow('has to be an event bus');
  });
});
