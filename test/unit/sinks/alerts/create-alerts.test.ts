import { describe, expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { createHeadroomHooks } from '../../../../src/hooks/create-headroom-hooks.ts';
import { createAlerts, type Alert } from '../../../../src/sinks/alerts/index.ts';
import { fixedClock, recordEvents } from '../../../../src/testing.ts';
import { say } from '../scripted-events.ts';
import { usage, watch } from './watch.ts';

const MINUTE_MS = 60_000;
const budget = { name: 'budget', kind: 'budget', measure: 'tokens', limit: 100, period: 'day' } as const;
const greedy = { name: 'greedy', kind: 'run', measure: 'tokens', above: 100 } as const;
const burst = { name: 'burst', kind: 'window', measure: 'tokens', windowMs: MINUTE_MS, above: 100 } as const;

describe('alerts', () => {
  test('tell what is on, and that it is over when they are closed', async () => {
    const { alerts, changes, use } = watch([greedy, budget]);
    use(101);
    expect(alerts.firing).toMatchObject([
      { rule: 'greedy', value: 101 },
      { rule: 'budget', value: 101 },
    ]);
    await alerts.close();
    expect(alerts.firing).toEqual([]);
    expect(changes()).toEqual(['firing greedy', 'firing budget', 'resolved greedy', 'resolved budget']);
  });

  test('of budgets stay on when they are closed, if that is asked for; those of runs are over', async () => {
    const { alerts, changes, use } = watch([greedy, budget], { resolveOnClose: false });
    use(101);
    await alerts.close();
    expect(changes()).toEqual(['firing greedy', 'firing budget', 'resolved greedy']);
    expect(alerts.firing).toMatchObject([{ rule: 'budget' }]);
  });

  test('add up over every bus, and tell each bus of what happened there', () => {
    const clock = fixedClock();
    const [one, other] = [new EventBus({ clock }), new EventBus({ clock })];
    const [heardByOne, heardByOther] = [recordEvents(one), recordEvents(other)];
    const alerts = createAlerts({ rules: [budget], clock });
    alerts.attach(one);
    const detachOther = alerts.attach(other);
    say(one, 'model.end', { usage: usage(60) });
    say(other, 'model.end', { usage: usage(60) });
    const alertsIn = (events: readonly { readonly type: string }[]) =>
      events.map(({ type }) => type).filter((type) => type.startsWith('alert.'));
    expect([alertsIn(heardByOne), alertsIn(heardByOther)]).toEqual([[], ['alert.firing']]);
    detachOther();
    expect(alertsIn(heardByOther)).toEqual(['alert.firing', 'alert.resolved']);
    say(one, 'model.end', { usage: usage(1) });
    expect(alertsIn(heardByOne)).toEqual(['alert.firing']);
  });

  test('are bounded: the one that was silent longest is resolved, dropped and counted', () => {
    const { alerts, told, use } = watch([greedy], { maxInstances: 3 });
    for (const runId of ['a', 'b', 'c']) use(101, { runId });
    use(1, { runId: 'a' });
    use(1, { runId: 'd' });
    expect(told().map(({ type, runId }) => `${type} ${runId}`)).toEqual([
      'alert.firing a',
      'alert.firing b',
      'alert.firing c',
      'alert.resolved b',
    ]);
    expect(alerts.figures).toMatchObject({ instances: 3, evictions: 1 });
  });

  test('call back with what the bus tells, of their own rules alone, and not before the agent goes on', async () => {
    const heard: Alert[] = [];
    const { alerts, events, told, tell, use } = watch([greedy], { onAlert: (alert) => void heard.push(alert) });
    use(101);
    say(events, 'alert.firing', { rule: 'of-another' });
    expect(heard).toEqual([]);
    await alerts.flush();
    expect(heard).toEqual(told().filter(({ rule }) => rule === 'greedy'));
    tell('run.end');
    await alerts.flush();
    expect(heard.map(({ type }) => type)).toEqual(['alert.firing', 'alert.resolved']);
  });

  test('give up a callback that hangs after five seconds, do not call it again, and go on with the next', async () => {
    const heard: string[] = [];
    const { alerts, clock, faults, use } = watch([greedy], {
      onAlert: ({ alertId }, { signal }) => {
        heard.push(`${alertId} ${signal.aborted}`);
        return heard.length < 8 ? new Promise(() => {}) : undefined;
      },
    });
    for (let run = 0; run < 8; run++) use(101, { runId: `run_${run}` });
    const flushed = alerts.flush(60_000);
    for (let second = 0; second < 40; second++) {
      for (let round = 0; round < 20; round++) await Promise.resolve();
      clock.advance(1_000);
    }
    await flushed;
    expect(heard).toEqual(Array.from({ length: 8 }, (_, run) => `greedy:run_${run} false`));
    expect(alerts.figures.destinations).toMatchObject([{ delivered: 1, lostChanges: 7, isSuspended: false }]);
    expect(faults()[0]).toBe(
      'alert: 1 change of an alert could not be delivered to on-alert. No answer within 5000 ms.',
    );
  });

  test('work as a sink of the hooks, and the hooks hear of them', async () => {
    const clock = fixedClock();
    const heard: string[] = [];
    const hooks = createHeadroomHooks({
      clock,
      sinks: [createAlerts({ rules: [greedy], clock })],
      onAlert: ({ type, rule }) => void heard.push(`${type} ${rule}`),
    });
    const runId = hooks.runs.start({});
    say(hooks.events, 'model.end', { runId, usage: usage(101) });
    hooks.runs.end({ runId, outcome: 'ok' });
    await hooks.close();
    expect(heard).toEqual(['alert.firing greedy', 'alert.resolved greedy']);
    expect(hooks.postHook.alerts).toMatchObject([{ rule: 'greedy' }]);
  });

  test('say so when the cost of a call can not be told, and go on', () => {
    const { faults, changes, use } = watch([{ ...greedy, name: 'dear', measure: 'costUsd' }, greedy], {
      costOf: () => {
        throw new Error('no such model');
      },
    });
    use(101);
    expect(changes()).toEqual(['firing greedy']);
    expect(faults()).toEqual(['alert: costOf failed; the cost of a call is unknown.']);
  });

  test('measure the cost that events tell, and are refused where nobody knows any', () => {
    const rules = [{ name: 'dear', kind: 'budget', measure: 'costUsd', limit: 1, period: 'day' }] as const;
    const prices = { 'gpt-5': { input: 1, output: 1 } };
    const hooks = createHeadroomHooks({ prices, sinks: [createAlerts({ rules })] });
    const used: number[] = [];
    hooks.on('budget.update', (update) => void used.push(update.used));
    say(hooks.events, 'model.end', { runId: undefined, costUsd: 0.25 });
    say(hooks.events, 'model.end', { runId: undefined, costUsd: undefined });
    say(hooks.events, 'model.end', { runId: undefined, usage: undefined, costUsd: 7 });
    expect(used).toEqual([0.25]);
    expect(() => createHeadroomHooks({ sinks: [createAlerts({ rules })] })).toThrow(
      'give prices to createHeadroomHooks',
    );
    expect(() => createAlerts({ rules }).attach(new EventBus())).toThrow(HeadroomError);
  });

  test('told in the middle of an event that makes more events lose none of them', () => {
    const { events, told, use } = watch([burst, budget]);
    let depth = 0;
    events.on('alert.firing', () => {
      depth += 1;
      if (depth < 3) use(101);
    });
    use(101);
    expect(told().map(({ type, rule }) => `${type} ${rule}`)).toEqual(['alert.firing burst', 'alert.firing budget']);
  });
});

describe('no alert feeds on itself', () => {
  const faults = { name: 'faults', kind: 'window', measure: 'faults', windowMs: MINUTE_MS, above: 0 } as const;

  test('a rule about faults counts those of others', () => {
    const { changes, tell } = watch([faults]);
    tell('fault', { where: 'store' });
    expect(changes()).toEqual(['firing faults']);
  });

  test('and neither a delivery that fails nor a listener of alerts that throws', async () => {
    const {
      alerts,
      events,
      clock,
      changes,
      faults: told,
      tell,
    } = watch([faults], {
      onAlert: () => {
        throw new Error('down');
      },
    });
    events.on('alert.firing', () => {
      throw new Error('broken');
    });
    events.on('alert.resolved', async () => {
      throw new Error('broken too');
    });
    tell('fault', { where: 'store' });
    for (let minute = 0; minute < 10; minute++) {
      await alerts.flush();
      clock.advance(MINUTE_MS);
    }
    expect(changes()).toEqual(['firing faults', 'resolved faults']);
    expect(told()).toEqual([
      'store: The original of a tool result could not be stored.',
      'listener: A listener of alert.firing failed.',
      'alert: 1 change of an alert could not be delivered to on-alert. The callback failed.',
      'listener: A listener of alert.resolved failed.',
      'alert: 1 change of an alert could not be delivered to on-alert. The callback failed.',
    ]);
  });
});

describe('time', () => {
  test('that is set back repeats no budget, and a machine that slept wakes on the next day', () => {
    const { clock: still, events: _events, ...rest } = watch([]);
    void rest;
    let wallMs = still.now();
    const clock = { ...still, now: () => wallMs };
    const { changes, use } = watch([budget], { clock });
    use(100);
    wallMs -= 48 * 60 * MINUTE_MS;
    use(100);
    expect(changes()).toEqual(['firing budget']);
    wallMs += 72 * 60 * MINUTE_MS;
    use(1);
    expect(changes()).toEqual(['firing budget', 'resolved budget']);
  });
});
