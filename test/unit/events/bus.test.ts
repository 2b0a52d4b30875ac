import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, EventBus, type Fault } from '../../../src/index.ts';
import { fixedClock } from '../../../src/testing.ts';

const start = () => ({ runId: 'run_1' });

describe('the event bus', () => {
  test('gives a listener the event with its type, a time, and an id of its own', () => {
    const clock = fixedClock();
    const bus = new EventBus({ clock, ids: (prefix) => `${prefix}_1` });
    const heard: unknown[] = [];
    bus.on('run.start', (event) => void heard.push(event));
    bus.emit('run.start', start);
    expect(heard).toEqual([{ type: 'run.start', id: 'event_1', time: clock.now(), runId: 'run_1' }]);
  });

  test('does not even gather the facts of an event that nobody hears', () => {
    const bus = new EventBus();
    bus.on('run.end', () => {});
    bus.emit('run.start', () => {
      throw new Error('facts were gathered');
    });
    expect(bus.isHeard('run.start')).toBe(false);
  });

  test('stops telling a listener that has unsubscribed', () => {
    const bus = new EventBus();
    let heard = 0;
    const unsubscribe = bus.on('run.start', () => {
      heard++;
    });
    bus.emit('run.start', start);
    unsubscribe();
    unsubscribe();
    bus.emit('run.start', start);
    expect(heard).toBe(1);
    expect(bus.isHeard('run.start')).toBe(false);
  });

  test('tells the other listeners when one throws or rejects, and reports each as a fault', async () => {
    const bus = new EventBus();
    const faults: Fault[] = [];
    const heard: string[] = [];
    bus.on('fault', (fault) => void faults.push(fault));
    bus.on('run.start', () => {
      throw new TypeError('secret words of a message');
    });
    bus.on('run.start', async () => {
      throw new RangeError('secret words of a message');
    });
    bus.on('run.start', () => void heard.push('third'));
    bus.emit('run.start', start);
    await Promise.resolve();
    expect(heard).toEqual(['third']);
    expect(faults.map(({ where, errorName, runId }) => [where, errorName, runId])).toEqual([
      ['listener', 'TypeError', 'run_1'],
      ['listener', 'RangeError', 'run_1'],
    ]);
    expect(JSON.stringify(faults)).not.toContain('secret');
  });

  test('does not tell a failing listener of faults of its own failure', async () => {
    const bus = new EventBus();
    let told = 0;
    bus.on('fault', async () => {
      told++;
      throw new Error('again');
    });
    bus.fault('sink', 'Something failed.', new Error('once'));
    await Promise.resolve();
    expect(told).toBe(1);
  });

  test('hands out events that no listener can change for the next', () => {
    const bus = new EventBus();
    const seen: unknown[] = [];
    bus.on('run.start', (event) => {
      Object.assign(event, { runId: 'another' });
    });
    bus.on('run.start', (event) => void seen.push(event.runId));
    bus.emit('run.start', start);
    expect(seen).toEqual(['run_1']);
  });

  test('reports an error whose name is not a class name as plain Error', () => {
    const bus = new EventBus();
    const names: string[] = [];
    bus.on('fault', ({ errorName }) => void names.push(errorName));
    bus.fault('hook', 'A hook failed.', Object.assign(new Error('x'), { name: 'the words of a user' }));
    bus.fault('hook', 'A hook failed.', 'a thrown string');
    expect(names).toEqual(['Error', 'string']);
  });

  test('publishes on the channel of the type, for every bus, and gathers nothing when nobody subscribes', () => {
    const published: unknown[] = [];
    const subscriber = (event: unknown): void => void published.push(event);
    subscribe('headroom.run.start', subscriber);
    const bus = new EventBus();
    bus.emit('run.start', start);
    new EventBus().emit('run.start', () => ({ runId: 'run_2' }));
    unsubscribe('headroom.run.start', subscriber);
    bus.emit('run.start', () => {
      throw new Error('facts were gathered');
    });
    expect(published).toMatchObject([
      { type: 'run.start', runId: 'run_1' },
      { type: 'run.start', runId: 'run_2' },
    ]);
    expect(published.every((event) => Object.isFrozen(event))).toBe(true);
  });

  test('has a channel for each type of event', () => {
    const heard: string[] = [];
    const subscribers = EVENT_TYPES.map((type) => {
      const subscriber = (): void => void heard.push(type);
      subscribe(`headroom.${type}`, subscriber);
      return () => unsubscribe(`headroom.${type}`, subscriber);
    });
    const bus = new EventBus();
    for (const type of EVENT_TYPES) bus.emit(type, () => ({}));
    for (const stop of subscribers) stop();
    expect(heard).toEqual(EVENT_TYPES);
  });

  test('is not harmed by a subscriber that throws: the process hears of it, as Node has it', async () => {
    const uncaught = new Promise<unknown>((resolve) => {
      const listeners = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        for (const listener of listeners) process.on('uncaughtException', listener);
        resolve(error);
      });
    });
    const subscriber = (): void => {
      throw new Error('a subscriber that throws');
    };
    subscribe('headroom.run.start', subscriber);
    new EventBus().emit('run.start', start);
    unsubscribe('headroom.run.start', subscriber);
    expect(await uncaught).toMatchObject({ message: 'a subscriber that throws' });
  });
});
