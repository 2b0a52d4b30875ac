import { describe, expect, it, vi } from 'vitest';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { HeadroomPostHook, type HeadroomPostHookOptions } from '../../../src/hooks/post-hook.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';
import { modelEnd, modelStart, usageOf } from './model-events.ts';

const usage = usageOf({ inputTokens: 90, outputTokens: 10 });

describe('HeadroomPostHook', () => {
  it('starts with nothing', () => {
    const hook = new HeadroomPostHook();
    expect(hook.requests).toEqual([]);
    expect(hook.alerts).toEqual([]);
    expect(hook.getSummary()).toEqual({
      totalRequests: 0,
      totalTokens: 0,
      averageTokens: 0,
      requestsWithUnknownUsage: 0,
      alerts: 0,
    });
  });

  it('ends a run that nobody started by starting it first, so that events pair', () => {
    const hook = new HeadroomPostHook();
    const recorded = recordEvents(hook.events);
    hook.postRun({ runId: 'r1', agent: 'support', outcome: 'ok', usage });
    hook.postRun({ runId: 'r1', agent: 'support', outcome: 'ok', usage });
    expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'run.end']);
    assertPaired(recorded);
    expect(hook.requests).toMatchObject([
      { runId: 'r1', agent: 'support', outcome: 'ok', inputTokens: 90, outputTokens: 10, totalTokens: 100 },
    ]);
  });

  it('records runs that end without it, abandoned ones too', () => {
    const clock = fixedClock();
    const hook = new HeadroomPostHook({ clock });
    hook.runs.start({ runId: 'told' });
    hook.runs.end({ runId: 'told', outcome: 'ok' });
    hook.runs.start({ runId: 'abandoned' });
    clock.advance(30 * 60_000);
    hook.postRun({ runId: 'abandoned', outcome: 'ok' });
    expect(hook.requests).toMatchObject([
      { runId: 'told', outcome: 'ok', endedBy: 'host' },
      { runId: 'abandoned', outcome: 'aborted', endedBy: 'time-to-live', timestamp: clock.now() },
    ]);
    expect(hook.getSummary().totalRequests).toBe(2);
  });

  it('takes text, structured output and none at all', () => {
    const hook = new HeadroomPostHook();
    const outputs: unknown[] = ['four', { total: 4 }, [1, 2], null, undefined, Object.create(null)];
    for (const [index, output] of outputs.entries()) hook.postRun({ runId: `r${index}`, outcome: 'ok', output });
    expect(hook.requests.map(({ outputType, contentLength }) => [outputType, contentLength])).toEqual([
      ['text', 4],
      ['object', undefined],
      ['array', undefined],
      ['null', undefined],
      [undefined, undefined],
      ['object', undefined],
    ]);
  });

  it('does not take unknown usage for zero', () => {
    const hook = new HeadroomPostHook({ tokenAlertThreshold: 0 });
    hook.postRun({ runId: 'unknown', outcome: 'ok' });
    hook.postRun({ runId: 'empty', outcome: 'ok', usage: usageOf({}) });
    hook.postRun({ runId: 'half', outcome: 'ok', usage: usageOf({ outputTokens: 6 }) });
    hook.postRun({ runId: 'known', outcome: 'ok', usage });
    expect(hook.requests.map(({ totalTokens }) => totalTokens)).toEqual([undefined, undefined, 6, 100]);
    expect(hook.getSummary()).toEqual({
      totalRequests: 4,
      totalTokens: 106,
      averageTokens: 53,
      requestsWithUnknownUsage: 2,
      alerts: 2,
    });
  });

  it('alerts above its threshold and not at it; 0 is a threshold', () => {
    const alertsAt = (tokenAlertThreshold: number): readonly string[] => {
      const hook = new HeadroomPostHook({ tokenAlertThreshold });
      hook.postRun({ runId: 'r1', outcome: 'ok', usage });
      return hook.alerts.map(({ value, threshold }) => `${value}>${threshold}`);
    };
    expect(alertsAt(0)).toEqual(['100>0']);
    expect(alertsAt(99)).toEqual(['100>99']);
    expect(alertsAt(100)).toEqual([]);
  });

  it('keeps the last thousand runs and alerts, and its totals never go down', () => {
    const hook = new HeadroomPostHook({ tokenAlertThreshold: 0 });
    let last = 0;
    for (let index = 1; index <= 1_001; index += 1) {
      hook.postRun({ runId: `r${index}`, outcome: 'ok', usage: index === 1 ? usage : usageOf({ inputTokens: 1 }) });
      expect(hook.getSummary().totalTokens).toBeGreaterThan(last);
      last = hook.getSummary().totalTokens;
    }
    expect(hook.requests).toHaveLength(1_000);
    expect([hook.requests.at(0)?.runId, hook.requests.at(-1)?.runId]).toEqual(['r2', 'r1001']);
    expect(hook.alerts).toHaveLength(1_000);
    expect(hook.getSummary()).toMatchObject({ totalRequests: 1_001, totalTokens: 1_100, alerts: 1_001 });
  });

  it('prefers what the model calls used to what the host says', () => {
    const hook = new HeadroomPostHook();
    hook.runs.start({ runId: 'r1' });
    hook.events.emit('model.start', () => modelStart('r1'));
    hook.events.emit('model.end', () => modelEnd('r1', usage));
    hook.postRun({ runId: 'r1', outcome: 'ok', usage: usageOf({ inputTokens: 1, outputTokens: 1 }) });
    expect(hook.requests[0]?.totalTokens).toBe(100);
  });

  it('counts from zero after reset()', () => {
    const hook = new HeadroomPostHook({ tokenAlertThreshold: 0 });
    hook.postRun({ runId: 'r1', outcome: 'ok', usage });
    hook.reset();
    expect(hook.requests).toEqual([]);
    expect(hook.alerts).toEqual([]);
    expect(hook.getSummary()).toMatchObject({ totalRequests: 0, totalTokens: 0, alerts: 0 });
    hook.postRun({ runId: 'r2', outcome: 'ok', usage });
    expect(hook.getSummary()).toMatchObject({ totalRequests: 1, totalTokens: 100, alerts: 1 });
  });

  it('prints a line per run when it is given a level', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    try {
      new HeadroomPostHook({ logLevel: 'info' }).postRun({ runId: 'r1', outcome: 'ok' });
      new HeadroomPostHook().postRun({ runId: 'r2', outcome: 'ok' });
      expect(print).toHaveBeenCalledTimes(1);
    } finally {
      print.mockRestore();
    }
  });

  it('reports what it can not read as a fault, and does not throw', () => {
    const hook = new HeadroomPostHook();
    const recorded = recordEvents(hook.events);
    hook.postRun(undefined as never);
    expect(recorded).toMatchObject([{ type: 'fault', where: 'hook', errorName: 'TypeError' }]);
  });

  it('works through a Proxy, and stops to listen when it is detached', () => {
    const hook = new Proxy(new HeadroomPostHook(), {});
    hook.postRun({ runId: 'r1', outcome: 'ok' });
    hook.detach();
    hook.postRun({ runId: 'r2', outcome: 'ok' });
    expect(hook.requests).toHaveLength(1);
  });

  it('refuses options that it does not have', () => {
    expect(() => new HeadroomPostHook({ threshold: 1 } as HeadroomPostHookOptions)).toThrow(HeadroomError);
    expect(() => new HeadroomPostHook({ tokenAlertThreshold: -1 })).toThrow('0 or more');
  });
});
