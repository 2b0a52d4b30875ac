import type { Clock } from '../../events/clock.ts';
import type { AlertInstance } from './alert-instance.ts';

/** Longest delay that a timer takes; above it Node fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The alerts that have to be looked at though nothing happens, by one timer that does not keep the process alive. */
export class Deadlines {
  private readonly instances = new Set<AlertInstance>();
  private readonly clock: Clock;
  private readonly nowMs: () => number;
  private readonly evaluate: (instance: AlertInstance, dueMs: number) => void;
  private readonly onFault: (error: unknown) => void;
  /** No deadline is earlier than this. */
  private earliestMs = Infinity;
  private isStarted = false;
  private cancelTimer: (() => void) | undefined;

  constructor(options: {
    readonly clock: Clock;
    readonly nowMs: () => number;
    readonly evaluate: (instance: AlertInstance, dueMs: number) => void;
    /** Told of what goes wrong in a timer, where nobody else would catch it. */
    readonly onFault: (error: unknown) => void;
  }) {
    this.clock = options.clock;
    this.nowMs = options.nowMs;
    this.evaluate = options.evaluate;
    this.onFault = options.onFault;
  }

  /** Takes note of when an alert is due now. */
  set(instance: AlertInstance): void {
    const { dueMs } = instance;
    if (dueMs === undefined) {
      this.instances.delete(instance);
      return;
    }
    this.instances.add(instance);
    if (dueMs >= this.earliestMs) return;
    this.earliestMs = dueMs;
    this.wait();
  }

  delete(instance: AlertInstance): void {
    this.instances.delete(instance);
  }

  start(): void {
    this.isStarted = true;
    this.catchUp(this.nowMs());
    this.wait();
  }

  stop(): void {
    this.isStarted = false;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  /** Looks at everything that is overdue, each as of the moment when it was due, the earliest first. */
  catchUp(nowMs: number): void {
    while (this.earliestMs <= nowMs) {
      const overdue = [...this.instances].filter(({ dueMs = Infinity }) => dueMs <= nowMs);
      overdue.sort(byDueTime);
      // Before anyone is told, so that a listener that makes something happen finds nothing overdue twice.
      this.earliestMs = Infinity;
      for (const instance of overdue) {
        const { dueMs } = instance;
        if (dueMs !== undefined && dueMs <= nowMs && this.instances.has(instance)) this.evaluate(instance, dueMs);
      }
      for (const { dueMs = Infinity } of this.instances) this.earliestMs = Math.min(this.earliestMs, dueMs);
    }
  }

  private wait(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (!this.isStarted || this.earliestMs === Infinity) return;
    // A timer may fire a fraction of a millisecond early: never wait less than one.
    const delayMs = Math.min(Math.max(Math.ceil(this.earliestMs - this.nowMs()), 1), LONGEST_DELAY_MS);
    this.cancelTimer = this.clock.schedule(() => {
      this.cancelTimer = undefined;
      try {
        this.catchUp(this.nowMs());
      } catch (error) {
        this.onFault(error);
      }
      this.wait();
    }, delayMs);
  }
}

/** What is due at one moment is told by rule and by key, so that a restart does not change the order. */
function byDueTime(one: AlertInstance, other: AlertInstance): number {
  const inTime = (one.dueMs ?? 0) - (other.dueMs ?? 0);
  return inTime || compare(one.rule.rule.name, other.rule.rule.name) || compare(one.key, other.key);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
