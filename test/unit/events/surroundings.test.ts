import { expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { runWork, surroundWork, type Work } from '../../../src/events/surroundings.ts';

test('work is done once, within all that was put around it, and its result comes out', async () => {
  const events = new EventBus();
  const told: string[] = [];
  const tell =
    (name: string) =>
    <Result>(work: Work, execute: () => Result): Result => {
      told.push(`${name} ${work.callId ?? ''}`);
      try {
        return execute();
      } finally {
        told.push(`${name} left`);
      }
    };
  surroundWork(events, tell('first'));
  const undo = surroundWork(events, tell('second'));
  const result = runWork(events, { callId: 'call_1' }, () => told.push('work') && 'done');
  expect(result).toBe('done');
  expect(told).toEqual(['second call_1', 'first call_1', 'work', 'first left', 'second left']);
  undo();
  undo();
  told.length = 0;
  await expect(runWork(events, {}, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  expect(told).toEqual(['first ', 'first left']);
});

test('work on another bus, or with nothing around it, is just done', () => {
  const events = new EventBus();
  surroundWork(events, (_, execute) => {
    execute();
    throw new Error('not here');
  });
  expect(runWork(new EventBus(), {}, () => 1)).toBe(1);
});

test('what fails around work, before or after, is no part of it', () => {
  const events = new EventBus();
  let done = 0;
  surroundWork(events, () => {
    throw new Error('before');
  });
  surroundWork(events, (_, execute) => {
    execute();
    throw new Error('after');
  });
  expect(runWork(events, {}, () => ++done)).toBe(1);
  expect(() =>
    runWork(events, {}, () => {
      done++;
      throw new Error('mine');
    }),
  ).toThrow('mine');
  expect(done).toBe(2);
});
