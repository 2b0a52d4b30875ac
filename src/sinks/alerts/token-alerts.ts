import type { Clock } from '../../events/clock.ts';
import type { Sink } from '../../events/sink.ts';

export function createTokenAlerts({
  tokenAlertThreshold,
}: {
  readonly tokenAlertThreshold: number;
  readonly clock?: Clock;
}): Sink {
  return {
    name: 'token-alerts',
    attach: (events) =>
      events.on('run.end', ({ runId, usage }) => {
        const value = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
        if (usage === undefined || value <= tokenAlertThreshold) return;
        events.emit('alert.firing', () => ({
          runId,
          alertId: `tokens:${runId ?? ''}`,
          rule: 'run-tokens',
          severity: 'warning' as const,
          scope: 'run' as const,
          value,
          threshold: tokenAlertThreshold,
          unit: 'tokens',
        }));
      }),
  };
}
