import type { HeadroomEvents } from '../../events/bus.ts';
import type { HeadroomEvent } from '../../events/event.ts';
import { alertFactsOf, namesOf, type AlertFacts } from './alert-facts.ts';
import type { AlertInstance } from './alert-instance.ts';
import type { CompiledRule } from './compile-rule.ts';
import { pick } from './rule-alerts.ts';

/** Tells alerts as events, each on the bus that it belongs to. */
export class AlertTeller {
  /** Labels of alerts of ours: they tell our events from those of others on one bus. */
  private readonly own = new WeakSet<object>();

  fire(instance: AlertInstance, events: HeadroomEvents, nowMs: number): void {
    const { rule, id, owner, names, lastValue: value } = instance;
    const facts = alertFactsOf(rule, { id, owner, names }, { value, startedAt: nowMs });
    instance.home = events;
    instance.alert = facts;
    this.learn(facts);
    events.emit('alert.firing', () => ({ ...facts, value }));
  }

  /** Tells that the alert of an instance is over, if one was told. */
  resolve(instance: AlertInstance, events: HeadroomEvents, nowMs: number): void {
    const { alert, lastValue } = instance;
    instance.alert = undefined;
    if (alert !== undefined) this.tellResolved(events, { facts: alert, value: lastValue }, nowMs);
  }

  /** Tells how much of a budget is used, if that has changed. */
  tellBudget(instance: AlertInstance, events: HeadroomEvents): void {
    const { rule, unit, by } = instance.rule;
    const { lastValue: used, names, owner } = instance;
    if (rule.kind !== 'budget' || used === instance.toldValue) return;
    instance.toldValue = used;
    const { name: budget, period, limit } = rule;
    events.emit('budget.update', () => ({ ...owner, budget, group: pick(names, by), period, used, limit, unit }));
  }

  /** One call is over when it can be judged: its alert fires and resolves at once. */
  tellOfCall(
    rule: CompiledRule,
    event: HeadroomEvent,
    { events, value, nowMs }: { readonly events: HeadroomEvents; readonly value: number; readonly nowMs: number },
  ): void {
    const { runId, parentRunId, sessionId, agent } = event;
    const owner = { runId, parentRunId, sessionId, agent };
    const id = 'callId' in event ? event.callId : event.id;
    const names = pick(namesOf(event), [...rule.tells, ...rule.by]);
    const facts = alertFactsOf({ ...rule, scope: 'request' }, { id, owner, names }, { value, startedAt: nowMs });
    this.learn(facts);
    events.emit('alert.firing', () => ({ ...facts, value }));
    this.tellResolved(events, { facts, value }, nowMs);
  }

  tellResolved(
    events: HeadroomEvents,
    { facts, value }: { readonly facts: AlertFacts; readonly value: number },
    nowMs: number,
  ): void {
    this.learn(facts);
    const durationMs = Math.max(0, nowMs - (facts.startedAt ?? nowMs));
    events.emit('alert.resolved', () => ({ ...facts, value, durationMs }));
  }

  learn({ labels }: AlertFacts): void {
    if (labels !== undefined) this.own.add(labels);
  }

  isOwn({ labels }: { readonly labels?: object | undefined }): boolean {
    return labels !== undefined && this.own.has(labels);
  }
}
