import { checkOptions, hasMethods, isCount } from '../../check-options.ts';
import type { HeadroomEvents } from '../../events/bus.ts';
import { systemClock, type Clock } from '../../events/clock.ts';
import type { EventBase, EventFacts, ModelEnd, RunEnd } from '../../events/event.ts';
import type { Sink } from '../../events/sink.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { createAttachments } from '../attachments.ts';
import { BoundedMap } from '../bounded-map.ts';
import { listen, type Handlers } from '../listen.ts';

export interface TokenAlertsOptions {
  /** Tokens, input and output together. A sum above it fires; 0 is a threshold that any token is above. */
  readonly tokenAlertThreshold: number;
  readonly clock?: Clock | undefined;
}

/** Open runs that are summed at once; one more forgets the run that was silent longest, and resolves its alert. */
const RUN_LIMIT = 10_000;
/** Ended runs that are remembered, because a stream that was given up can end after its run. */
const ENDED_RUN_LIMIT = 1_000;

/** What an alert says besides its value. */
type Alert = Omit<EventFacts<'alert.firing'>, 'value'>;

interface Run {
  totalTokens: number | undefined;
  firing: { readonly alert: Alert; readonly sinceMs: number } | undefined;
}

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
  const { tokenAlertThreshold: threshold, clock = systemClock } = options;
  if (threshold === undefined) {
    throw new HeadroomError('invalid-option', 'createTokenAlerts needs a tokenAlertThreshold: a number of tokens.');
  }
  const { attach, detachAll } = createAttachments((events) => {
    const watch = watchTokens(events, { threshold, clock });
    const unsubscribe = listen(events, watch.handlers);
    return () => {
      unsubscribe();
      watch.resolveAll();
    };
  });
  return { name: 'token-alerts', attach, close: async () => detachAll() };
}

function watchTokens(
  events: HeadroomEvents,
  { threshold, clock }: { readonly threshold: number; readonly clock: Clock },
): { readonly handlers: Handlers; resolveAll(): void } {
  const runs = new BoundedMap<Run>(RUN_LIMIT, resolve);
  const endedRuns = new BoundedMap<true>(ENDED_RUN_LIMIT);

  function fireWhenAbove(run: Run, describe: () => Alert): void {
    const { totalTokens: value } = run;
    if (value === undefined || value <= threshold || run.firing !== undefined) return;
    const alert = describe();
    run.firing = { alert, sinceMs: clock.monotonicMs() };
    events.emit('alert.firing', () => ({ ...alert, value }));
  }

  function resolve({ firing, totalTokens: value = 0 }: Run): void {
    if (firing === undefined) return;
    const durationMs = Math.max(0, clock.monotonicMs() - firing.sinceMs);
    events.emit('alert.resolved', () => ({ ...firing.alert, value, durationMs }));
  }

  function alertOf(event: EventBase, scope: Alert['scope'], subject: string): Alert {
    const { runId, parentRunId, sessionId, agent } = event;
    const alertId = `token-threshold:${subject}`;
    const facts = { rule: 'token-threshold', severity: 'warning', unit: 'tokens', threshold } as const;
    return { alertId, scope, ...facts, runId, parentRunId, sessionId, agent };
  }

  function endModelCall(event: ModelEnd): void {
    const { runId, callId, usage } = event;
    const tokens = totalTokensOf(usage);
    if (tokens === undefined || (runId !== undefined && endedRuns.has(runId))) return;
    if (runId === undefined) {
      const call: Run = { totalTokens: tokens, firing: undefined };
      fireWhenAbove(call, () => alertOf(event, 'request', callId));
      resolve(call);
      return;
    }
    const run = runs.get(runId) ?? { totalTokens: undefined, firing: undefined };
    run.totalTokens = (run.totalTokens ?? 0) + tokens;
    runs.set(runId, run);
    fireWhenAbove(run, () => alertOf(event, 'run', runId));
  }

  function endRun(event: RunEnd): void {
    const { runId, usage } = event;
    if (runId === undefined || endedRuns.has(runId)) return;
    endedRuns.set(runId, true);
    const run = runs.take(runId) ?? { totalTokens: totalTokensOf(usage), firing: undefined };
    fireWhenAbove(run, () => alertOf(event, 'run', runId));
    resolve(run);
  }

  return {
    handlers: {
      'run.start': undefined,
      'compression.end': undefined,
      'model.start': undefined,
      'model.end': endModelCall,
      'tool.start': undefined,
      'tool.end': undefined,
      'retrieval.end': undefined,
      'alert.firing': undefined,
      'alert.resolved': undefined,
      'run.end': endRun,
      fault: undefined,
    },
    resolveAll() {
      for (const run of runs.takeAll()) resolve(run);
    },
  };
}

/** Input and output tokens that are known, or `undefined` when neither is. */
function totalTokensOf(usage: ModelEnd['usage']): number | undefined {
  const known = [usage?.inputTokens, usage?.outputTokens].filter(
    (tokens) => tokens !== undefined && Number.isFinite(tokens) && tokens >= 0,
  );
  return known.length === 0 ? undefined : known.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0);
}
