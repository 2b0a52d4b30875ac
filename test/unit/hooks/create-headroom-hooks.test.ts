import { describe, expect, it, vi } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import type { AlertFiring, AlertResolved, RunStart } from '../../../src/events/event.ts';
import type { Sink } from '../../../src/events/sink.ts';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createHeadroomHooks, type HeadroomHooksOptions } from '../../../src/hooks/create-headroom-hooks.ts';
import { currentRun } from '../../../src/hooks/run-scope.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';
import { storeOf } from '../../../src/retrieval/store-of.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';
import { modelEnd, modelStart, usageOf } from './model-events.ts';

const usage = usageOf({ inputTokens: 90, outputTokens: 10 });

describe('createHeadroomHooks', () => {
  it('gives a pair of hooks on one bus', () => {
    const { preHook, postHook, events } = createHeadroomHooks();
    const recorded = recordEvents(events);
    preHook.preRun({ runId: 'r1', agent: 'support' });
    postHook.postRun({ runId: 'r1', outcome: 'ok', usage });
    expect(recorded.map(({ type }) => type)).toEqual(['run.start', 'run.end']);
    expect(preHook.metricsHistory).toMatchObject([{ runId: 'r1', agent: 'support' }]);
    expect(postHook.getSummary()).toMatchObject({ totalRequests: 1, totalTokens: 100 });
  });

  it.each([
    ['an option that does not exist', { tokenThreshold: 1 }, 'has no option "tokenThreshold"'],
    ['a threshold below zero', { tokenAlertThreshold: -1 }, 'has to be a number, 0 or more'],
    ['a level that does not exist', { logLevel: 'loud' }, 'has to be one of silent, info, debug'],
    ['a sink that can not be attached', { sinks: [{ name: 'mine' }] }, 'has to be a list of sinks'],
    ['half a run', { runLimit: 0.5 }, 'has to be a whole number'],
    ['a bus that is none', { events: {} }, 'has to be an event bus'],
    ['a store that is none', { store: new Map() }, 'has to be a retrieval store'],
  ])('refuses %s', (_what, options, message) => {
    const create = (): unknown => createHeadroomHooks(options as unknown as HeadroomHooksOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(HeadroomError);
  });

  describe('run()', () => {
    it('ends the run with what the callback resolves to', async () => {
      const hooks = createHeadroomHooks();
      const recorded = recordEvents(hooks.events);
      const result = await hooks.run(async () => currentRun(), { agent: 'support', sessionId: 's1' });
      expect(recorded).toMatchObject([
        { type: 'run.start', runId: result?.runId, agent: 'support', sessionId: 's1' },
        { type: 'run.end', runId: result?.runId, outcome: 'ok', endedBy: 'host' },
      ]);
    });

    it('makes the run around it the parent, with its session', async () => {
      const hooks = createHeadroomHooks();
      const recorded = recordEvents(hooks.events);
      await hooks.run(() => hooks.run(async () => undefined, { agent: 'inner' }), { agent: 'outer', sessionId: 's1' });
      const [outer, inner] = recorded.filter((event): event is RunStart => event.type === 'run.start');
      expect(inner).toMatchObject({ agent: 'inner', parentRunId: outer?.runId, sessionId: 's1' });
      expect(outer?.parentRunId).toBeUndefined();
      assertPaired(recorded);
    });

    it.each([
      ['error', new TypeError('boom')],
      ['error', 'a string'],
      ['aborted', new DOMException('left', 'AbortError')],
      ['aborted', new DOMException('late', 'TimeoutError')],
      ['aborted', new Error('failed', { cause: new Error('why', { cause: new DOMException('', 'AbortError') }) })],
      ['aborted', new HeadroomStopError('over budget')],
    ])('ends as %s and throws the very same when the callback throws %s', async (outcome, error) => {
      const hooks = createHeadroomHooks();
      const recorded = recordEvents(hooks.events);
      await expect(hooks.run(() => Promise.reject(error))).rejects.toBe(error);
      await expect(
        hooks.run(() => {
          throw error;
        }),
      ).rejects.toBe(error);
      const ends = recorded.filter(({ type }) => type === 'run.end');
      expect(ends).toMatchObject([{ outcome }, { outcome }]);
      assertPaired(recorded);
    });

    it('keeps runs apart that go on at the same time', async () => {
      const hooks = createHeadroomHooks();
      const call = async (inputTokens: number): Promise<void> => {
        await hooks.run(async () => {
          for (let count = 0; count < 3; count += 1) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            const runId = currentRun()?.runId;
            hooks.events.emit('model.start', () => modelStart(runId));
            hooks.events.emit('model.end', () => modelEnd(runId, usageOf({ inputTokens, outputTokens: 0 })));
          }
        });
      };
      await Promise.all([call(1), call(100)]);
      expect(new Set(hooks.postHook.requests.map(({ totalTokens }) => totalTokens))).toEqual(new Set([3, 300]));
    });
  });

  describe('alerts', () => {
    it('reach onAlert, firing and resolved, and the post hook', () => {
      const heard: (AlertFiring | AlertResolved)[] = [];
      const { postHook } = createHeadroomHooks({ tokenAlertThreshold: 99, onAlert: (alert) => void heard.push(alert) });
      postHook.postRun({ runId: 'r1', outcome: 'ok', usage });
      expect(heard).toMatchObject([
        { type: 'alert.firing', value: 100, threshold: 99 },
        { type: 'alert.resolved', value: 100 },
      ]);
      expect(postHook.alerts).toEqual([heard[0]]);
    });

    it('fire at a threshold of 0', () => {
      const { postHook } = createHeadroomHooks({ tokenAlertThreshold: 0 });
      postHook.postRun({ runId: 'r1', outcome: 'ok', usage });
      expect(postHook.alerts).toHaveLength(1);
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('pager down');
        },
      ],
      ['rejects', () => Promise.reject(new Error('pager down'))],
    ])('do not harm the run when onAlert %s', async (_how, onAlert) => {
      const { postHook, events } = createHeadroomHooks({ tokenAlertThreshold: 0, onAlert });
      const recorded = recordEvents(events);
      postHook.postRun({ runId: 'r1', outcome: 'ok', usage });
      await Promise.resolve();
      assertPaired(recorded);
      expect(recorded.filter(({ type }) => type === 'fault')).toMatchObject([
        { where: 'listener', errorName: 'Error' },
        { where: 'listener', errorName: 'Error' },
      ]);
    });
  });

  describe('sinks', () => {
    it('hear of an event after the run table, so that they may ask it', () => {
      const seen: number[] = [];
      const sink: Sink = {
        name: 'mine',
        attach: (events) => events.on('run.end', ({ savings }) => void seen.push(savings.tokensSaved)),
      };
      const { postHook } = createHeadroomHooks({ sinks: [sink] });
      postHook.postRun({ runId: 'r1', outcome: 'ok' });
      expect(seen).toEqual([0]);
    });

    it('are all let go again when one can not be attached', () => {
      const events = new EventBus();
      const good: Sink = { name: 'good', attach: (bus) => bus.on('fault', () => {}) };
      const bad: Sink = {
        name: 'bad',
        attach() {
          throw new HeadroomError('missing-peer', 'Install it.');
        },
      };
      expect(() => createHeadroomHooks({ events, sinks: [good, bad] })).toThrow('Install it.');
      expect(events.isHeard('fault')).toBe(false);
    });

    it('print to the console at the level that is asked for', () => {
      const print = vi.spyOn(console, 'error').mockReturnValue();
      try {
        for (const logLevel of ['silent', 'info', 'debug'] as const) {
          createHeadroomHooks({ logLevel }).postHook.postRun({ runId: 'r1', outcome: 'ok' });
        }
        expect(print).toHaveBeenCalledTimes(3);
      } finally {
        print.mockRestore();
      }
    });
  });

  describe('flush() and close()', () => {
    function failing(how: string, fail: () => Promise<void>): Sink {
      return { name: how, attach: () => () => fail(), flush: fail, close: fail };
    }

    it('never reject, and report what failed', async () => {
      const events = new EventBus();
      const recorded = recordEvents(events);
      const hooks = createHeadroomHooks({
        events,
        sinks: [
          failing('throws', () => {
            throw new TypeError('down');
          }),
          { name: 'rejects', attach: () => () => {}, flush: () => Promise.reject(new RangeError('down')) },
          { name: 'plain', attach: () => () => {} },
        ],
      });
      await hooks.flush();
      await hooks.close();
      expect(recorded.map((event) => event.type === 'fault' && `${event.where} ${event.errorName}`)).toEqual([
        'sink TypeError',
        'sink RangeError',
        'sink TypeError',
        'sink TypeError',
      ]);
    });

    it('ends open runs, which sinks still hear, and then lets go of everything once', async () => {
      const events = new EventBus();
      const log: string[] = [];
      const sink: Sink = {
        name: 'mine',
        attach(bus) {
          const unsubscribe = bus.onAny(({ type }) => void log.push(type));
          return () => {
            log.push('detached');
            unsubscribe();
          };
        },
        close: async () => void log.push('closed'),
      };
      const hooks = createHeadroomHooks({ events, sinks: [sink], tokenAlertThreshold: 1, onAlert: () => {} });
      hooks.on('run.start', () => {});
      hooks.preHook.preRun({ runId: 'r1' });
      await Promise.all([hooks.close(), hooks.close()]);
      hooks.preHook.preRun({ runId: 'r2' });
      expect(log).toEqual(['run.start', 'run.end', 'detached', 'closed']);
      expect(hooks.postHook.requests).toMatchObject([{ runId: 'r1', endedBy: 'close' }]);
      for (const type of ['run.start', 'run.end', 'model.end', 'compression.end', 'alert.firing'] as const) {
        expect(events.isHeard(type)).toBe(false);
      }
    });

    it('leave alone what others listen to on a bus of theirs', async () => {
      const events = new EventBus();
      const recorded = recordEvents(events);
      const hooks = createHeadroomHooks({ events });
      await hooks.close();
      events.emit('run.start', () => ({ runId: 'r1' }));
      expect(recorded).toHaveLength(1);
    });
  });

  describe('on()', () => {
    it('listens until it is told to stop', () => {
      const { on, preHook } = createHeadroomHooks();
      const heard: (string | undefined)[] = [];
      const stop = on('run.start', ({ runId }) => void heard.push(runId));
      preHook.preRun({ runId: 'r1' });
      stop();
      preHook.preRun({ runId: 'r2' });
      expect(heard).toEqual(['r1']);
    });
  });

  describe('tools', () => {
    it('answer from the store of the bus, within the run that asks', async () => {
      const clock = fixedClock();
      const hooks = createHeadroomHooks({ clock });
      const recorded = recordEvents(hooks.events);
      await storeOf(hooks.events).put('id1', 'the original', 'default');
      const text = await hooks.run(() => hooks.tools.headroom_retrieve.execute({ id: 'id1' }), { agent: 'support' });
      expect(text).toBe('the original');
      const runId = recorded[0]?.runId;
      expect(recorded[1]).toMatchObject({
        type: 'retrieval.end',
        outcome: 'found',
        tokens: 3,
        runId,
        agent: 'support',
      });
    });

    it('answer from the store that was given', async () => {
      const store = createMemoryStore();
      await store.put('id1', 'mine', 'default');
      const hooks = createHeadroomHooks({ store });
      expect(hooks.store).toBe(store);
      expect(storeOf(hooks.events)).toBe(store);
      expect(await hooks.tools.headroom_retrieve.execute({ id: 'id1' })).toBe('mine');
    });

    it('can not be wired to another store than the models of the same bus', () => {
      const events = new EventBus();
      storeOf(events);
      expect(() => createHeadroomHooks({ events, store: createMemoryStore() })).toThrow('have a store already');
    });
  });
});

describe('HeadroomStopError', () => {
  it('is told by its mark, whichever copy of the package made it', () => {
    const error = new HeadroomStopError('over budget', { cause: 'why' });
    expect(HeadroomStopError.is(error)).toBe(true);
    expect(HeadroomStopError.is({ [Symbol.for('headroom.stop-error')]: true })).toBe(true);
    for (const other of [new Error('over budget'), undefined, null, 'stop', new HeadroomError('missing-peer', '')]) {
      expect(HeadroomStopError.is(other)).toBe(false);
    }
    expect(error).toMatchObject({ name: 'HeadroomStopError', message: 'over budget', cause: 'why' });
  });
});
