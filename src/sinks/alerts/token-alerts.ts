import { checkOptions, hasMethods, isCount } from '../../check-options.ts';
import { systemClock, type Clock } from '../../events/clock.ts';
import type { Sink } from '../../events/sink.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { createAttachments } from '../attachments.ts';
import { AlertEngine } from './alert-engine.ts';
import { compileRule } from './compile-rule.ts';

export interface TokenAlertsOptions {
  /** Tokens, input and output together. A sum above it fires; 0 is a threshold that any token is above. */
  readonly tokenAlertThreshold: number;
  readonly clock?: Clock | undefined;
}

/** Open runs that are summed at once; one more forgets the run that was silent longest, and resolves its alert. */
const RUN_LIMIT = 10_000;

/**
 * Emits `alert.firing` once per run, as soon as its model calls have used more than `tokenAlertThreshold` tokens, and
 * `alert.resolved` with the same `alertId` when the run ends. A call outside of any run fires and resolves at once, with
 * scope `request`. Where no model call of a run told its usage, the usage in `run.end` decides. Unknown usage adds nothing.
 * Attach it before the sinks that should see an alert as part of its run. Throws a `HeadroomError` for wrong options.
 */
export function createTokenAlerts(options: TokenAlertsOptions): Sink {
  checkOptions('createTokenAlerts', options, {
    tokenAlertThreshold: isCount,
    clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
  });
  const { tokenAlertThreshold: above, clock = systemClock } = options;
  if (above === undefined) {
    throw new HeadroomError('invalid-option', 'createTokenAlerts needs a tokenAlertThreshold: a number of tokens.');
  }
  const rule = compileRule({ name: 'token-threshold', kind: 'run', measure: 'tokens', above });
  const { attach, detachAll } = createAttachments((events) => {
    const engine = new AlertEngine({ rules: [rule], clock, maxInstances: RUN_LIMIT, resolveOnClose: true });
    return engine.connect(events);
  });
  return { name: 'token-alerts', attach, close: async () => detachAll() };
}
