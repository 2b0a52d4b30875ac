import { setFlagsFromString } from 'node:v8';
import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBus } from '../../src/events/bus.ts';
import { EVENT_TYPES, type EventType } from '../../src/events/event.ts';
import { fixedClock, recordEvents } from '../../src/testing.ts';
import { propertyRuns } from '../property/property-runs.ts';
import { say, sayAll } from '../unit/sinks/scripted-events.ts';
import type { SinkUnderTest } from './sinks-under-test.ts';

/** What every sink keeps to, whatever it does with the events. `create` makes a new one. */
export function describeSink(name: string, create: () => SinkUnderTest): void {
  function attached() {
    const events = new EventBus({ clock: fixedClock() });
    const recorded = recordEvents(events);
    const subject = create();
    const detach = subject.sink.attach(events);
    const listenerFaults = () => recorded.filter((event) => event.type === 'fault' && event.where === 'listener');
    return { ...subject, events, detach, listenerFaults };
  }

  describe(`the ${name} sink`, () => {
    test('has a name that is short and a word', () => {
      expect(attached().sink.name).toMatch(/^[a-z-]{1,20}$/);
    });

    test.each(EVENT_TYPES)('survives %s alone', (type) => {
      const { events, listenerFaults } = attached();
      say(events, type);
      expect(listenerFaults()).toEqual([]);
    });

    test('survives events in any order, missing, doubled, and of several runs', () => {
      const { events, listenerFaults, forget } = attached();
      const script = fc.array(
        fc.record({ type: fc.constantFrom<EventType[]>(...EVENT_TYPES), run: fc.integer({ min: 0, max: 3 }) }),
        { maxLength: 40, size: 'max' },
      );
      fc.assert(
        fc.property(script, (steps) => {
          for (const { type, run } of steps) {
            const ids = { callId: `call_${run}`, toolCallId: `tool_${run}`, alertId: `alert_${run}` };
            say(events, type, { runId: run === 0 ? undefined : `run_${run}`, ...ids });
          }
          forget();
          expect(listenerFaults()).toEqual([]);
        }),
        propertyRuns(),
      );
    });

    test('tells the same when it is attached twice', async () => {
      const once = attached();
      const twice = attached();
      twice.sink.attach(twice.events);
      sayAll(once.events);
      sayAll(twice.events);
      expect(await once.output()).not.toBe('');
      expect(await twice.output()).toBe(await once.output());
    });

    test('hears nothing more once it is detached, and can be attached again', async () => {
      const { events, sink, detach, output } = attached();
      detach();
      detach();
      const before = await output();
      say(events, 'model.start');
      say(events, 'model.end', { runId: undefined });
      expect(await output()).toBe(before);
      sink.attach(events);
      say(events, 'model.start');
      say(events, 'model.end', { runId: undefined });
      expect(await output()).not.toBe(before);
    });

    test('closes and flushes any number of times without rejecting, then hears nothing more', async () => {
      const { events, sink, output } = attached();
      say(events, 'run.start');
      await sink.flush?.();
      await sink.close?.();
      await sink.close?.();
      const before = await output();
      sayAll(events);
      expect(await output()).toBe(before);
    });

    test('listens to two buses at once', async () => {
      const { events, sink, output } = attached();
      const other = new EventBus({ clock: fixedClock() });
      const detachOther = sink.attach(other);
      const tellsOf = async (bus: EventBus): Promise<boolean> => {
        const before = await output();
        say(bus, 'model.start', { runId: undefined });
        say(bus, 'model.end', { runId: undefined });
        return (await output()) !== before;
      };
      expect(await tellsOf(events)).toBe(true);
      expect(await tellsOf(other)).toBe(true);
      detachOther();
      expect(await tellsOf(other)).toBe(false);
      expect(await tellsOf(events)).toBe(true);
    });

    test('holds no more after many thousand runs, ended or not', async () => {
      const { events, forget } = attachedWithoutRecording();
      const runMany = async (prefix: string): Promise<number> => {
        for (let index = 0; index < 10_500; index++) {
          const ids = { runId: `${prefix}_${index}`, callId: `${prefix}_${index}`, toolCallId: `${prefix}_${index}` };
          for (const type of ['run.start', 'compression.end', 'model.start', 'model.end'] as const) {
            say(events, type, ids);
          }
          if (index % 2 === 0) say(events, 'run.end', ids);
          if (index % 1_000 > 0) continue;
          await setImmediate();
          forget();
        }
        await setImmediate();
        forget();
        return heapBytes();
      };
      await runMany('warm');
      await runMany('warmer');
      const before = await runMany('first');
      expect((await runMany('second')) - before).toBeLessThan(1_500_000);
    });
  });

  function attachedWithoutRecording() {
    const events = new EventBus({ clock: fixedClock() });
    const subject = create();
    subject.sink.attach(events);
    return { ...subject, events };
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
