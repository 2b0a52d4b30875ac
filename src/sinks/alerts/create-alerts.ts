import { checkOptions, hasMethods, isBoolean, isFunction } from '../../check-options.ts';
import type { BudgetExcess, BudgetGuard } from '../../events/budget-guard.ts';
import { systemClock, type Clock } from '../../events/clock.ts';
import type { HeadroomEvents } from '../../events/bus.ts';
import type { AlertFiring } from '../../events/event.ts';
import { modelFactsOf } from '../../events/model-facts.ts';
import type { Sink } from '../../events/sink.ts';
import { HeadroomError } from '../../headroom-error.ts';
import type { CostOf } from '../../tokens/prices.ts';
import { createAttachments } from '../attachments.ts';
import { AlertEngine } from './alert-engine.ts';
import { checkNames, checkRules } from './check-rules.ts';
import { compileRule } from './compile-rule.ts';
import { callbackDestination, type OnAlert } from './delivery/callback.ts';
import { DeliveryChain, type DeliveryChainOptions, type DeliveryFigures } from './delivery/delivery-chain.ts';
import type { Alert, AlertDestination } from './delivery/destination.ts';
import { isDestinationName } from './delivery/http-options.ts';
import { exceededBy } from './exceeded-by.ts';
import type { AlertRule } from './rule.ts';
import { restoreSnapshot, takeSnapshot, type AlertsSnapshot } from './snapshot.ts';

export interface AlertsOptions {
  readonly rules: readonly AlertRule[];
  /** Called with every change of an alert of these rules, one at a time, outside of the agent's way. */
  readonly onAlert?: OnAlert | undefined;
  /** Alertmanager, a webhook, Slack, your own. */
  readonly destinations?: readonly AlertDestination[] | undefined;
  /**
   * What a call cost, in USD, for rules that measure `costUsd`. @default what the events say, by the `prices` or the
   * `costOf` of `createHeadroomHooks()`; without those, rules that need them are refused when this is attached
   */
  readonly costOf?: CostOf | undefined;
  /** Runs, sessions or groups that one rule watches at once; one more ends the alert that was silent longest. @default 1000 */
  readonly maxInstances?: number | undefined;
  /** Notices that may wait for one destination. @default 1000 */
  readonly queueLimit?: number | undefined;
  /**
   * Whether alerts are over when this is closed. `false` leaves those of sessions, windows and budgets on, for a snapshot
   * to go on with; those of runs are over in any case. @default true
   */
  readonly resolveOnClose?: boolean | undefined;
  readonly clock?: Clock | undefined;
}

export interface AlertsFigures {
  /** Runs, sessions and groups that are watched. */
  readonly instances: number;
  /** How many were dropped because there were more than `maxInstances`. */
  readonly evictions: number;
  readonly destinations: readonly DeliveryFigures[];
}

export interface Alerts extends Sink, BudgetGuard {
  /** The alerts that are on. */
  readonly firing: readonly AlertFiring[];
  readonly figures: AlertsFigures;
  /** Everything that has to outlive the process, as plain JSON. */
  snapshot(): AlertsSnapshot;
  /**
   * Goes on where a snapshot was taken: what was firing fires on and is not told again. To be called before this is
   * attached. Throws a `HeadroomError` for what is not a snapshot of this version, and then changes nothing.
   */
  restore(snapshot: unknown): void;
  /** Resolves when every change so far is delivered or given up, or after `timeoutMs`. Never rejects. @default 5 seconds */
  flush(timeoutMs?: number): Promise<void>;
  /** Stops listening, delivers what waits for at most `timeoutMs`, and gives up the rest. Never rejects. */
  close(timeoutMs?: number): Promise<void>;
}

const DEFAULT_MAX_INSTANCES = 1_000;
const DEFAULT_QUEUE_LIMIT = 1_000;
const DEFAULT_FLUSH_MS = 5_000;

/**
 * Alerts by rules: emits `alert.firing` and `alert.resolved` on the bus and delivers them. One set of sums and windows for
 * all buses that it is attached to. Delivery neither waits in the agent's way nor throws; a change that is lost is counted
 * and told as a `fault`. Throws a `HeadroomError` for wrong options and for rules that can not work.
 */
export function createAlerts(options: AlertsOptions): Alerts {
  checkAlertsOptions(options);
  const { clock = systemClock, onAlert, destinations = [], queueLimit = DEFAULT_QUEUE_LIMIT } = options;
  const rules = options.rules.map(compileRule);
  for (const rule of rules) checkNames(rule);
  const { maxInstances = DEFAULT_MAX_INSTANCES, costOf, resolveOnClose = true } = options;
  const engine = new AlertEngine({ rules, clock, maxInstances, costOf, resolveOnClose });

  const report: DeliveryChainOptions['report'] = (events, message, error, details) =>
    events?.fault('alert', message, error, details);
  const chains = [...(onAlert === undefined ? [] : [callbackDestination(onAlert)]), ...destinations].map(
    (destination) => new DeliveryChain({ destination, clock, queueLimit, report }),
  );
  let restored: readonly AlertFiring[] = [];
  let isAttached = false;

  const { attach, detachAll } = createAttachments((events) => {
    if (costOf === undefined) refuseWithoutPrices(options.rules, events);
    isAttached = true;
    const push = (alert: Alert): void => {
      if (!engine.teller.isOwn(alert)) return;
      for (const chain of chains) chain.push(alert, events);
    };
    const unsubscribes = [events.on('alert.firing', push), events.on('alert.resolved', push)];
    for (const alert of restored) for (const chain of chains) chain.adopt(alert, events);
    restored = [];
    const disconnect = engine.connect(events);
    return () => {
      disconnect();
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  });

  return {
    name: 'alerts',
    attach,
    get firing() {
      return firingOf(engine);
    },
    get figures() {
      const instances = engine.books.reduce((sum, book) => sum + book.size, 0);
      return { instances, evictions: engine.evictions, destinations: chains.map((chain) => chain.figures) };
    },
    exceededBy: (call): BudgetExcess | undefined => exceededBy(engine, call),
    snapshot: () => takeSnapshot(engine),
    restore(snapshot) {
      if (isAttached) {
        throw new HeadroomError('invalid-snapshot', 'Alerts are restored before they are attached, not after.');
      }
      restoreSnapshot(engine, snapshot);
      restored = firingOf(engine);
    },
    async flush(timeoutMs = DEFAULT_FLUSH_MS) {
      await Promise.all(chains.map((chain) => chain.flush(timeoutMs)));
    },
    async close(timeoutMs = DEFAULT_FLUSH_MS) {
      detachAll();
      await Promise.all(chains.map((chain) => chain.close(timeoutMs)));
    },
  };
}

function firingOf(engine: AlertEngine): readonly AlertFiring[] {
  return engine.open().map(({ facts, value }) => ({
    type: 'alert.firing',
    id: facts.alertId,
    time: facts.startedAt ?? engine.nowMs(),
    ...facts,
    value,
  }));
}

function refuseWithoutPrices(rules: readonly AlertRule[], events: HeadroomEvents): void {
  const costly = rules.find((rule) => 'measure' in rule && rule.measure === 'costUsd');
  if (costly === undefined || modelFactsOf(events).costOf !== undefined) return;
  throw new HeadroomError(
    'invalid-option',
    `The rule "${costly.name}" measures cost: give prices to createHeadroomHooks, or costOf to createAlerts.`,
  );
}

function checkAlertsOptions(options: AlertsOptions): void {
  const owner = 'createAlerts';
  checkOptions<AlertsOptions>(owner, options, {
    rules: (value) => (Array.isArray(value) ? undefined : 'has to be a list of rules'),
    onAlert: isFunction,
    destinations: isListOfDestinations,
    costOf: isFunction,
    maxInstances: isWhole,
    queueLimit: isWhole,
    resolveOnClose: isBoolean,
    clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
  });
  if (options.rules === undefined) throw new HeadroomError('invalid-option', 'createAlerts needs rules: a list.');
  checkRules(owner, options.rules);
}

function isListOfDestinations(value: unknown): string | undefined {
  const isDestination = hasMethods('a destination', 'deliver');
  const isList =
    Array.isArray(value) &&
    value.every((one: unknown) => {
      return isDestination(one) === undefined && isDestinationName((one as AlertDestination).name) === undefined;
    });
  return isList ? undefined : 'has to be a list of destinations, each with a name and deliver()';
}

function isWhole(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : 'has to be a whole number, 1 or more';
}
