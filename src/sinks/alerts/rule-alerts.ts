import type { HeadroomEvents } from '../../events/bus.ts';
import type { HeadroomEvent } from '../../events/event.ts';
import { BoundedMap } from '../../bounded-map.ts';
import type { Names, Owner } from './alert-facts.ts';
import { AlertInstance } from './alert-instance.ts';
import type { CompiledRule } from './compile-rule.ts';
import type { AlertName } from './rule.ts';

/** An event that an alert may be about. */
export interface Touch {
  readonly event: HeadroomEvent;
  readonly events: HeadroomEvents;
  readonly names: Names;
  readonly nowMs: number;
}

/** What one alert is about. */
interface Subject {
  readonly key: string;
  readonly id: string | undefined;
  readonly owner: Owner;
}

/** The one group of a rule that tells none apart. */
const EVERYTHING: Subject = { key: '', id: undefined, owner: Object.freeze({}) };

/** The alerts of one rule, bounded: one more drops the one that was silent longest. */
export class RuleAlerts {
  readonly rule: CompiledRule;
  private readonly instances: BoundedMap<AlertInstance>;
  private readonly wanted: readonly (readonly [name: string, value: unknown])[];
  /** Names that an alert tells. */
  private readonly told: readonly AlertName[];

  constructor(rule: CompiledRule, limit: number, onDrop: (instance: AlertInstance) => void) {
    this.rule = rule;
    this.wanted = Object.entries(rule.rule.only ?? {}).filter(([, value]) => value !== undefined);
    this.told = [...rule.tells, ...rule.by];
    this.instances = new BoundedMap(limit, onDrop);
  }

  get size(): number {
    return this.instances.size;
  }

  /** Whether the rule looks at this event at all. */
  concerns(names: Names): boolean {
    return this.wanted.every(([name, value]) => names[name as AlertName] === value);
  }

  /** The alert that an event belongs to, made if it is the first. `undefined` when the event has no such subject. */
  touch({ event, events, names, nowMs }: Touch): AlertInstance | undefined {
    const subject = this.subjectOf(event, names);
    if (subject === undefined) return undefined;
    const { key, id, owner } = subject;
    const instance = this.instances.get(key) ?? this.create({ key, id, owner, names: {} }, nowMs);
    if (instance.state.phase !== 'firing') {
      instance.owner = owner;
      instance.names = pick(names, this.told);
      instance.home = events;
    }
    instance.touchedMs = nowMs;
    this.instances.set(key, instance);
    return instance;
  }

  /** The one alert of a rule that does not tell alerts apart. */
  touchOnly(nowMs: number): AlertInstance {
    const existing = this.instances.get('');
    if (existing !== undefined) return existing;
    const instance = this.create({ key: '', id: undefined, owner: {}, names: {} }, nowMs);
    this.instances.set('', instance);
    return instance;
  }

  /** Puts one back that was saved. */
  restore(instance: AlertInstance): void {
    this.instances.set(instance.key, instance);
  }

  create(
    { key, id, owner, names }: Pick<AlertInstance, 'key' | 'id' | 'owner' | 'names'>,
    nowMs: number,
    meter = this.rule.meter.create(nowMs),
  ): AlertInstance {
    return new AlertInstance({ rule: this.rule, key, id, owner, names, meter, nowMs });
  }

  get(key: string): AlertInstance | undefined {
    return this.instances.get(key);
  }

  take(key: string): AlertInstance | undefined {
    return this.instances.take(key);
  }

  all(): readonly AlertInstance[] {
    return this.instances.values();
  }

  private subjectOf(event: HeadroomEvent, names: Names): Subject | undefined {
    const { runId, parentRunId, sessionId, agent } = event;
    switch (this.rule.subject) {
      case 'run':
        return runId === undefined
          ? undefined
          : { key: runId, id: runId, owner: { runId, parentRunId, sessionId, agent } };
      case 'session':
        return sessionId === undefined ? undefined : { key: sessionId, id: sessionId, owner: { sessionId } };
      default: {
        if (this.rule.by.length === 0) return EVERYTHING;
        const told = pick(names, this.rule.by);
        return { key: keyOf(told), id: undefined, owner: 'agent' in told ? { agent } : {} };
      }
    }
  }
}

const NONE: Names = Object.freeze({});

/** The key of a group: empty for the one that holds all. */
export function keyOf(names: Names): string {
  const entries = Object.entries(names);
  return entries.length === 0 ? '' : JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function pick(names: Names, wanted: readonly AlertName[]): Names {
  if (wanted.length === 0) return NONE;
  const picked: { [Name in AlertName]?: string } = {};
  for (const name of wanted) picked[name] = names[name] ?? 'unknown';
  return picked;
}
