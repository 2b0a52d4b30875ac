import type { AlertFiring, AlertResolved } from '../../../../../src/events/event.ts';
import { fingerprintOf } from '../../../../../src/sinks/alerts/fingerprint.ts';
import type { AlertNotice } from '../../../../../src/sinks/alerts/index.ts';

export const START_MS = Date.UTC(2026, 0, 1, 10, 20, 30, 120);

export function firing(changes: Partial<AlertFiring> = {}): AlertFiring {
  const { rule = 'budget', severity = 'warning' } = changes;
  const labels = { alertname: rule, severity, agent: 'support' };
  return {
    type: 'alert.firing',
    id: 'event_1',
    time: START_MS,
    alertId: `${rule}:1`,
    rule,
    severity,
    scope: 'budget',
    value: 120,
    threshold: 100,
    unit: 'tokens',
    labels,
    fingerprint: fingerprintOf(labels),
    startedAt: START_MS,
    summary: '120 tokens in this budget, threshold 100.',
    ...changes,
  };
}

export function resolved(changes: Partial<AlertResolved> = {}): AlertResolved {
  const { durationMs = 90_000, type: _type, ...same } = changes;
  return { ...firing({ time: START_MS + durationMs, ...same }), durationMs, type: 'alert.resolved' };
}

export function notice(alert: AlertNotice['alert'], isRepeat = false): AlertNotice {
  return { alert, isRepeat };
}
