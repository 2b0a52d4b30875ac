import type { HeadroomEvents } from '../../events/bus.ts';
import { afterResolving, INACTIVE, nextAlertState, stateDueMs, type AlertState, type Verdict } from './alert-state.ts';
import type { AlertFacts, Names, Owner } from './alert-facts.ts';
import type { CompiledRule } from './compile-rule.ts';
import { judgeValue } from './judge-value.ts';
import type { Meter } from './meters/meter.ts';

/** One alert of a rule: of one run, one session, one agent, or all. It tells nobody; the engine does. */
export class AlertInstance {
  readonly rule: CompiledRule;
  readonly key: string;
  /** Unique among the alerts of the rule, where its subject has an id of its own. */
  readonly id: string | undefined;
  readonly meter: Meter;
  owner: Owner;
  names: Names;
  state: AlertState = INACTIVE;
  /** What is told of it, while it is firing. */
  alert: AlertFacts | undefined;
  /** The bus that it is told on. */
  home: HeadroomEvents | undefined;
  /** The last value that was known. */
  lastValue = 0;
  /** What was last told of how much of a budget is used. */
  toldValue: number | undefined;
  lastVerdict: Verdict = 'clear';
  touchedMs: number;
  /** When it has to be looked at again though nothing happens. */
  dueMs: number | undefined;

  constructor(subject: {
    readonly rule: CompiledRule;
    readonly key: string;
    readonly id: string | undefined;
    readonly owner: Owner;
    readonly names: Names;
    readonly meter: Meter;
    readonly nowMs: number;
  }) {
    this.rule = subject.rule;
    this.key = subject.key;
    this.id = subject.id;
    this.owner = subject.owner;
    this.names = subject.names;
    this.meter = subject.meter;
    this.touchedMs = subject.nowMs;
  }

  /** Brings the state up to this moment; returns what there is to tell. */
  evaluate(nowMs: number): 'fired' | 'resolved' | 'over' | undefined {
    const { rule, meter } = this;
    if (this.isIdle(nowMs)) return 'over';
    const value = meter.value(nowMs);
    this.lastVerdict = this.judge(value);
    if (value !== undefined) this.lastValue = value;
    const { state, change } = nextAlertState(this.state, this.lastVerdict, rule.timing, nowMs);
    this.state = state;
    this.plan(nowMs);
    return change;
  }

  /** Ends what is firing, whatever its value; returns whether it was firing. */
  resolve(nowMs: number): boolean {
    if (this.state.phase !== 'firing') return false;
    this.state = afterResolving(this.rule.timing, nowMs);
    this.plan(nowMs);
    return true;
  }

  plan(nowMs: number): void {
    const { rule, meter, state } = this;
    const isWatched = state.phase !== 'inactive' || rule.movesAlone;
    const dueMs = Math.min(
      stateDueMs(state, rule.timing, nowMs) ?? Infinity,
      isWatched ? (meter.nextChangeMs(nowMs) ?? Infinity) : Infinity,
      this.touchedMs + (rule.idleMs ?? Infinity),
    );
    this.dueMs = dueMs === Infinity ? undefined : dueMs;
  }

  private isIdle(nowMs: number): boolean {
    return this.rule.idleMs !== undefined && nowMs >= this.touchedMs + this.rule.idleMs;
  }

  private judge(value: number | undefined): Verdict {
    if (value !== undefined) return judgeValue(value, this.rule.limits);
    switch (this.rule.noData) {
      case 'keep':
        return this.lastVerdict;
      case 'resolve':
        return 'clear';
      default:
        return 'breach';
    }
  }
}
