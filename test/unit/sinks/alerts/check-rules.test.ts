import { expect, test } from 'vitest';
import { HeadroomError } from '../../../../src/headroom-error.ts';
import { createAlerts, type AlertRule, type AlertsOptions } from '../../../../src/sinks/alerts/index.ts';

const run = { name: 'a', kind: 'run', measure: 'tokens', above: 1 };
const window = { name: 'a', kind: 'window', measure: 'tokens', windowMs: 1_000 };
const savings = { name: 'a', kind: 'savings', windowMs: 1_000 };

test.each([
  [undefined, 'kind'],
  [{ name: 'a' }, 'needs a kind'],
  [{ ...run, kind: 'constructor' }, 'needs a kind'],
  [{ ...run, kind: 'runs' }, 'one of request, run'],
  [{ ...run, name: undefined }, 'needs "name"'],
  [{ ...run, name: 'with space' }, '"name"'],
  [{ ...run, name: 'x'.repeat(101) }, '"name"'],
  [{ ...run, above: undefined }, 'needs "above"'],
  [{ ...run, above: -1 }, '"above"'],
  [{ ...run, above: Number.NaN }, '"above"'],
  [{ ...run, above: '10' }, '"above"'],
  [{ ...run, measure: 'token' }, '"measure"'],
  [{ ...run, forMs: 10 }, 'no option "forMs"'],
  [{ ...run, severity: 'fatal' }, '"severity"'],
  [{ ...run, labels: { alertname: 'x' } }, '"labels"'],
  [{ ...run, labels: { 'a-b': 'x' } }, '"labels"'],
  [{ ...run, labels: { team: 1 } }, '"labels"'],
  [{ ...run, only: { team: 'x' } }, '"only"'],
  [{ ...run, only: { tool: 'x' } }, 'can not look at the tool: model.end does not tell it'],
  [{ ...run, measure: 'toolCalls', only: { tool: 'x' }, enforce: true }, 'can not be enforced'],
  [{ ...window }, 'one of above, below and drop'],
  [{ ...window, above: 1, below: 1 }, 'one of above, below and drop'],
  [{ ...window, above: 1, windowMs: 0 }, '"windowMs"'],
  [{ ...window, above: 1, resolveAt: 2 }, 'has to be lower'],
  [{ ...window, below: 2, resolveAt: 1 }, 'has to be higher'],
  [{ ...window, above: 1, by: ['team'] }, '"by"'],
  [{ ...window, above: 1, by: ['tool'] }, 'can not look at the tool'],
  [{ ...window, above: 1, measure: 'faults', by: ['agent'] }, 'can not look at the agent'],
  [{ ...savings }, 'one of above, below and drop'],
  [{ ...savings, below: 1.5 }, '"below"'],
  [{ ...savings, below: 0.5, drop: 0.5 }, 'one of above, below and drop'],
  [{ ...savings, drop: 0.5, resolveAt: 0.6 }, 'has to be lower'],
  [{ name: 'a', kind: 'error-ratio', windowMs: 1_000, above: 5 }, '"above"'],
  [{ name: 'a', kind: 'latency', windowMs: 1_000, above: 5, percentile: 0 }, '"percentile"'],
  [{ name: 'a', kind: 'latency', windowMs: 1_000, above: 5, percentile: 95 }, '"percentile"'],
  [{ name: 'a', kind: 'budget', measure: 'tokens', limit: 0, period: 'day' }, '"limit"'],
  [{ name: 'a', kind: 'budget', measure: 'tokens', limit: 1, period: 'week' }, '"period"'],
  [{ name: 'a', kind: 'loop', repeats: 1 }, '"repeats"'],
  [{ name: 'a', kind: 'absence', event: 'fault', silentMs: 1 }, '"event"'],
  [{ name: 'a', kind: 'absence', event: 'alert.firing', silentMs: 1 }, '"event"'],
])('a rule that can not work is refused while wiring: %o', (rule, message) => {
  const error = thrownBy({ rules: [rule as AlertRule] });
  expect(HeadroomError.is(error) && error.message).toContain(message);
});

test.each([
  [{}, 'needs rules'],
  [{ rules: {} }, '"rules"'],
  [{ rules: [run, run] }, 'two rules of the name "a"'],
  [{ rules: [], onAlert: 1 }, '"onAlert"'],
  [{ rules: [], destinations: [{}] }, '"destinations"'],
  [{ rules: [], destinations: [{ name: 'a b', deliver() {} }] }, '"destinations"'],
  [{ rules: [], maxInstances: 0 }, '"maxInstances"'],
  [{ rules: [], queueLimit: 1.5 }, '"queueLimit"'],
  [{ rules: [], clock: {} }, '"clock"'],
  [{ rules: [], rule: [] }, 'no option "rule"'],
])('wrong options are refused while wiring: %o', (options, message) => {
  const error = thrownBy(options as unknown as AlertsOptions);
  expect(HeadroomError.is(error) && error.message).toContain(message);
});

function thrownBy(options: AlertsOptions): unknown {
  try {
    createAlerts(options);
  } catch (error) {
    return error;
  }
  return undefined;
}
