import type { HeadroomEvents, Unsubscribe } from '../../events/bus.ts';
import type { Clock } from '../../events/clock.ts';
import { EVENT_TYPES, type EventBase, type EventType, type HeadroomEvent, type ModelEnd } from '../../events/event.ts';
import type { CostOf } from '../../tokens/prices.ts';
import { listen, type Handlers } from '../listen.ts';
import { namesOf, type AlertFacts, type Names } from './alert-facts.ts';
import type { AlertInstance } from './alert-instance.ts';
import { afterResolving } from './alert-state.ts';
import { AlertTeller } from './alert-teller.ts';
import type { CompiledRule } from './compile-rule.ts';
import { CountedUsage } from './counted-usage.ts';
import { Deadlines } from './deadlines.ts';
import { createEngineTime } from './engine-time.ts';
import { judgeValue } from './judge-value.ts';
import type { Sample } from './meters/meter.ts';
import type { Reading } from './readings.ts';
import { RuleAlerts } from './rule-alerts.ts';

export interface AlertEngineOptions {
  readonly rules: readonly CompiledRule[];
  readonly clock: Clock;
  /** Alerts that one rule watches at once. */
  readonly maxInstances: number;
  readonly costOf?: CostOf | undefined;
  /** Whether alerts that outlive a run are over when nobody listens any more. */
  readonly resolveOnClose: boolean;
}

/** An alert that is on, and its value when it was last looked at. */
export interface OpenAlert {
  readonly facts: AlertFacts;
  readonly value: number;
}

/** One event as all rules see it. */
interface Heard extends Reading {
  readonly events: HeadroomEvents;
  readonly names: Names;
  readonly nowMs: number;
  /** Whether its run has ended before. */
  readonly isLate: boolean;
}

/**
 * Turns events into `alert.firing` and `alert.resolved` on the bus that they came from. What it tells is a function of
 * the events and of when they came: timers only wake it, and what is overdue is told before anything else is heard.
 */
export class AlertEngine {
  readonly books: readonly RuleAlerts[];
  readonly teller = new AlertTeller();
  /** Whole epoch milliseconds that never run backwards. */
  readonly nowMs: () => number;
  /** Alerts that were dropped because there were too many. */
  evictions = 0;
  /** Alerts of runs that another process told of, and that nobody can end any more. */
  orphans: OpenAlert[] = [];
  private readonly options: AlertEngineOptions;
  private readonly byRule: ReadonlyMap<CompiledRule, RuleAlerts>;
  private readonly usage = new CountedUsage();
  private readonly buses = new Set<HeadroomEvents>();
  private readonly deadlines: Deadlines;

  constructor(options: AlertEngineOptions) {
    this.options = options;
    this.nowMs = createEngineTime(options.clock);
    this.deadlines = new Deadlines({
      clock: options.clock,
      nowMs: this.nowMs,
      evaluate: (instance, dueMs) => this.evaluate(instance, dueMs),
      onFault: (error) => this.homeOf({})?.fault('alert', 'Alerts could not be judged in time.', error),
    });
    this.books = options.rules.map((rule) => new RuleAlerts(rule, options.maxInstances, (one) => this.evict(one)));
    this.byRule = new Map(this.books.map((book) => [book.rule, book]));
  }

  /** Hears the events of a bus until that is undone; then what is firing there is over. */
  connect(events: HeadroomEvents): Unsubscribe {
    const isFirst = this.buses.size === 0;
    this.buses.add(events);
    const unsubscribe = listen(events, this.handlersFor(events));
    if (isFirst) this.start(events);
    return () => {
      unsubscribe();
      this.buses.delete(events);
      this.leave(events);
    };
  }

  /** The alerts that are on. */
  open(): readonly OpenAlert[] {
    return this.books.flatMap((book) =>
      book.all().flatMap(({ alert: facts, lastValue: value }) => (facts === undefined ? [] : [{ facts, value }])),
    );
  }

  /** Takes over an alert whose state was read from elsewhere. */
  adopt(book: RuleAlerts, instance: AlertInstance): void {
    if (instance.alert !== undefined) this.teller.learn(instance.alert);
    book.restore(instance);
    instance.plan(this.nowMs());
    this.deadlines.set(instance);
  }

  private start(events: HeadroomEvents): void {
    const nowMs = this.nowMs();
    for (const orphan of this.orphans.splice(0)) this.teller.tellResolved(events, orphan, nowMs);
    for (const book of this.books) {
      for (const instance of book.all()) instance.home ??= events;
      if (!book.rule.startsAlone || book.rule.by.length > 0) continue;
      const instance = book.touchOnly(nowMs);
      instance.plan(nowMs);
      this.deadlines.set(instance);
    }
    this.deadlines.start();
  }

  private leave(events: HeadroomEvents): void {
    const isLast = this.buses.size === 0;
    const nowMs = this.nowMs();
    for (const book of this.books) {
      const endsHere = book.rule.subject === 'run';
      for (const instance of book.all()) {
        const isKept = isLast && !endsHere && !this.options.resolveOnClose;
        if (instance.home === events && !isKept && instance.resolve(nowMs)) {
          this.teller.resolve(instance, events, nowMs);
        }
        if (instance.home === events) instance.home = undefined;
        if (isLast && endsHere) this.forget(book.take(instance.key));
        else this.deadlines.set(instance);
      }
    }
    if (isLast) this.deadlines.stop();
  }

  private handlersFor(events: HeadroomEvents): Handlers {
    const types = new Set<EventType>(this.books.flatMap(({ rule }) => rule.types));
    if (types.has('model.end') || this.books.some(({ rule }) => rule.subject === 'run')) types.add('run.end');
    if (types.has('run.end')) types.add('model.end');
    const rows = EVENT_TYPES.map((type) => {
      const books = this.books.filter(({ rule }) => rule.types.includes(type));
      return [type, types.has(type) ? (event: HeadroomEvent) => this.hear(event, events, books) : undefined];
    });
    return Object.fromEntries(rows) as Handlers;
  }

  private hear(event: HeadroomEvent, events: HeadroomEvents, books: readonly RuleAlerts[]): void {
    const nowMs = this.nowMs();
    this.deadlines.catchUp(nowMs);
    const { runId, type } = event;
    const isLate = runId !== undefined && this.usage.hasEnded(runId);
    const usage = this.usage.of(event);
    const costUsd = (): number | undefined => this.costOf(event, usage, events);
    const heard: Heard = { event, usage, costUsd, events, names: namesOf(event), nowMs, isLate };
    for (const book of books) {
      const sample = book.concerns(heard.names) ? book.rule.read(heard) : undefined;
      if (sample !== undefined) this.add(book, sample, heard);
    }
    if (type !== 'run.end' || runId === undefined) return;
    for (const book of this.books) {
      if (book.rule.subject === 'run') this.end(book.take(runId), nowMs);
    }
  }

  private add(book: RuleAlerts, sample: Sample, heard: Heard): void {
    const { event, nowMs, isLate } = heard;
    const { subject } = book.rule;
    if (subject === 'request' || (subject === 'run' && event.runId === undefined)) {
      this.judgeCall(book, sample.amount, heard);
      return;
    }
    const instance = subject === 'run' && isLate ? undefined : book.touch(heard);
    if (instance === undefined) return;
    instance.meter.add(sample, nowMs);
    this.evaluate(instance, nowMs);
  }

  private judgeCall(book: RuleAlerts, value: number, heard: Heard): void {
    const { event, events, nowMs } = heard;
    const { limits, timing, subject } = book.rule;
    if (judgeValue(value, limits) !== 'breach') return;
    if (subject === 'request' && timing.cooldownMs > 0) {
      const group = book.touch(heard);
      if (group?.state.phase === 'inactive' && (group.state.quietUntilMs ?? 0) > nowMs) return;
      if (group !== undefined) group.state = afterResolving(timing, nowMs);
    }
    this.teller.tellOfCall(book.rule, event, { events, value, nowMs });
  }

  private evaluate(instance: AlertInstance, nowMs: number): void {
    const change = instance.evaluate(nowMs);
    if (change === 'over') {
      this.end(this.byRule.get(instance.rule)?.take(instance.key), nowMs);
      return;
    }
    this.deadlines.set(instance);
    const events = this.homeOf(instance);
    if (events === undefined) return;
    this.teller.tellBudget(instance, events);
    if (change === undefined) return;
    if (change === 'fired') this.teller.fire(instance, events, nowMs);
    else this.teller.resolve(instance, events, nowMs);
  }

  private evict(instance: AlertInstance): void {
    this.evictions += 1;
    this.end(instance, this.nowMs());
  }

  /** What the alert was about is over, and so is the alert. */
  private end(instance: AlertInstance | undefined, nowMs: number): void {
    if (instance === undefined) return;
    const events = this.homeOf(instance);
    if (instance.resolve(nowMs) && events !== undefined) this.teller.resolve(instance, events, nowMs);
    this.forget(instance);
  }

  private forget(instance: AlertInstance | undefined): void {
    if (instance !== undefined) this.deadlines.delete(instance);
  }

  private homeOf({ home }: Pick<Partial<AlertInstance>, 'home'>): HeadroomEvents | undefined {
    return home ?? this.buses.values().next().value;
  }

  private costOf(event: EventBase, usage: Reading['usage'], events: HeadroomEvents): number | undefined {
    const { provider, model, costUsd } = event as Partial<Pick<ModelEnd, 'provider' | 'model' | 'costUsd'>>;
    if (usage === undefined) return undefined;
    try {
      return this.options.costOf === undefined ? costUsd : this.options.costOf({ provider, model, usage });
    } catch (error) {
      events.fault('alert', 'costOf failed; the cost of a call is unknown.', error);
      return undefined;
    }
  }
}
