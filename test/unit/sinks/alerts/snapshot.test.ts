import { describe, expect, test } from 'vitest';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { createAlerts, type AlertRule } from '../../../../src/sinks/alerts/index.ts';
import { watch } from './watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const budget = { name: 'budget', kind: 'budget', measure: 'tokens', limit: 100, period: 'day' } as const;
const greedy = { name: 'greedy', kind: 'run', measure: 'tokens', above: 100 } as const;
const waiting = {
  name: 'waiting',
  kind: 'window',
  measure: 'tokens',
  windowMs: HOUR_MS,
  above: 10,
  forMs: 10 * MINUTE_MS,
} as const;

/** Goes on in another process, so to say: new objects, from text. */
function restarted(rules: readonly AlertRule[], before: ReturnType<typeof watch>) {
  const snapshot: unknown = JSON.parse(JSON.stringify(before.alerts.snapshot()));
  return watch(rules, { snapshot, clock: before.clock });
}

test('a budget survives a restart, and what was firing fires on without being told again', () => {
  const before = watch([budget]);
  before.use(60);
  const second = restarted([budget], before);
  second.use(40);
  expect(second.told()).toMatchObject([{ type: 'alert.firing', value: 100 }]);
  const third = restarted([budget], second);
  third.use(500);
  expect(third.told()).toEqual([]);
  expect(third.alerts.firing).toMatchObject([{ type: 'alert.firing', rule: 'budget', value: 600 }]);
  third.clock.advance(24 * HOUR_MS);
  expect(third.told()).toMatchObject([{ type: 'alert.resolved', alertId: second.told()[0]?.alertId, value: 0 }]);
});

test('what has to be so for a while goes on waiting, and is told if the time passed in between', () => {
  const before = watch([waiting]);
  before.use(11);
  before.clock.advance(6 * MINUTE_MS);
  const second = restarted([waiting], before);
  second.clock.advance(4 * MINUTE_MS - 1);
  expect(second.told()).toEqual([]);
  second.clock.advance(1);
  expect(second.changes()).toEqual(['firing waiting']);
});

test('an alert of a run that a process left behind is resolved, because nobody else can', () => {
  const before = watch([greedy]);
  before.use(101);
  before.clock.advance(5_000);
  const second = restarted([greedy], before);
  expect(second.told()).toMatchObject([
    { type: 'alert.resolved', alertId: 'greedy:run_1', value: 101, durationMs: 5_000 },
  ]);
  second.use(101, { runId: 'run_2' });
  expect(second.changes()).toEqual(['resolved greedy', 'firing greedy']);
});

test.each([
  { what: 'is gone', rules: [] },
  { what: 'measures something else', rules: [{ ...budget, measure: 'inputTokens' }] },
] as const)('an alert of a rule that $what is resolved, and the rule begins anew', ({ rules }) => {
  const before = watch([budget]);
  before.use(100);
  const second = restarted(rules, before);
  expect(second.changes()).toEqual(['resolved budget']);
  expect(second.alerts.firing).toEqual([]);
});

test('a threshold may change from one start to the next', () => {
  const before = watch([budget]);
  before.use(60);
  const second = restarted([{ ...budget, limit: 61 }], before);
  second.use(1);
  expect(second.told()).toMatchObject([{ type: 'alert.firing', value: 61, threshold: 61 }]);
});

test('times from a clock that was ahead are taken as now', () => {
  const before = watch([waiting]);
  before.clock.advance(30 * MINUTE_MS);
  before.use(11);
  const snapshot: unknown = JSON.parse(JSON.stringify(before.alerts.snapshot()));
  const second = watch([waiting], { snapshot });
  second.clock.advance(10 * MINUTE_MS);
  expect(second.changes()).toEqual(['firing waiting']);
});

describe('what is not a snapshot', () => {
  const good = (): Record<string, unknown> => {
    const { alerts, use } = watch([budget, waiting]);
    use(100);
    return JSON.parse(JSON.stringify(alerts.snapshot())) as Record<string, unknown>;
  };
  const firstAlert = (snapshot: Record<string, unknown>) =>
    (snapshot['rules'] as { alerts: Record<string, unknown>[] }[])[0]?.alerts[0] ?? {};

  test.each([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a list', () => []],
    ['no version', () => ({ rules: [] })],
    ['another version', () => ({ ...good(), version: 2 })],
    ['no rules', () => ({ version: 1 })],
    ['a rule of nothing', () => ({ version: 1, rules: [null] })],
    ['an alert of nothing', () => ({ version: 1, rules: [{ ...(good()['rules'] as object[])[0], alerts: [null] }] })],
    ['a meter of another kind', () => changed({ meter: [1, 2] })],
    ['a sum that is no number', () => changed({ meter: { periodStartMs: 0, used: 'x' } })],
    ['a period that begins in the middle of a day', () => changed({ meter: { periodStartMs: 1, used: 1 } })],
    ['a state of another name', () => changed({ state: { phase: 'on' } })],
    ['a state without a time', () => changed({ state: { phase: 'firing' } })],
    ['a firing alert that does not say what', () => changed({ alert: undefined })],
    ['a key that is no text', () => changed({ key: 1 })],
  ])('is refused, with an error that says so, and changes nothing: %s', (_what, snapshotOf) => {
    const alerts = createAlerts({ rules: [budget, waiting] });
    const error = thrownBy(() => alerts.restore(snapshotOf()));
    expect(HeadroomError.is(error) && error.code).toBe('invalid-snapshot');
    expect(alerts.figures.instances).toBe(0);
  });

  function changed(changes: object): unknown {
    const snapshot = good();
    Object.assign(firstAlert(snapshot), changes);
    return JSON.parse(JSON.stringify(snapshot));
  }

  test('nor can alerts be restored that are at work already', () => {
    const { alerts } = watch([budget]);
    const error = thrownBy(() => alerts.restore(good()));
    expect(HeadroomError.is(error) && error.message).toContain('before they are attached');
  });
});

function thrownBy(callback: () => unknown): unknown {
  try {
    callback();
  } catch (error) {
    return error;
  }
  return undefined;
}
