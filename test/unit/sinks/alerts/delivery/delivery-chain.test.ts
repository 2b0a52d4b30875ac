import { describe, expect, test } from 'vitest';
import { EventBus } from '../../../../../src/events/bus.ts';
import { DeliveryChain } from '../../../../../src/sinks/alerts/delivery/delivery-chain.ts';
import {
  AlertDeliveryError,
  type AlertDestination,
  type AlertNotice,
  type DeliveryContext,
} from '../../../../../src/sinks/alerts/index.ts';
import { fixedClock } from '../../../../../src/testing.ts';
import { firing, resolved } from './notices.ts';

const fail = (options: Partial<ConstructorParameters<typeof AlertDeliveryError>[1]> = {}): Promise<never> =>
  Promise.reject(new AlertDeliveryError('It answered with status 500.', { isRetryable: true, ...options }));

/** Lets what is waiting for promises go on. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

function chained(
  deliver: AlertDestination['deliver'] = async () => {},
  { queueLimit = 1_000, ...settings }: Partial<AlertDestination> & { readonly queueLimit?: number } = {},
) {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const faults: string[] = [];
  const tried: { readonly ids: string; readonly atMs: number; readonly context: DeliveryContext }[] = [];
  const destination: AlertDestination = {
    name: 'test',
    ...settings,
    deliver(notices, context) {
      tried.push({ ids: idsOf(notices), atMs: clock.monotonicMs(), context });
      return deliver(notices, context);
    },
  };
  const report = (_events: unknown, message: string): void => void faults.push(message);
  const chain = new DeliveryChain({ destination, clock, queueLimit, report, random: () => 1 });
  return {
    clock,
    chain,
    faults,
    tried,
    push: (...alerts: readonly Parameters<DeliveryChain['push']>[0][]) => {
      for (const alert of alerts) chain.push(alert, events);
    },
    pass: async (ms: number, stepMs = ms): Promise<void> => {
      for (let passed = 0; passed < ms || passed === 0; passed += Math.max(stepMs, 1)) {
        clock.advance(stepMs);
        await settle();
      }
    },
    ids: () => tried.map((one) => one.ids),
    times: () => tried.map(({ atMs }) => atMs),
  };
}

function idsOf(notices: readonly AlertNotice[]): string {
  return notices
    .map(({ alert, isRepeat }) => `${alert.type === 'alert.firing' ? '+' : '-'}${alert.rule}${isRepeat ? '*' : ''}`)
    .join(' ');
}

const on = (rule: string) => firing({ rule });
const off = (rule: string, durationMs = 90_000) => resolved({ rule, durationMs });

describe('a chain of deliveries', () => {
  test('tells nothing before whoever told of the alert goes on, then everything in order, one at a time', async () => {
    let underway = 0;
    let most = 0;
    const { ids, push, pass } = chained(async () => {
      underway += 1;
      most = Math.max(most, underway);
      await settle();
      underway -= 1;
    });
    push(on('a'), on('b'), off('a'));
    await settle();
    expect(ids()).toEqual([]);
    await pass(0);
    for (let round = 0; round < 5; round++) await settle();
    expect(ids()).toEqual(['+a', '+b', '-a']);
    expect(most).toBe(1);
  });

  test('delivers many in one go where the destination takes them, but never one alert twice in it', async () => {
    const { ids, push, pass } = chained(undefined, { batchLimit: 3 });
    push(on('a'), on('b'), off('a'), on('c'), on('d'), on('e'));
    await pass(0);
    expect(ids()).toEqual(['+a +b', '-a +c +d', '+e']);
  });

  test('keeps the least time between two deliveries', async () => {
    const { times, push, pass } = chained(undefined, { minIntervalMs: 1_000 });
    push(on('a'), on('b'), on('c'));
    await pass(0);
    await pass(2_500, 100);
    push(on('d'));
    await pass(1_000, 100);
    expect(times()).toEqual([0, 1_000, 2_000, 3_000]);
  });

  test('tries again after longer and longer, and then goes on with the next', async () => {
    let failures = 3;
    const { ids, times, faults, chain, push, pass } = chained(() => (failures-- > 0 ? fail() : Promise.resolve()));
    push(on('a'), on('b'));
    await pass(0);
    await pass(10_000, 100);
    expect(ids()).toEqual(['+a', '+a', '+a', '+a', '+b']);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 3_500]);
    expect(faults).toEqual([]);
    expect(chain.figures).toMatchObject({ delivered: 2, failedAttempts: 3, lostChanges: 0, queued: 0 });
  });

  test('waits for as long as the other side asks, up to five minutes', async () => {
    const asked = [7_000, 3_600_000];
    const { times, push, pass } = chained(() =>
      asked.length > 0 ? fail({ retryAfterMs: asked.shift() }) : Promise.resolve(),
    );
    push(on('a'));
    await pass(0);
    await pass(400_000, 1_000);
    expect(times()).toEqual([0, 7_000, 307_000]);
  });

  test('gives up at once what can not be delivered, says so, and goes on', async () => {
    const { ids, faults, chain, push, pass } = chained((notices) =>
      notices[0]?.alert.rule === 'a' ? fail({ isRetryable: false }) : Promise.resolve(),
    );
    push(on('a'), on('b'));
    await pass(0);
    expect(ids()).toEqual(['+a', '+b']);
    expect(faults).toEqual(['1 change of an alert could not be delivered to test. It answered with status 500.']);
    expect(chain.figures).toMatchObject({ delivered: 1, lostChanges: 1 });
  });

  test('leaves a destination alone that fails five times in a row, tries it every 30 seconds, and loses nothing', async () => {
    let isDown = true;
    const { ids, times, faults, chain, push, pass } = chained(() => (isDown ? fail() : Promise.resolve()));
    push(on('a'));
    await pass(0);
    await pass(60_000, 500);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 37_500]);
    expect(chain.figures.isSuspended).toBe(true);
    push(on('b'), off('a'));
    await pass(20_000, 500);
    isDown = false;
    await pass(30_000, 500);
    expect(ids().slice(-3)).toEqual(['+a', '+b', '-a']);
    expect(chain.figures).toMatchObject({ isSuspended: false, lostChanges: 0, queued: 0 });
    expect(faults).toEqual(['Alerts do not reach test: it is tried again every 30 seconds.']);
  });

  test('gives up what no attempt could deliver within an hour', async () => {
    const { chain, faults, push, pass } = chained(() => fail());
    push(on('a'));
    await pass(0);
    await pass(3_700_000, 10_000);
    expect(chain.figures).toMatchObject({ lostChanges: 1, queued: 0 });
    expect(faults.at(-1)).toContain('1 change of an alert could not be delivered to test.');
  });

  test('gives up an attempt that takes too long, with the signal, whether it is listened to or not', async () => {
    const signals: AbortSignal[] = [];
    const { ids, faults, push, pass } = chained(
      (_notices, { signal }) => {
        signals.push(signal);
        return signals.length === 1 ? new Promise(() => {}) : Promise.resolve();
      },
      { timeoutMs: 2_000 },
    );
    push(on('a'));
    await pass(0);
    await pass(1_999);
    expect(signals[0]?.aborted).toBe(false);
    await pass(1);
    expect(signals[0]?.aborted).toBe(true);
    await pass(500);
    expect(ids()).toEqual(['+a', '+a']);
    expect(faults).toEqual([]);
  });

  test('survives a destination that throws where it should reject', async () => {
    let isBroken = true;
    const { ids, push, pass } = chained(() => {
      if (!isBroken) return Promise.resolve();
      isBroken = false;
      throw new TypeError('broken');
    });
    push(on('a'));
    await pass(0);
    await pass(500);
    expect(ids()).toEqual(['+a', '+a']);
  });

  test('survives a destination that can not say what goes together', async () => {
    const { ids, push, pass } = chained(undefined, {
      batchLimit: 2,
      batchKey: () => {
        throw new Error('broken');
      },
    });
    push(on('a'), on('b'));
    await pass(0);
    expect(ids()).toEqual(['+a +b']);
  });

  test('counts and reports a storm of losses without a storm of reports', async () => {
    const { chain, faults, push, pass } = chained(() => new Promise(() => {}), { queueLimit: 2, timeoutMs: 1_000_000 });
    push(on('first'));
    await pass(0);
    push(...Array.from({ length: 102 }, (_, index) => on(`rule-${index}`)));
    expect(chain.figures).toMatchObject({ lostChanges: 100, queued: 2 });
    expect(faults).toEqual(['1 change of an alert could not be delivered to test. The queue is full.']);
    await pass(60_000);
    expect(faults[1]).toBe('99 changes of alerts could not be delivered to test. The queue is full.');
  });
});

describe('repeats', () => {
  test('tell again of what is firing, and of nothing that is over', async () => {
    const { ids, times, push, pass } = chained(undefined, { repeatIntervalMs: 60_000 });
    push(on('a'), on('b'));
    await pass(0);
    await pass(60_000, 1_000);
    push(off('a'));
    await pass(60_000, 1_000);
    expect(ids()).toEqual(['+a', '+b', '+a*', '+b*', '-a', '+b*']);
    expect(times().at(-1)).toBe(120_000);
  });

  test('are dropped while a destination is down, so that changes have room', async () => {
    let isDown = true;
    const { ids, chain, push, pass } = chained(() => (isDown ? fail() : Promise.resolve()), {
      repeatIntervalMs: 5_000,
      queueLimit: 2,
    });
    push(on('a'), on('b'));
    await pass(0);
    await pass(60_000, 500);
    isDown = false;
    await pass(40_000, 500);
    expect(chain.figures.lostChanges).toBe(0);
    expect(chain.figures.droppedRepeats).toBeGreaterThan(5);
    expect(ids()).toContain('+b');
  });

  test('begin at once for alerts that were told of in an earlier life', async () => {
    const { ids, chain, push, pass } = chained(undefined, { repeatIntervalMs: 60_000 });
    chain.adopt(firing({ rule: 'old' }), new EventBus());
    await pass(0);
    await pass(0);
    expect(ids()).toEqual(['+old*']);
    push(resolved({ rule: 'old' }));
    await pass(120_000, 1_000);
    expect(ids()).toEqual(['+old*', '-old']);
  });
});

describe('an alert that is over too soon', () => {
  test('is told as over only when it is old enough, and not at all if it fires again before', async () => {
    const { ids, times, push, pass } = chained(undefined, { leastOpenMs: 60_000 });
    push(on('a'), off('a', 1_000), on('b'), off('b', 1_000));
    await pass(0);
    await pass(10_000);
    push(on('b'));
    await pass(60_000, 1_000);
    expect(ids()).toEqual(['+a', '+b', '+b', '-a']);
    expect(times().at(-1)).toBe(59_000);
    push(off('b', 61_000));
    await pass(0);
    expect(ids().at(-1)).toBe('-b');
  });
});

describe('flush and close', () => {
  test('flush delivers now what waits, and resolves when it is delivered', async () => {
    let failures = 1;
    const { ids, push, chain } = chained(() => (failures-- > 0 ? fail() : Promise.resolve()));
    push(on('a'));
    const first = chain.flush(1_000);
    await settle();
    expect(ids()).toEqual(['+a']);
    await chain.flush(1_000);
    await first;
    expect(chain.figures).toMatchObject({ delivered: 1, queued: 0 });
    await chain.flush(1_000);
  });

  test('flush resolves in time when nothing can be delivered, and what waits goes on waiting', async () => {
    const { push, chain, clock } = chained(() => new Promise(() => {}), { timeoutMs: 1_000_000 });
    push(on('a'), on('b'));
    const flushed = chain.flush(1_000);
    await settle();
    clock.advance(1_000);
    await flushed;
    expect(chain.figures).toMatchObject({ delivered: 0, lostChanges: 0, queued: 1 });
  });

  test('close gives up what is left, says how much, aborts what is underway, and takes no more', async () => {
    const signals: AbortSignal[] = [];
    const { ids, faults, push, chain, clock } = chained((_notices, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    push(on('a'), on('b'), off('b'));
    const closed = chain.close(1_000);
    await settle();
    clock.advance(1_000);
    await closed;
    expect(signals[0]?.aborted).toBe(true);
    push(on('c'));
    await chain.close(1_000);
    expect(ids()).toEqual(['+a']);
    expect(chain.figures).toMatchObject({ lostChanges: 3, queued: 0 });
    expect(faults.join(' ')).toMatch(/1 change of an alert.*2 changes of alerts/);
  });

  test('close does not wait for what is to be tried again later', async () => {
    const { push, pass, chain, clock } = chained(() => fail());
    push(on('a'));
    await pass(0);
    await pass(60_000, 500);
    const closed = chain.close(1_000);
    await settle();
    clock.advance(1_000);
    await closed;
    expect(chain.figures).toMatchObject({ lostChanges: 1, queued: 0 });
  });
});
