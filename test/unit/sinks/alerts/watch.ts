import { EventBus } from '../../../../src/events/bus.ts';
import type { AlertFiring, AlertResolved, EventFacts, EventType, ModelEnd } from '../../../../src/events/event.ts';
import { createAlerts, type Alerts, type AlertRule, type AlertsOptions } from '../../../../src/sinks/alerts/index.ts';
import { fixedClock, recordEvents, type FixedClock } from '../../../../src/testing.ts';
import { say } from '../scripted-events.ts';

export interface Watch {
  readonly clock: FixedClock;
  readonly events: EventBus;
  readonly alerts: Alerts;
  readonly detach: () => void;
  /** What was told on the bus. */
  readonly told: () => readonly (AlertFiring | AlertResolved)[];
  /** The same in short: `firing rule` and `resolved rule`. */
  readonly changes: () => readonly string[];
  readonly faults: () => readonly string[];
  readonly tell: <Type extends EventType>(type: Type, changes?: Partial<EventFacts<Type>>) => void;
  /** A model call that used so many input tokens. */
  readonly use: (inputTokens: number, changes?: Partial<EventFacts<'model.end'>>) => void;
}

/** Alerts by these rules on a bus of their own, with a clock that stands still. */
export function watch(
  rules: readonly AlertRule[],
  options: Partial<AlertsOptions> & { readonly snapshot?: unknown; readonly clock?: FixedClock } = {},
): Watch {
  const { snapshot, clock = fixedClock(), ...rest } = options;
  const events = new EventBus({ clock });
  const recorded = recordEvents(events);
  const alerts = createAlerts({ rules, clock, ...rest });
  if (snapshot !== undefined) alerts.restore(snapshot);
  const detach = alerts.attach(events);
  const told = () => recorded.filter((event) => event.type === 'alert.firing' || event.type === 'alert.resolved');
  return {
    clock,
    events,
    alerts,
    detach,
    told,
    changes: () => told().map(({ type, rule }) => `${type.slice('alert.'.length)} ${rule}`),
    faults: () => recorded.flatMap((event) => (event.type === 'fault' ? [`${event.where}: ${event.message}`] : [])),
    tell: (type, changes) => say(events, type, changes),
    use: (inputTokens, changes) => say(events, 'model.end', { usage: usage(inputTokens), ...changes }),
  };
}

export function usage(
  inputTokens: number | undefined,
  others: Partial<NonNullable<ModelEnd['usage']>> = {},
): NonNullable<ModelEnd['usage']> {
  return {
    inputTokens,
    outputTokens: undefined,
    cacheReadTokens: undefined,
    cacheWriteTokens: undefined,
    reasoningTokens: undefined,
    ...others,
  };
}
