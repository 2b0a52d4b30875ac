import { expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import type { EventFacts, HeadroomEvent, ModelEnd } from '../../../../src/events/event.ts';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { createTokenAlerts } from '../../../../src/sinks/alerts/index.ts';
import { fixedClock, recordEvents } from '../../../../src/testing.ts';
import { say } from '../scripted-events.ts';

function watched(tokenAlertThreshold: number) {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const recorded = recordEvents(events);
  const sink = createTokenAlerts({ tokenAlertThreshold, clock });
  const detach = sink.attach(events);
  return {
    clock,
    sink,
    detach,
    alerts: () => recorded.filter(isAlert),
    endCall: (usage: ModelEnd['usage'], facts: Partial<EventFacts<'model.end'>> = {}): void =>
      say(events, 'model.end', { usage, ...facts }),
    endRun: (facts: Partial<EventFacts<'run.end'>> = {}): void => say(events, 'run.end', facts),
  };
}

function isAlert(event: HeadroomEvent) {
  return event.type === 'alert.firing' || event.type === 'alert.resolved';
}

function usage(inputTokens: number | undefined, outputTokens: number | undefined): ModelEnd['usage'] {
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens: undefined,
    cacheWriteTokens: undefined,
    reasoningTokens: undefined,
  };
}

test('a run fires once, as soon as its sum is above the threshold, and is resolved when it ends', () => {
  const { clock, alerts, endCall, endRun } = watched(100);
  endCall(usage(60, 40));
  expect(alerts()).toEqual([]);
  endCall(usage(1, 0));
  endCall(usage(500, 500));
  clock.advance(2_000);
  endRun();
  const alert = {
    alertId: 'token-threshold:run_1',
    rule: 'token-threshold',
    severity: 'warning',
    scope: 'run',
    threshold: 100,
    unit: 'tokens',
    runId: 'run_1',
    agent: 'support',
  };
  expect(alerts()).toMatchObject([
    { ...alert, type: 'alert.firing', value: 101 },
    { ...alert, type: 'alert.resolved', value: 1_101, durationMs: 2_000 },
  ]);
});

test.each([
  { threshold: 0, used: usage(1, undefined), fires: true },
  { threshold: 0, used: usage(0, 0), fires: false },
  { threshold: 0, used: usage(undefined, undefined), fires: false },
  { threshold: 0, used: undefined, fires: false },
  { threshold: 100, used: usage(100, 0), fires: false },
  { threshold: 100, used: usage(undefined, 101), fires: true },
  { threshold: 100, used: usage(Number.NaN, 101), fires: true },
  { threshold: 100, used: usage(-1_000, 101), fires: true },
  { threshold: 100, used: usage(Number.POSITIVE_INFINITY, 1), fires: false },
  { threshold: 0.5, used: usage(1, 0), fires: true },
])('threshold $threshold with usage $used.inputTokens + $used.outputTokens fires: $fires', (row) => {
  const { alerts, endCall, endRun } = watched(row.threshold);
  endCall(row.used);
  endRun({ usage: undefined });
  expect(alerts().map(({ type }) => type)).toEqual(row.fires ? ['alert.firing', 'alert.resolved'] : []);
});

test('runs that interleave are summed apart', () => {
  const { alerts, endCall, endRun } = watched(100);
  endCall(usage(90, 0), { runId: 'run_a' });
  endCall(usage(90, 0), { runId: 'run_b' });
  endCall(usage(11, 0), { runId: 'run_b' });
  endRun({ runId: 'run_a' });
  endRun({ runId: 'run_b' });
  expect(alerts().map(({ type, runId }) => `${type} ${runId}`)).toEqual(['alert.firing run_b', 'alert.resolved run_b']);
});

test('a call outside of any run fires and resolves at once, for that request', () => {
  const { alerts, endCall } = watched(100);
  endCall(usage(60, 0), { runId: undefined, callId: 'call_a' });
  endCall(usage(101, 0), { runId: undefined, callId: 'call_b' });
  expect(alerts()).toMatchObject([
    { type: 'alert.firing', scope: 'request', alertId: 'token-threshold:call_b', value: 101 },
    { type: 'alert.resolved', scope: 'request', alertId: 'token-threshold:call_b', durationMs: 0 },
  ]);
});

test('the end of a run decides where its model calls were not seen, or did not tell their usage', () => {
  const { alerts, endCall, endRun } = watched(100);
  endRun({ runId: 'run_a', usage: usage(90, 11) });
  endCall(undefined, { runId: 'run_b' });
  endRun({ runId: 'run_b', usage: usage(90, 12) });
  endRun({ runId: 'run_c', usage: usage(90, 10) });
  expect(alerts().map(({ type, runId, value }) => [type, runId, value])).toEqual([
    ['alert.firing', 'run_a', 101],
    ['alert.resolved', 'run_a', 101],
    ['alert.firing', 'run_b', 102],
    ['alert.resolved', 'run_b', 102],
  ]);
});

test('a model call that ends after its run does not fire again, nor does a second end of the run', () => {
  const { alerts, endCall, endRun } = watched(100);
  endCall(usage(101, 0));
  endRun();
  endCall(usage(101, 0));
  endRun();
  expect(alerts()).toHaveLength(2);
});

test('no alert is left firing by a run without an end, nor by detaching in the middle of one', async () => {
  const { alerts, endCall, detach, sink } = watched(0);
  for (let index = 0; index < 10_001; index++) endCall(usage(1, 0), { runId: `run_${index}` });
  expect(alerts().filter(({ type }) => type === 'alert.resolved')).toMatchObject([{ runId: 'run_0' }]);
  detach();
  expect(alerts().filter(({ type }) => type === 'alert.resolved')).toHaveLength(10_001);
  await sink.close?.();
  expect(alerts()).toHaveLength(20_002);
});

test.each([
  [{}, 'needs a tokenAlertThreshold'],
  [{ tokenAlertThreshold: undefined }, 'needs a tokenAlertThreshold'],
  [{ tokenAlertThreshold: -1 }, '"tokenAlertThreshold"'],
  [{ tokenAlertThreshold: Number.NaN }, '"tokenAlertThreshold"'],
  [{ tokenAlertThreshold: '10' }, '"tokenAlertThreshold"'],
  [{ tokenAlertThreshold: 1, clock: {} }, '"clock"'],
  [{ tokenAlertThreshold: 1, treshold: 1 }, '"treshold"'],
])('wrong options are refused while wiring: %o', (options, message) => {
  const error = thrownBy(() => createTokenAlerts(options as { tokenAlertThreshold: number }));
  expect(HeadroomError.is(error) && error.message).toContain(message);
});

function thrownBy(callback: () => unknown): unknown {
  try {
    callback();
  } catch (error) {
    return error;
  }
  return undefined;
}
