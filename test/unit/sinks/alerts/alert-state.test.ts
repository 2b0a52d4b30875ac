import { expect, test } from 'vitest';
import { nextAlertState, stateDueMs, type AlertState } from '../../../../src/sinks/alerts/alert-state.ts';

const inactive: AlertState = { phase: 'inactive' };
const pending: AlertState = { phase: 'pending', sinceMs: 1_000 };
const firing: AlertState = { phase: 'firing', sinceMs: 1_000 };
const clearing: AlertState = { ...firing, clearSinceMs: 2_000 };
const quiet: AlertState = { phase: 'inactive', quietUntilMs: 2_000 };
const timing = { forMs: 500, keepFiringMs: 300, cooldownMs: 700 };
const atOnce = { forMs: 0, keepFiringMs: 0, cooldownMs: 0 };

test.each([
  { from: inactive, verdict: 'clear', at: 1_000, to: inactive },
  { from: inactive, verdict: 'band', at: 1_000, to: inactive },
  { from: inactive, verdict: 'breach', at: 1_000, to: pending },
  { from: inactive, verdict: 'breach', at: 1_000, to: firing, change: 'fired', timing: atOnce },
  { from: quiet, verdict: 'breach', at: 1_999, to: quiet },
  { from: quiet, verdict: 'breach', at: 2_000, to: { phase: 'pending', sinceMs: 2_000 } },
  { from: pending, verdict: 'breach', at: 1_499, to: pending },
  { from: pending, verdict: 'breach', at: 1_500, to: { phase: 'firing', sinceMs: 1_500 }, change: 'fired' },
  { from: pending, verdict: 'band', at: 1_499, to: inactive },
  { from: pending, verdict: 'clear', at: 1_500, to: inactive },
  { from: firing, verdict: 'breach', at: 9_000, to: firing },
  { from: firing, verdict: 'band', at: 9_000, to: firing },
  { from: firing, verdict: 'clear', at: 2_000, to: clearing },
  { from: firing, verdict: 'clear', at: 2_000, to: inactive, change: 'resolved', timing: atOnce },
  { from: clearing, verdict: 'band', at: 2_299, to: firing },
  { from: clearing, verdict: 'breach', at: 2_300, to: firing },
  { from: clearing, verdict: 'clear', at: 2_299, to: clearing },
  { from: clearing, verdict: 'clear', at: 2_300, to: { phase: 'inactive', quietUntilMs: 3_000 }, change: 'resolved' },
] as const)('$from.phase, $verdict at $at, becomes $to.phase $change', ({ from, verdict, at, to, ...row }) => {
  const used = 'timing' in row ? row.timing : timing;
  expect(nextAlertState(from, verdict, used, at)).toEqual({
    state: to,
    ...('change' in row ? { change: row.change } : {}),
  });
});

test.each([
  { state: inactive, due: undefined },
  { state: quiet, due: 2_000 },
  { state: pending, due: 1_500 },
  { state: firing, due: undefined },
  { state: clearing, due: 2_300 },
])('$state is due at $due', ({ state, due }) => {
  expect(stateDueMs(state, timing, 1_200)).toBe(due);
});

test('a cool-down that is over is due no more', () => {
  expect(stateDueMs(quiet, timing, 2_000)).toBeUndefined();
});
